/** A loop that goes on while a predicate holds, as stages: those of the predicate, and those of its body between copies of the carry. */
import type { LoweredWhile } from '../../program/index.js'
import { fail } from '../../tensor/index.js'
import { type Buffers, type HoldingStages, handOver, numbersOf } from './loop.js'
import { renumbered } from './renumber.js'
import type { BufferInfo, Graph, Stage } from './stage.js'

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `fusion: ${detail}` })

/** The stages of such a loop with these operands, and the buffers of its results, the last carry. */
export const whileStages = (
  { constants, most }: LoweredWhile,
  predicate: Graph,
  body: Graph,
  operands: readonly number[],
  build: Buffers,
): HoldingStages => {
  const { numbers, own } = numbersOf(body, operands, constants, [], build)
  const carry = body.inputs.slice(constants).map(own)
  const asking = numbersOf(predicate, operands, constants, carry, build)
  const outputs = body.outputs.map(own)
  const infoOf = (i: number): BufferInfo => body.buffers[body.outputs[i] ?? -1] ?? defect('a body without a result')
  const first = carry.map((buffer, i): Stage => ({ kind: 'copy', from: operands[constants + i] ?? defect('no carry'), buffer }))
  const { copies, inPlace } = handOver(carry, outputs, infoOf, build)
  const loop: Stage = {
    kind: 'while',
    most,
    predicate: renumbered(predicate.stages, asking.numbers),
    flag: asking.own(predicate.outputs[0]),
    stages: [...renumbered(body.stages, numbers), ...copies],
    carries: inPlace,
  }
  return { stages: [...first, loop], results: carry }
}
