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
}

const defaults: { readonly [D in DType]: readonly [low: number, high: number] } = {
  float32: [-2, 2],
  float64: [-2, 2],
  int32: [-9, 9],
  uint32: [0, 9],
  bool: [0, 1],
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
  { low = defaults[dtype][0], high = defaults[dtype][1] }: Range = {},
): fc.Arbitrary<Value> => {
  const length = sizeOf(sizes)
  return fc.array(numbers(dtype, low, high), { minLength: length, maxLength: length }).map(entries => {
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
