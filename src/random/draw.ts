/**
 * Random tensors, key last: `random.normal('3 4')(key)`.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const x = random.uniform('3')(random.key(0))
 * assert.ok(toNested(x).every(value => value >= 0 && value < 1))
 */
import { scale } from '../derived/index.js'
import { add, castTo, filled, reshapeTo, shiftRight, sliceAxis, xor } from '../primitives/index.js'
import type { Expect, Given } from '../shape/index.js'
import {
  allocate,
  at,
  bufferOf,
  calledAs,
  checkLength,
  concrete,
  type DType,
  type Float,
  fail,
  isFloat,
  mostListed,
  relabel,
  resolveSizes,
  type Sized,
  type Sizes,
  type SizesOf,
  shorten,
  show,
  sizeOf,
  type Tensor,
  typed,
  type Value,
  type WellFormed,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'
import { atOnce } from './at-once.js'
import { erfInv } from './erf-inv.js'
import { blocks, checkKey, type Key, split } from './key.js'
import { amongLeast } from './share.js'
import { belowOne, between, truncated } from './truncated.js'

/** The two words of each block. */
const wordsOf = (key: Value, n: number): readonly [Value, Value] => {
  const both = blocks(key, n)
  const word = (i: number): Value => reshapeTo(sliceAxis(both, 1, i, i + 1), [n])
  return [word(0), word(1)]
}

const bitsOf = (key: Value, n: number): Value => xor(...wordsOf(key, n))

/** Uniform on [0, 1), a multiple of 2^-23 (float32) or 2^-52 (float64). */
const unit = (key: Value, n: number, dtype: DType): Value => {
  if (dtype === 'float32') {
    const bits = bitsOf(key, n)
    const mantissa = castTo(shiftRight(bits, filled(bits, 9)), 'float32')
    return scale(mantissa, 2 ** -23)
  }
  const [high, low] = wordsOf(key, n)
  const upper = castTo(high, 'float64')
  const lower = castTo(shiftRight(low, filled(low, 12)), 'float64')
  return add(scale(upper, 2 ** -32), scale(lower, 2 ** -52))
}

/** A draw from a shape, then a key. @category type-level */
export interface Draw<Op extends string> {
  <const S extends string>(shape: Sized<Op, S>): (key: Key) => Tensor<S>
  <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): (key: Key) => Tensor<S>
  <const S extends string, D extends Float | undefined>(
    shape: WellFormed<S>,
    sizes: SizesOf<S>,
    dtype: D,
  ): (key: Key) => Tensor<S, NoInfer<Given<D, 'float32'>>>
}

/** A draw of one dtype. @category type-level */
export interface DrawOf<Op extends string, D extends DType> {
  <const S extends string>(shape: Sized<Op, S>): (key: Key) => Tensor<S, D>
  <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): (key: Key) => Tensor<S, D>
}

const drawing = <Op extends string>(op: Op, generate: (key: Value, n: number, dtype: DType) => Value): Draw<Op> =>
  typed((shape: string, sizes?: Sizes, dtype: DType = 'float32') => (key: Value): Value => {
    checkKey(op, key)
    const resolved = resolveSizes(op, shape, sizes)
    if (!isFloat(dtype))
      return fail({
        _tag: 'DTypeError',
        detail: `${op}: draws floats, not ${typeof dtype === 'string' ? shorten(dtype) : show(dtype)}: ask for float32 or float64`,
      })
    const length = checkLength(op, dtype, sizeOf(resolved))
    return relabel(
      shape,
      reshapeTo(
        calledAs(op, () => generate(key, length, dtype)),
        resolved,
      ),
    )
  })

/**
 * Uniform on [0, 1).
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * assert.ok(toArray(random.uniform('100')(random.key(0))).every(value => value >= 0 && value < 1))
 *
 * @category constructors
 */
export const uniform: Draw<'uniform'> = drawing('uniform', unit)

/**
 * Normal with mean 0 and standard deviation 1.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.normal('batch 3', { batch: 2 })(random.key(0)).shape, 'batch 3')
 *
 * @category constructors
 */
export const normal: Draw<'normal'> = drawing('normal', (key, n, dtype) =>
  scale(erfInv(between(unit(key, n, dtype), -belowOne(dtype), 1)), Math.SQRT2),
)

/**
 * A standard normal conditioned to lie between two bounds, either of which may be infinite. Every number is finite and strictly between them.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const x = random.truncatedNormal(8, Infinity)('3')(random.key(0))
 * assert.ok(toNested(x).every(value => value > 8 && value < 10))
 *
 * @category constructors
 */
export const truncatedNormal = (low: number, high: number): Draw<'truncatedNormal'> =>
  typeof low === 'number' && typeof high === 'number' && low < high
    ? drawing('truncatedNormal', (key, n, dtype) => truncated(low, high, dtype, wanted => unit(key, n, wanted)))
    : fail({
        _tag: 'ArgumentError',
        op: 'truncatedNormal',
        detail: `the lower bound ${show(low)} is not below the upper bound ${show(high)}`,
      })

/**
 * True with probability p, to 2^-64: 0 is never and 1 always true.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.bernoulli(0.5)('3')(random.key(0)).dtype, 'bool')
 *
 * @category constructors
 */
export const bernoulli = (p: number): DrawOf<'bernoulli', 'bool'> =>
  typeof p === 'number' && p >= 0 && p <= 1
    ? trueWith(p)
    : fail({ _tag: 'ArgumentError', op: 'bernoulli', detail: `${show(p)} is no probability: give a number from 0 to 1` })

const trueWith = (p: number): DrawOf<'bernoulli', 'bool'> =>
  typed((shape: string, sizes?: Sizes) => (key: Value): Value => {
    checkKey('bernoulli', key)
    const resolved = resolveSizes('bernoulli', shape, sizes)
    const [high, low] = wordsOf(key, checkLength('bernoulli', 'uint32', sizeOf(resolved)))
    return relabel(shape, reshapeTo(amongLeast(p, xor(high, low), low), resolved))
  })

/**
 * Random 32-bit words.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.bits('100')(random.key(0)).dtype, 'uint32')
 *
 * @category constructors
 */
export const bits: DrawOf<'bits', 'uint32'> = typed((shape: string, sizes?: Sizes) => (key: Value): Value => {
  checkKey('bits', key)
  const resolved = resolveSizes('bits', shape, sizes)
  return relabel(shape, reshapeTo(bitsOf(key, checkLength('bits', 'uint32', sizeOf(resolved))), resolved))
})

/** The numbers from 0 to n - 1, sorted by random words, in as many rounds as make it unlikely that two words of all rounds are equal. */
const permuted = (n: number, key: Key): Value => {
  const rounds = Math.ceil((3 * Math.log(Math.max(1, n))) / Math.log(2 ** 32 - 1))
  let order = Array.from({ length: n }, (_, i) => i)
  let current = key
  for (let round = 0; round < rounds; round += 1) {
    const [next, own] = split()(current)
    current = next
    const sortKeys = bufferOf('permutation', bitsOf(own, n))
    const places = order.map((_, i) => i).sort((i, j) => at(sortKeys, i) - at(sortKeys, j) || i - j)
    order = places.map(i => at(order, i))
  }
  const buffer = allocate('int32', n)
  buffer.set(order)
  return concrete([n], 'int32', buffer)
}

/**
 * 0 to n - 1 in random order, by sorting random words (JAX's rounds: enough that equal words do not matter). The key must have a value:
 * an order cannot be found while tracing.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const order = random.permutation(5)(random.key(1))
 * assert.deepEqual([...toNested(order)].sort(), [0, 1, 2, 3, 4])
 *
 * @category constructors
 */
export const permutation: <const N extends number>(
  n: Expect<WholeNumber<'permutation', N, 'is not a length'>, N>,
) => (key: Key) => Tensor<`${N}`, 'int32'> = typed((n: number) => {
  wholeNumber('permutation', n, shown => `${shown} is not a length`)
  if (n > mostListed)
    return fail({ _tag: 'ArgumentError', op: 'permutation', detail: `${n} is more than can be sorted: at most ${mostListed}` })
  return (key: Key): Value => {
    checkKey('permutation', key)
    return atOnce('permutation', () => permuted(n, key))
  }
})
