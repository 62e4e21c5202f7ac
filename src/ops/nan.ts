/**
 * Reductions that leave NaN out, as if it were not there: each is the reduction of the same name with a mask of what is no NaN.
 *
 * **Gradient**: that of the reduction, and 0 to each NaN.
 *
 * @example
 * import { nanMean, nanSum, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, Number.NaN, 5], [Number.NaN, Number.NaN, Number.NaN]])
 * assert.deepEqual(toNested(nanMean(-1)(x)), [3, Number.NaN])
 * assert.deepEqual(toNested(nanSum(-1)(x)), [6, 0])
 */
import * as derived from '../derived/index.js'
import type { DType } from '../tensor/index.js'
import { type ApplyReduction, heldShare, type Reduction, type ReductionKind, reduction } from './apply-reduction.js'

const withoutNaN = <Op extends string, K extends ReductionKind = 'masked', R extends DType | 'same' = 'same'>(
  op: Op,
  apply: ApplyReduction,
  kind?: ReductionKind,
): Reduction<Op, 'float', K, R> => reduction(op, 'float', (x, axes, taken) => apply(x, axes, derived.withoutNaN(x, taken)), kind)

/**
 * The sum of what is no NaN.
 *
 * @example
 * import { nanSum, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanSum()(tensor([1, Number.NaN, 2]))), 3)
 */
export const nanSum: Reduction<'nanSum', 'float'> = withoutNaN('nanSum', derived.sum)
/**
 * The product of what is no NaN.
 *
 * @example
 * import { nanProd, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanProd()(tensor([3, Number.NaN, 2]))), 6)
 */
export const nanProd: Reduction<'nanProd', 'float'> = withoutNaN('nanProd', derived.prod)
/**
 * The greatest entry that is no NaN; NaN where there is none.
 *
 * @example
 * import { nanMax, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanMax()(tensor([1, Number.NaN, 2]))), 2)
 */
export const nanMax: Reduction<'nanMax', 'float'> = withoutNaN('nanMax', derived.orNaN(derived.max))
/**
 * The least entry that is no NaN; NaN where there is none.
 *
 * @example
 * import { nanMin, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanMin()(tensor([1, Number.NaN, 2]))), 1)
 */
export const nanMin: Reduction<'nanMin', 'float'> = withoutNaN('nanMin', derived.orNaN(derived.min))
/**
 * The mean of what is no NaN; NaN where there is nothing.
 *
 * @example
 * import { nanMean, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanMean()(tensor([1, Number.NaN, 2]))), 1.5)
 */
export const nanMean: Reduction<'nanMean', 'float', 'weighted'> = withoutNaN('nanMean', derived.meanTaken, 'weighted')
/**
 * The variance of what is no NaN.
 *
 * @example
 * import { nanVariance, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanVariance()(tensor([1, Number.NaN, 3]))), 1)
 */
export const nanVariance: Reduction<'nanVariance', 'float', 'corrected'> = withoutNaN('nanVariance', derived.varianceOf, 'corrected')
/**
 * The standard deviation of what is no NaN.
 *
 * @example
 * import { nanStd, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanStd()(tensor([1, Number.NaN, 5]))), 2)
 */
export const nanStd: Reduction<'nanStd', 'float', 'corrected'> = withoutNaN('nanStd', derived.stdOf, 'corrected')
/**
 * The median of what is no NaN; NaN where there is nothing.
 *
 * @example
 * import { nanMedian, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanMedian()(tensor([1, Number.NaN, 3, 4]))), 3)
 */
export const nanMedian: Reduction<'nanMedian', 'float', 'picks'> = withoutNaN(
  'nanMedian',
  (x, axes, taken) => derived.quantile(x, axes, 0.5, taken),
  'picks',
)
/**
 * The quantile of what is no NaN; NaN where there is nothing.
 *
 * @example
 * import { nanQuantile, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanQuantile(0.25)()(tensor([1, Number.NaN, 3]))), 1.5)
 */
export const nanQuantile = (q: number): Reduction<'nanQuantile', 'float', 'between'> => {
  const share = heldShare('nanQuantile', q)
  return withoutNaN('nanQuantile', (x, axes, taken) => derived.quantile(x, axes, share, taken), 'between')
}
/**
 * The position of the greatest entry that is no NaN, the first of equals; -1 where there is none. int32.
 *
 * @example
 * import { nanArgmax, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanArgmax()(tensor([1, Number.NaN, 2]))), 2)
 */
export const nanArgmax: Reduction<'nanArgmax', 'float', 'picks', 'int32'> = withoutNaN('nanArgmax', derived.argmaxTaken, 'picks')
/**
 * The position of the least entry that is no NaN, the first of equals; -1 where there is none. int32.
 *
 * @example
 * import { nanArgmin, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(nanArgmin()(tensor([3, Number.NaN, 2]))), 2)
 */
export const nanArgmin: Reduction<'nanArgmin', 'float', 'picks', 'int32'> = withoutNaN('nanArgmin', derived.argminTaken, 'picks')
