/**
 * Median and quantiles.
 *
 * @example
 * import { median, quantile, tensor, toNested, toNumber } from 'pullback'
 *
 * assert.deepEqual(toNested(median(-1)(tensor([[3, 1, 2], [9, 7, 7]]))), [2, 7])
 * assert.equal(toNumber(quantile(0.75)()(tensor([1, 2, 3, 5]))), 3.5)
 */
import * as derived from '../derived/index.js'
import { heldShare, type Reduction, reduction } from './apply-reduction.js'

/**
 * The middle entry, or the mean of the two middle ones; NaN if any entry is NaN. There must be an entry.
 *
 * **Gradient**: ct to the middle entry, or half of it to each of the two.
 *
 * @example
 * import { median, tensor, toNested, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(median()(tensor([5, 1, 2, 4]))), 3)
 * assert.deepEqual(toNested(median(0)(tensor([[1, 8], [3, 2], [2, 5]]))), [2, 5])
 */
export const median: Reduction<'median', 'float', 'picks'> = reduction(
  'median',
  'float',
  (x, axes, taken) => derived.quantile(x, axes, 0.5, taken),
  'picks',
)

/**
 * The place q of the way through the entries in ascending order, q from 0 to 1; NaN if any entry is NaN. There must be an entry. Where it lies between
 * two entries, `method` says what is taken: 'linear' (by distance), 'lower', 'higher', 'nearest' (of two equally near that at an even place) or 'midpoint'.
 *
 * **Gradient**: ct shared by the two entries as their mean is.
 *
 * **Source**: numpy.quantile.
 *
 * @example
 * import { pipe, quantile, tensor, toNested, toNumber } from 'pullback'
 *
 * const x = tensor([[4, 1, 3, 2], [10, 40, 20, 30]])
 * assert.deepEqual(toNested(pipe(x, quantile(0.5)(-1))), [2.5, 25])
 * assert.equal(toNumber(pipe(x, quantile(0.9)(undefined, { method: 'lower' }))), 30)
 */
export const quantile = (q: number): Reduction<'quantile', 'float', 'between'> => {
  const share = heldShare('quantile', q)
  return reduction('quantile', 'float', (x, axes, taken) => derived.quantile(x, axes, share, taken), 'between')
}
