/** The passes over a graph's stages, in their order: each has a file of its own. */
import { dropDead } from './drop-dead.js'
import { intoReductions } from './into-reductions.js'
import { joinMaps } from './join-maps.js'
import type { Graph } from './stage.js'
import { writesOf } from './stage-buffers.js'
import type { FusionCosts } from './target.js'
import { withEpilogues } from './with-epilogues.js'
import { withZeros } from './with-zeros.js'

/** The graph with its maps joined, to one another, to products and to reductions. */
export const merge = (graph: Graph, costs: FusionCosts): Graph => {
  const counts = new Map<number, number>()
  for (const stage of graph.stages) for (const buffer of writesOf(stage)) counts.set(buffer, (counts.get(buffer) ?? 0) + 1)
  // A buffer that several stages write together must keep their order.
  const partial = new Set([...counts].flatMap(([buffer, count]) => (count > 1 ? [buffer] : [])))
  const joined = { ...graph, stages: dropDead(joinMaps(graph.stages, partial, costs), graph.outputs) }
  return { ...graph, stages: intoReductions(withEpilogues(withZeros(joined)), costs) }
}
