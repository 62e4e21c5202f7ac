/**
 * A loop as stages: the stages of its body, between copies of rows in and out, and of the carry from the end of a round to its beginning.
 */
import type { LoweredLoop } from '../../program/index.js'
import { type DType, fail } from '../../tensor/index.js'
import { renumbered } from './renumber.js'
import type { BufferInfo, Graph, Stage } from './stage.js'

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `fusion: ${detail}` })

export interface Buffers {
  readonly buffer: (sizes: readonly number[], dtype: DType) => number
}

/** The stages of an operation that holds programs, and the buffers of its results. */
export interface HoldingStages {
  readonly stages: readonly Stage[]
  readonly results: readonly number[]
}

/** At which place of a list each buffer stands first. */
export const placesOf = (buffers: readonly number[]): ReadonlyMap<number, number> =>
  new Map(buffers.map((buffer, place) => [buffer, place] as const).reverse())

type Numbers = (buffer: number | undefined) => number

/** The buffers of a program that takes constants, a carry and rows: the constants are operands, the carry has the given places or places of its own. */
export const numbersOf = (
  body: Graph,
  operands: readonly number[],
  constants: number,
  carry: readonly number[],
  build: Buffers,
): { readonly numbers: ReadonlyMap<number, number>; readonly own: Numbers } => {
  const numbers = new Map<number, number>()
  const places = placesOf(body.inputs)
  body.buffers.forEach(({ sizes, dtype }, i) => {
    const place = places.get(i)
    const known = place === undefined ? undefined : place < constants ? operands[place] : carry[place - constants]
    numbers.set(i, known ?? build.buffer(sizes, dtype))
  })
  return { numbers, own: buffer => numbers.get(buffer ?? -1) ?? defect('a body without a buffer') }
}

/** The copies from the end of a round to the beginning of the next, and which next carries may be written over the carry at once. */
export const handOver = (
  carry: readonly number[],
  outputs: readonly number[],
  infoOf: (i: number) => BufferInfo,
  build: Buffers,
): { readonly copies: readonly Stage[]; readonly inPlace: ReadonlyMap<number, number> } => {
  // A next carry that is a carry of this round is put aside before any carry is overwritten.
  const aside: Stage[] = []
  const onward: Stage[] = []
  const inPlace = new Map<number, number>()
  const carried = new Set(carry)
  carry.forEach((buffer, i) => {
    const next = outputs[i] ?? defect('no next carry')
    if (next === buffer) return
    if (carried.has(next)) {
      const { sizes, dtype } = infoOf(i)
      const held = build.buffer(sizes, dtype)
      aside.push({ kind: 'copy', from: next, buffer: held })
      onward.push({ kind: 'copy', from: held, buffer })
    } else {
      if (!inPlace.has(next)) inPlace.set(next, buffer)
      onward.push({ kind: 'copy', from: next, buffer })
    }
  })
  return { copies: [...aside, ...onward], inPlace }
}

/** The stages of a loop with these operands, and the buffers of its results: the last carry, then the stacks. */
export const loopStages = (
  { constants, carries, length, reverse }: LoweredLoop,
  body: Graph,
  operands: readonly number[],
  build: Buffers,
): HoldingStages => {
  const { numbers, own } = numbersOf(body, operands, constants, [], build)
  const counter = build.buffer([], 'int32')
  const carry = body.inputs.slice(constants, constants + carries).map(own)
  const rowsIn = body.inputs.slice(constants + carries).map(own)
  const outputs = body.outputs.map(own)
  const infoOf = (i: number): BufferInfo => body.buffers[body.outputs[i] ?? -1] ?? defect('a body without a result')
  const rowsOut = outputs.slice(carries).map((row, k) => {
    const { sizes, dtype } = infoOf(carries + k)
    return { row, stack: build.buffer([length, ...sizes], dtype) }
  })
  const results = [...carry, ...rowsOut.map(({ stack }) => stack)]
  const first = carry.map((buffer, i): Stage => ({ kind: 'copy', from: operands[constants + i] ?? defect('no carry'), buffer }))
  if (length === 0) return { stages: [...first, ...rowsOut.map(({ stack }): Stage => ({ kind: 'zero', buffer: stack }))], results }
  const row = { kind: 'row', counter, length, reverse } as const
  const { copies, inPlace } = handOver(carry, outputs, infoOf, build)
  const stages = [
    ...rowsIn.map(
      (buffer, k): Stage => ({
        ...row,
        direction: 'in',
        stack: operands[constants + carries + k] ?? defect('no stack'),
        row: buffer,
      }),
    ),
    ...renumbered(body.stages, numbers),
    ...rowsOut.map((out): Stage => ({ ...row, direction: 'out', ...out })),
    ...copies,
  ]
  return { stages: [...first, { kind: 'loop', length, counter, stages, carries: inPlace }], results }
}
