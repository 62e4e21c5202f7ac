/** What the laws try `scan` on: bodies with a constant, with several carries and dtypes, with a product, over no rows, and in reverse. */
import { real, whole } from '../primitives/family/sample.js'
import { add, castTo, contract, filled, mul } from '../primitives/index.js'
import type { Program } from '../program/index.js'
import type { Aval, Value } from '../tensor/index.js'
import { type HolderSample, programOf } from '../trace/index.js'
import { missing, type ScanParams } from './scan-parts.js'

/** A body's program, from a function of its inputs. */
const bodyOf = (inputs: readonly [Aval, Aval, Aval], f: (a: Value, b: Value, c: Value) => readonly Value[]) => (): readonly Program[] => {
  return [programOf(([a = missing(), b = missing(), c = missing()]) => f(a, b, c), inputs)]
}
const forward = { length: 3, reverse: false, recompute: false }
const [pair, number] = [real([2], -1, 1), real([], -1, 1)]
const pairs = real([3, 2], -1, 1)
const wave = (w: Value, c: Value, x: Value): readonly Value[] => {
  const next = add(mul(mul(c, w), c), x)
  return [next, mul(c, next)]
}
const counting = (i: Value, total: Value, x: Value): readonly Value[] => [
  add(i, filled(i, 1)),
  add(total, mul(x, castTo(i, total.dtype))),
  i,
]
const product = { left: [1], right: [0], leftBatch: [], rightBatch: [] }
const turning = (w: Value, c: Value, x: Value): readonly Value[] => [add(contract(w, c, product), x), c]

export const scanSamples: readonly [HolderSample<ScanParams>, ...HolderSample<ScanParams>[]] = [
  { params: { ...forward, constants: 1, carries: 1 }, programs: bodyOf([pair, pair, pair], wave), inputs: [pair, pair, pairs] },
  {
    params: { ...forward, constants: 1, carries: 1, reverse: true, recompute: true },
    programs: bodyOf([pair, pair, pair], wave),
    inputs: [pair, pair, pairs],
  },
  {
    params: { ...forward, constants: 0, carries: 2 },
    programs: bodyOf([whole([], 0, 9), number, number], counting),
    inputs: [whole([], 0, 9), number, real([3], -1, 1)],
  },
  {
    params: { ...forward, constants: 1, carries: 1, length: 0 },
    programs: bodyOf([pair, pair, pair], wave),
    inputs: [pair, pair, real([0, 2])],
  },
  {
    params: { ...forward, constants: 1, carries: 1, reverse: true },
    programs: bodyOf([real([2, 2]), pair, pair], turning),
    inputs: [real([2, 2], -1, 1), pair, pairs],
  },
]
