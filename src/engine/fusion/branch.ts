/** A choice among programs as stages: those of each case, which end with copies of its results to the places that all cases share. */
import { fail } from '../../tensor/index.js'
import { type Buffers, type HoldingStages, placesOf } from './loop.js'
import { renumbered } from './renumber.js'
import type { Graph, Stage } from './stage.js'

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `fusion: ${detail}` })

/** The stage of a choice with these operands, of which the first is the number of a case, and the buffers of its results. */
export const branchStage = (
  cases: readonly Graph[],
  [index = defect('a branch without an index'), ...operands]: readonly number[],
  build: Buffers,
): HoldingStages => {
  const [first] = cases
  const results = (first?.outputs ?? []).map(output => {
    const { sizes, dtype } = first?.buffers[output] ?? defect('a case without a result')
    return build.buffer(sizes, dtype)
  })
  const stagesOf = (graph: Graph): readonly Stage[] => {
    const places = placesOf(graph.inputs)
    const numbers = new Map(
      graph.buffers.map(({ sizes, dtype }, i) => {
        const operand = operands[places.get(i) ?? -1]
        return [i, operand ?? build.buffer(sizes, dtype)] as const
      }),
    )
    const copies = graph.outputs.map(
      (output, i): Stage => ({
        kind: 'copy',
        from: numbers.get(output) ?? defect('a case without a result'),
        buffer: results[i] ?? defect('cases with different results'),
      }),
    )
    return [...renumbered(graph.stages, numbers), ...copies]
  }
  return { stages: [{ kind: 'branch', index, cases: cases.map(stagesOf) }], results }
}
