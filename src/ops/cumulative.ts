/**
 * Cumulative functions along an axis: each result is of all entries up to its place, or from its place on.
 *
 * @example
 * import { cumMax, cumSum, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, 3, 2])
 * assert.deepEqual(toNested(cumSum(0)(x)), [1, 4, 6])
 * assert.deepEqual(toNested(cumSum(0, { reverse: true })(x)), [6, 5, 2])
 * assert.deepEqual(toNested(cumSum(0, { exclusive: true })(x)), [0, 1, 4])
 * assert.deepEqual(toNested(cumMax(0)(x)), [1, 3, 3])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import type { Axis, AxisOf, Expect } from '../shape/index.js'
import { type DType, heldFlag, heldOptions, type Tensor, typed, type Value } from '../tensor/index.js'
import { alongAxis } from './apply-axis.js'
import type { Class, Classes } from './class.js'

/** @category type-level */
export interface CumulativeOptions {
  /** From the last entry along the axis to the first; false unless given. */
  readonly reverse?: boolean | undefined
  /** Leaves an entry out of its own result, so that the first one is of nothing; false unless given. */
  readonly exclusive?: boolean | undefined
}

/** A cumulative function along one axis, of a class of dtypes. @category type-level */
export type Cumulative<Op extends string, C extends Class> = <const A extends Axis>(
  axis: A,
  options?: CumulativeOptions,
) => <S extends string, D extends DType>(x: Expect<Classes<Op, D>[C], Expect<AxisOf<Op, S, A>, Tensor<S, D>>>) => Tensor<S, D>

const cumulative = <Op extends string, C extends Class>(
  op: Op,
  of: C,
  apply: (x: Value, params: primitive.CumulativeParams) => Value,
): Cumulative<Op, C> =>
  typed((axis: Axis, options?: CumulativeOptions) => {
    const given = heldOptions(op, options, ['reverse', 'exclusive'])
    const [reverse, exclusive] = [heldFlag(op, 'reverse', given.reverse, false), heldFlag(op, 'exclusive', given.exclusive, false)]
    return alongAxis(op, of, (x, position) => apply(x, { axis: position, reverse, exclusive }))(axis)
  })

/**
 * The sum of the entries up to each along an axis; exclusive, of those before it, the first of which is 0.
 *
 * Floats are added in float64 and rounded once, in an order that depends on the size of the axis alone, so every engine and every number of
 * threads give the same bits; sums of numbers from 0 up never descend. Integers wrap.
 *
 * **Gradient**: the cumulative sum of the cotangent in the other direction.
 * **Source**: `jax.numpy.cumsum`; the options are those of ONNX's CumSum.
 *
 * @example
 * import { cumSum, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cumSum(-1)(tensor([[1, 2, 3], [4, 5, 6]]))), [[1, 3, 6], [4, 9, 15]])
 * assert.deepEqual(toNested(cumSum(0, { exclusive: true, reverse: true })(tensor([1, 2, 3]))), [5, 3, 0])
 *
 * @category primitives
 */
export const cumSum: Cumulative<'cumSum', 'numeric'> = cumulative('cumSum', 'numeric', primitive.cumSum)

/**
 * The product of the entries up to each along an axis; exclusive, of those before it, the first of which is 1. Integers wrap.
 *
 * **Gradient**: found by a recurrence and not by division, so that it is exact at zeros.
 *
 * @example
 * import { cumProd, grad, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * assert.deepEqual(toNested(cumProd(0)(tensor([2, 0, 3]))), [2, 0, 0])
 * // 2 + 2 x + 6 x at x = 0: the slope of the whole by the second entry is 8.
 * const f = (x: Tensor<'3'>) => pipe(x, cumProd(0), sum())
 * assert.deepEqual(toNested(grad(f)(tensor([2, 0, 3]))), [1, 8, 0])
 *
 * @category primitives
 */
export const cumProd: Cumulative<'cumProd', 'numeric'> = cumulative('cumProd', 'numeric', primitive.cumProd)

/**
 * The greatest of the entries up to each along an axis, NaN from the first NaN on; exclusive, of those before it, where the greatest of
 * nothing is -∞, or the least integer of the dtype.
 *
 * **Gradient**: the cotangent goes to the entry that is kept, the first of equals.
 *
 * @example
 * import { cumMax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cumMax(0)(tensor([1, 3, 2, 4]))), [1, 3, 3, 4])
 *
 * @category primitives
 */
export const cumMax: Cumulative<'cumMax', 'numeric'> = cumulative('cumMax', 'numeric', primitive.cumMax)

/**
 * The least of the entries up to each along an axis, NaN from the first NaN on; exclusive, of those before it, where the least of nothing
 * is ∞, or the greatest integer of the dtype.
 *
 * **Gradient**: the cotangent goes to the entry that is kept, the first of equals.
 *
 * @example
 * import { cumMin, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cumMin(0, { reverse: true })(tensor([1, 3, 2, 4]))), [1, 2, 2, 4])
 *
 * @category primitives
 */
export const cumMin: Cumulative<'cumMin', 'numeric'> = cumulative('cumMin', 'numeric', primitive.cumMin)

/**
 * log Σ e^x of the entries up to each along an axis, without overflow; exclusive, of those before it, where that of nothing is -∞. It is
 * computed in float64 and rounded once.
 *
 * **Gradient**: the cotangent times e^x / Σ e^x; 0 where every entry so far is -∞. It is undefined, NaN, from an entry on that is +∞.
 *
 * @example
 * import { cumLogSumExp, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cumLogSumExp(0)(tensor([-1000, 0, 1000]))), [-1000, 0, 1000])
 */
export const cumLogSumExp: Cumulative<'cumLogSumExp', 'float'> = cumulative('cumLogSumExp', 'float', derived.cumLogSumExp)
