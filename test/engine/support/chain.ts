/** Random functions of tensors of many shapes: a tape of numbers says which operation comes next, on what, along which axes. */
import * as fc from 'fast-check'
import * as primitive from '../../../src/primitives/index.js'
import { at, type DType, isFloat, sizeOf, type Value } from '../../../src/tensor/index.js'
import type { Flat } from './run.js'

/** The next of n choices. */
type Choose = (n: number) => number

/** Values with more entries than this are not made larger. */
const manyEntries = 600

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
const filled = (x: Value, value: number): Value => primitive.filled(x, value)

/** Some of the axes, in the order of a random permutation. */
const shuffled = (choose: Choose, count: number): readonly number[] => {
  const left = [...range(count)]
  return range(count).flatMap(() => left.splice(choose(left.length), 1))
}

const permuted = (choose: Choose, x: Value): Value => primitive.permuteAxes(x, shuffled(choose, x.sizes.length))

const reversed = (choose: Choose, x: Value): Value =>
  primitive.reverseAxes(
    x,
    range(x.sizes.length).filter(() => choose(2) === 0),
  )

const sliced = (choose: Choose, x: Value): Value => {
  const start = x.sizes.map(size => (size > 1 ? choose(2) : 0))
  const stop = x.sizes.map((size, axis) => Math.max(at(start, axis), size - choose(2)))
  return primitive.sliceOf(x, { start, stop, step: x.sizes.map(() => 1 + choose(3)) })
}

const padded = (choose: Choose, x: Value): Value =>
  primitive.padWith(x, { low: x.sizes.map(() => choose(3)), high: x.sizes.map(() => choose(2)), interior: x.sizes.map(() => choose(2)) })

/** Neighbouring axes joined, or one split in two. */
const reshaped = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length)
  const [before, size, after] = [x.sizes.slice(0, axis), at(x.sizes, axis), x.sizes.slice(axis + 1)]
  const factor = [2, 3, 4, 5].find(n => size > 0 && size % n === 0)
  if (factor !== undefined && choose(2) === 0) return primitive.reshapeTo(x, [...before, factor, size / factor, ...after])
  const [next = 1, ...rest] = after
  return primitive.reshapeTo(x, [...before, size * next, ...rest])
}

const broadcast = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length + 1)
  const size = [1, 2, 3, 5][choose(4)] ?? 1
  return primitive.broadcastAxes(x, [...x.sizes.slice(0, axis), size, ...x.sizes.slice(axis)], [axis])
}

/** Windows of an axis, and what is left of them added up or the windows themselves. */
const windowed = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length)
  const lattice = { axes: [axis], step: [1 + choose(3)], dilation: [1 + choose(2)] }
  const windows = primitive.windows(x, { ...lattice, size: [1 + choose(3)] })
  return choose(2) === 0 ? windows : primitive.overlapAdd(windows, { ...lattice, sizes: [at(x.sizes, axis)] })
}

const subset = (choose: Choose, count: number): readonly number[] => shuffled(choose, count).slice(0, 1 + choose(Math.max(1, count)))

const reduced = (choose: Choose, x: Value): Value => {
  const which = choose(4)
  if (which === 0) return primitive.prodAxis(x, choose(x.sizes.length))
  if (which === 1 && sizeOf(x.sizes) > 0) return primitive.maxAxes(x, subset(choose, x.sizes.length))
  return primitive.sumAxes(x, subset(choose, x.sizes.length))
}

/** The tensor with itself, or with its own entries elsewhere: contracted over some axes, side by side along others. */
const contracted = (choose: Choose, x: Value): Value => {
  const order = shuffled(choose, x.sizes.length)
  const y = primitive.permuteAxes(reversed(choose, x), order)
  const place = (axis: number): number => order.indexOf(axis)
  const axes = shuffled(choose, x.sizes.length)
  const batches = choose(2) === 0 ? 0 : choose(axes.length)
  const [batch, left] = [axes.slice(0, batches), axes.slice(batches, batches + 1 + choose(2))]
  return primitive.contract(x, y, { left, right: left.map(place), leftBatch: batch, rightBatch: batch.map(place) })
}

const joined = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length)
  return primitive.concatAxis([x, reversed(choose, x), ...(choose(2) === 0 ? [primitive.sliceAxis(x, axis, 0, 0)] : [])], axis)
}

/** Rows found by the tensor's own values, and added where they point. */
const looked = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length)
  const size = at(x.sizes, axis)
  if (size === 0) return x
  const count = 1 + choose(4)
  const indices = primitive.rem(primitive.iota([count], 0, 'int32'), filled(primitive.iota([count], 0, 'int32'), size))
  const rows = primitive.gather(x, indices, { axis, batch: 0 })
  return choose(2) === 0 ? rows : primitive.scatterAdd(x, indices, rows, { axis, batch: 0 })
}

/** The position of the greatest entry, as numbers of the tensor's own dtype. */
const located = (choose: Choose, x: Value): Value => {
  const axis = choose(x.sizes.length)
  return at(x.sizes, axis) === 0 ? x : primitive.castTo(primitive.argmaxAxis(x, axis), x.dtype)
}

/** Casts to another dtype and back. */
const recast = (choose: Choose, x: Value): Value => {
  const dtypes: readonly DType[] = ['bool', 'int32', 'float32', 'float64']
  return primitive.castTo(primitive.castTo(x, dtypes[choose(dtypes.length)] ?? x.dtype), x.dtype)
}

const structural = [permuted, reversed, sliced, padded, reshaped, broadcast, joined, windowed] as const

export interface Vocabulary {
  readonly unary: readonly ((x: Value) => Value)[]
  readonly binary: readonly ((x: Value, y: Value) => Value)[]
  /** Functions that are applied to the result of a sum, a product or a contraction. */
  readonly bound: (x: Value) => Value
}

const limit = (x: Value, most: number): Value => primitive.minimum(primitive.maximum(x, filled(x, -most)), filled(x, most))
const exactUnary = [primitive.neg, primitive.abs, primitive.sign] as const
const exactBinary = [primitive.add, primitive.sub, primitive.mul, primitive.maximum, primitive.minimum] as const

/** Whole numbers so small that no dtype rounds: every engine must give the reference's bits. */
export const exactly: Vocabulary = {
  unary: [...exactUnary, x => (isFloat(x.dtype) ? primitive.floor(x) : primitive.not(x))],
  binary: [...exactBinary, primitive.rem],
  bound: x => limit(x, 3),
}

/** All that an engine computes in line, its values kept near 1. */
export const smoothly: Vocabulary = {
  unary: [
    ...exactUnary,
    primitive.tanh,
    primitive.sin,
    primitive.cos,
    primitive.sigmoid,
    primitive.erf,
    primitive.erfc,
    x => primitive.exp(limit(x, 2)),
    x => primitive.expm1(limit(x, 2)),
    x => primitive.log(primitive.add(primitive.abs(x), filled(x, 0.5))),
    x => primitive.log1p(primitive.abs(x)),
    x => primitive.sqrt(primitive.abs(x)),
    x => primitive.rsqrt(primitive.add(primitive.mul(x, x), filled(x, 0.25))),
  ],
  binary: [
    ...exactBinary,
    (x, y) => primitive.div(x, primitive.add(primitive.abs(y), filled(y, 1))),
    (x, y) => primitive.pow(primitive.add(primitive.abs(x), filled(x, 0.5)), limit(y, 2)),
  ],
  bound: primitive.tanh,
}

type Step = (choose: Choose, pool: readonly Value[], words: Vocabulary) => Value

const pick = <T>(choose: Choose, list: readonly T[]): T => {
  const item = list[choose(list.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** Another value of these sizes and this dtype, or the same. */
const partner = (choose: Choose, pool: readonly Value[], x: Value): Value =>
  pick(choose, [x, ...pool.filter(y => y.dtype === x.dtype && y.sizes.join() === x.sizes.join())])

const recent = (choose: Choose, pool: readonly Value[]): Value => pick(choose, pool.slice(-3))

const step: Step = (choose, pool, words) => {
  const x = recent(choose, pool)
  const kind = choose(14)
  if (kind <= 1) return pick(choose, words.unary)(x)
  if (kind <= 3) return words.bound(pick(choose, words.binary)(x, partner(choose, pool, x)))
  if (kind === 4) {
    const y = partner(choose, pool, x)
    return primitive.select(pick(choose, [primitive.less, primitive.equal, primitive.lessEqual])(x, y), y, pick(choose, words.unary)(x))
  }
  if (kind === 5) return recast(choose, x)
  if (kind === 6 && sizeOf(x.sizes) <= manyEntries) return broadcast(choose, x)
  if (x.sizes.length === 0) return pick(choose, words.unary)(x)
  if (kind === 7 || kind === 11) return words.bound(reduced(choose, x))
  if (kind === 8 && x.sizes.length < 4) {
    const product = words.bound(contracted(choose, x))
    return sizeOf(product.sizes) <= manyEntries ? product : words.bound(reduced(choose, product))
  }
  if (kind === 9) return words.bound(looked(choose, x))
  if (kind === 10) return located(choose, x)
  return sizeOf(x.sizes) <= manyEntries ? pick(choose, structural)(choose, x) : sliced(choose, x)
}

/** A function of any number of tensors: so many steps, each on one of the last few values. Every value that nothing reads is a result. */
export const chains = (words: Vocabulary, steps: { readonly min: number; readonly max: number }): fc.Arbitrary<Flat> =>
  fc
    .tuple(fc.integer(steps), fc.infiniteStream(fc.nat({ max: 999 })))
    .map(([count, stream]) => ({ count, tape: [...stream.take(count * 16)] }))
    .map(
      ({ count, tape }): Flat =>
        inputs => {
          const pool = [...inputs]
          let place = 0
          const choose: Choose = n => {
            const number = tape[place % tape.length] ?? 0
            place += 1
            return n > 0 ? number % n : 0
          }
          for (let i = 0; i < count; i += 1) pool.push(step(choose, pool, words))
          return pool.slice(-2)
        },
    )
