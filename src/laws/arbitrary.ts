/**
 * fast-check arbitraries of shapes, tensors and trees.
 *
 * Floats are drawn as multiples of a power of two, so that they are exact in float32 and shrink to short numbers.
 */
import * as fc from 'fast-check'
import {
  allocate,
  concrete,
  type DType,
  fail,
  flatten,
  isFloat,
  relabel,
  sizeOf,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { resolveSizes, type Sizes, type WellFormed } from '../tensor/sizes.js'

export interface Range {
  /** The least value; -2 for floats, -9 for int32, else 0. */
  readonly low?: number
  /** The greatest value; 2 for floats, 9 for integers, 1 for bools. */
  readonly high?: number
  /**
   * Whether to draw from the edges too, also beyond the bounds: infinities, NaN, zeros of both signs, subnormal numbers, the ends of the dtype, arguments
   * at which exponentials saturate, numbers far from 0, and entries equal to one another. Not unless it is asked for.
   */
  readonly edges?: boolean
}

const defaults: { readonly [D in DType]: readonly [low: number, high: number] } = {
  float32: [-2, 2],
  float64: [-2, 2],
  int32: [-9, 9],
  uint32: [0, 9],
  bool: [0, 1],
}

const { NEGATIVE_INFINITY, NaN: nan, POSITIVE_INFINITY } = Number

/**
 * Edges of both precisions: NaN and infinities, zeros, neighbours of 1, arguments at which exponentials saturate in float32 and float64,
 * numbers far from 0.
 */
const realEdges: readonly number[] = [
  ...[0, -0, nan, POSITIVE_INFINITY, NEGATIVE_INFINITY],
  ...[1, 1 + 2 ** -23, 1 - 2 ** -24, 9, 17, 20, 40, 88, 89, 104, 709, 710, 746, 1e6, 2 ** 24 + 2, 1e8, 1e20, 1e-20].flatMap(x => [x, -x]),
]
const edgesOf: { readonly [D in DType]: readonly number[] } = {
  float32: [...realEdges, ...[2 ** -149, 2 ** -127, 2 ** -126, (2 - 2 ** -23) * 2 ** 127].flatMap(x => [x, -x])],
  float64: [...realEdges, ...[Number.MIN_VALUE, 2 ** -1023, 2 ** -1022, 1 + 2 ** -52, 2 ** 53, Number.MAX_VALUE].flatMap(x => [x, -x])],
  int32: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)],
  uint32: [0, 1, 2 ** 31, 2 ** 32 - 1],
  bool: [0, 1],
}

/** Lists of numbers. With `edges`, some of them are copies of others. */
const lists = (entry: fc.Arbitrary<number>, dtype: DType, length: number, edges: boolean): fc.Arbitrary<readonly number[]> => {
  const some = { minLength: length, maxLength: length }
  if (!edges) return fc.array(entry, some)
  const either = fc.oneof({ weight: 2, arbitrary: entry }, fc.constantFrom(...edgesOf[dtype]))
  const copies = fc.array(fc.option(fc.nat({ max: Math.max(0, length - 1) }), { freq: 2 }), some)
  return fc
    .tuple(fc.array(either, some), fc.oneof(fc.constant([]), copies))
    .map(([own, places]) => own.map((value, i) => own[places[i] ?? i] ?? value))
}

/** At least this many values between the bounds. */
const resolution = 2 ** 16

const numbers = (dtype: DType, low: number, high: number): fc.Arbitrary<number> => {
  if (!(low <= high)) return fail({ _tag: 'ArgumentError', op: 'tensors', detail: `low is ${low} and high is ${high}` })
  const scale = isFloat(dtype) && low < high ? 2 ** Math.ceil(Math.log2(resolution / (high - low))) : 1
  return low === high ? fc.constant(low) : fc.integer({ min: Math.ceil(low * scale), max: Math.floor(high * scale) }).map(n => n / scale)
}

/** Tensors of these sizes, their axes without names. */
export const values = (
  sizes: readonly number[],
  dtype: DType,
  { low = defaults[dtype][0], high = defaults[dtype][1], edges = false }: Range = {},
): fc.Arbitrary<Value> => {
  const length = sizeOf(sizes)
  return lists(numbers(dtype, low, high), dtype, length, edges).map(entries => {
    const buffer = allocate(dtype, length)
    buffer.set(entries)
    return concrete(sizes, dtype, buffer)
  })
}

/**
 * Dimension strings without names: up to `maxRank` axes of sizes from `minSize` to `maxSize`.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { shapes } from 'pullback/laws'
 *
 * fc.assert(fc.property(shapes({ maxRank: 2 }), shape => shape.split(' ').length <= 2))
 *
 * @category constructors
 */
export const shapes = ({
  maxRank = 3,
  minSize = 0,
  maxSize = 4,
}: {
  readonly maxRank?: number
  readonly minSize?: number
  readonly maxSize?: number
} = {}): fc.Arbitrary<string> => fc.array(fc.integer({ min: minSize, max: maxSize }), { maxLength: maxRank }).map(sizes => sizes.join(' '))

/**
 * Tensors of a shape. Names take their sizes, as in `zeros`.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { toArray } from 'pullback'
 * import { tensors } from 'pullback/laws'
 *
 * const batches = tensors('batch 3', { sizes: { batch: 2 }, low: 0, high: 1, dtype: 'float64' })
 * fc.assert(fc.property(batches, x => x.shape === 'batch 3' && toArray(x).every(value => value >= 0 && value <= 1)))
 *
 * // Infinities, NaN, subnormal numbers and others of which laws know little.
 * const odd = tensors('3', { edges: true })
 * assert.ok(fc.sample(odd, { seed: 1, numRuns: 100 }).some(x => toArray(x).some(Number.isNaN)))
 *
 * @category constructors
 */
export const tensors = <const S extends string, D extends DType = 'float32'>(
  shape: WellFormed<S>,
  { sizes, dtype, ...range }: Range & { readonly sizes?: Sizes; readonly dtype?: D } = {},
): fc.Arbitrary<Tensor<S, D>> =>
  values(resolveSizes('tensors', shape, sizes), dtype ?? 'float32', range).map(x => typed<Tensor<S, D>>(relabel(shape, x)))

/**
 * Trees of the form, the shapes and the dtypes of a given one: parameters, batches, tangents, cotangents.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { tensor } from 'pullback'
 * import { treesLike } from 'pullback/laws'
 *
 * const params = { weight: tensor([[1, 2]]), bias: tensor([0]) }
 * fc.assert(fc.property(treesLike(params, { low: -1, high: 1 }), ({ weight }) => weight.shape === '1 2'))
 *
 * @category constructors
 */
export const treesLike = <T extends object>(tree: T, range: Range = {}): fc.Arbitrary<T> => {
  const { leaves, structure } = flatten('treesLike', tree)
  return fc
    .tuple(...leaves.map(x => values(x.sizes, x.dtype, range).map(y => relabel(x.shape, y))))
    .map(drawn => typed<T>(unflatten(structure, drawn)))
}
