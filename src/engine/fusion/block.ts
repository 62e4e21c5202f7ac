/** A program that is run where it stands, as a stage that holds its stages. */
import { fail } from '../../tensor/index.js'
import { type Buffers, type HoldingStages, placesOf } from './loop.js'
import { renumbered } from './renumber.js'
import type { Graph } from './stage.js'

/** The stage of a program with these operands, and the buffers of its results. */
export const blockStage = (graph: Graph, operands: readonly number[], build: Buffers): HoldingStages => {
  const places = placesOf(graph.inputs)
  const numbers = new Map(
    graph.buffers.map(({ sizes, dtype }, i) => [i, operands[places.get(i) ?? -1] ?? build.buffer(sizes, dtype)] as const),
  )
  const results = graph.outputs.map(
    output => numbers.get(output) ?? fail({ _tag: 'InternalError', detail: 'fusion: a block without a result' }),
  )
  return { stages: [{ kind: 'block', stages: renumbered(graph.stages, numbers) }], results }
}
