/**
 * Reductions: over all axes, or over those given by position (negative from the end) or by name; kept axes have size 1. Of a mask, `where`, only the
 * entries at which it is true are taken, as if the others were not there: what is left out reaches neither the result nor a gradient, NaN included.
 *
 * @example
 * import { fromArray, mean, notEqual, sum, tensor, toNested, zeros } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(sum(0)(x)), [4, 6])
 * assert.deepEqual(toNested(mean(-1, { keepDims: true })(x)), [[1.5], [3.5]])
 * assert.equal(sum('batch')(zeros('batch 4', { batch: 2 })).shape, '4')
 * assert.deepEqual(toNested(mean(-1, { where: notEqual(4)(x) })(x)), [1.5, 3])
 */
import * as derived from '../derived/index.js'
import { type Reduction, reduction } from './apply-reduction.js'

/**
 * The sum.
 *
 * @example
 * import { pipe, sum, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), sum(-1))), [3, 7])
 *
 * @category primitives
 */
export const sum: Reduction<'sum', 'numeric'> = reduction('sum', 'numeric', derived.sum)
/**
 * The product.
 *
 * @example
 * import { prod, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(prod(-1)(tensor([[1, 2], [3, 4]]))), [2, 12])
 *
 * @category primitives
 */
export const prod: Reduction<'prod', 'numeric'> = reduction('prod', 'numeric', derived.prod)
/**
 * The greatest entry; -Infinity or the least integer where there is none, or where no entry is taken.
 *
 * @example
 * import { max, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(max(-1)(tensor([[1, 2], [4, 3]]))), [2, 4])
 *
 * @category primitives
 */
export const max: Reduction<'max', 'numeric'> = reduction('max', 'numeric', derived.max)
/**
 * The least entry; Infinity or the greatest integer where there is none, or where no entry is taken.
 *
 * @example
 * import { min, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(min(-1)(tensor([[1, 2], [4, 3]]))), [1, 3])
 *
 * @category primitives
 */
export const min: Reduction<'min', 'numeric'> = reduction('min', 'numeric', derived.min)
/**
 * The arithmetic mean: the sum over the number of entries, or with `weights` w, Σ w x / Σ w (numpy's average). As in numpy and JAX it is infinite
 * where the sum is beyond the dtype, and NaN where no entry is taken or the weights add up to 0.
 *
 * @example
 * import { mean, pipe, tensor, toNested, toNumber } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), mean(0))), [2, 3])
 * assert.equal(toNumber(pipe(tensor([1, 2]), mean(0, { weights: tensor([3, 1]) }))), 1.25)
 */
export const mean: Reduction<'mean', 'float', 'weighted'> = reduction('mean', 'float', derived.meanTaken, 'weighted')
/**
 * The mean of the squared distances from the mean (divided by n, as numpy does, or by n - `correction`), accurate also for numbers far from 0, whose
 * mean has no digits for it; too great for the dtype only where the variance is. Equal numbers have the variance 0 exactly; of an infinity or NaN it
 * is NaN, as in numpy. Where n is not above the correction, the division is by 0.
 *
 * **Gradient**: 2 ct (x - mean) / (n - correction).
 *
 * @example
 * import { tensor, toNumber, variance } from 'pullback'
 *
 * assert.equal(toNumber(variance()(tensor([1e8, 1e8 + 16]))), 64)
 * assert.equal(toNumber(variance(0, { correction: 1 })(tensor([1, 3]))), 2)
 */
export const variance: Reduction<'variance', 'float', 'corrected'> = reduction('variance', 'float', derived.varianceOf, 'corrected')
/**
 * The square root of the variance, also where the squares are beyond the dtype, too great or too small for it.
 *
 * **Gradient**: ct (x - mean) / (n std). Where all entries are equal, and std has a corner, it is 0, which is one of the subgradients there.
 *
 * @example
 * import { std, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(std()(tensor([1, 3]))), 1)
 */
export const std: Reduction<'std', 'float', 'corrected'> = reduction('std', 'float', derived.stdOf, 'corrected')
/**
 * log Σ e^x without overflow, or with `weights` w, log Σ w e^x. An entry of weight 0 is left out, of derivatives too, as in JAX; where the sum is
 * negative, the result is NaN.
 *
 * **Gradient**: ct w e^x / Σ w e^x; 0 where every entry is -∞ and the value is -∞. It is undefined, NaN, at an entry that is +∞.
 *
 * @example
 * import { logSumExp, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(logSumExp()(tensor([10000, -10000]))), 10000)
 * assert.equal(toNumber(logSumExp(0, { weights: tensor([1, 0]) })(tensor([2, 3]))), 2)
 */
export const logSumExp: Reduction<'logSumExp', 'float', 'weighted'> = reduction('logSumExp', 'float', derived.logSumExp, 'weighted')
/**
 * Is any entry true?
 *
 * @example
 * import { any, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(any(-1)(tensor([[true, false], [false, false]]))), [true, false])
 */
export const any: Reduction<'any', 'bool'> = reduction('any', 'bool', derived.any)
/**
 * Are all entries true?
 *
 * @example
 * import { all, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(all(-1)(tensor([[true, false], [true, true]]))), [false, true])
 */
export const all: Reduction<'all', 'bool'> = reduction('all', 'bool', derived.all)

/**
 * How many entries are not 0, or are true; int32. NaN is not 0.
 *
 * @example
 * import { countNonzero, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(countNonzero(-1)(tensor([[1, 0, 2], [0, 0, 0]]))), [2, 0])
 */
export const countNonzero: Reduction<'countNonzero', 'any', 'masked', 'int32'> = reduction('countNonzero', 'any', derived.countNonzero)
/**
 * The norm of order `ord`, (Σ |x|^ord)^(1/ord), over the axes together: 2, the Euclidean or Frobenius norm, unless given. Infinity gives the
 * greatest magnitude, -Infinity the least, and 0 the number of entries that are not 0. Of several axes it is the norm of all their entries, never
 * that of a matrix as an operator. Squares and powers beyond the dtype do no harm. The norm of no entries is 0, or Infinity where `ord` is negative.
 *
 * **Gradient**: ct sign(x) (|x| / norm)^(ord - 1). At an entry that is 0, and where the norm is 0 and has a corner, it is 0, which is one of the
 * subgradients there (JAX gives NaN).
 *
 * @example
 * import { grad, norm, ones, type Tensor, tensor, toNested, toNumber, zeros } from 'pullback'
 *
 * assert.equal(toNumber(norm()(tensor([3, -4]))), 5)
 * assert.deepEqual(toNested(norm(-1, { ord: 1 })(tensor([[3, -4], [1, 1]]))), [7, 2])
 * assert.equal(toNumber(norm([0, 1])(ones('2 8'))), 4)
 * assert.deepEqual(toNested(grad((x: Tensor<'2'>) => norm()(x))(zeros('2'))), [0, 0])
 */
export const norm: Reduction<'norm', 'float', 'norm'> = reduction('norm', 'float', derived.norm, 'norm')
/**
 * The greatest entry less the least ("peak to peak"). There must be an entry; integers wrap.
 *
 * @example
 * import { ptp, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(ptp(-1)(tensor([[1, 5, 2], [7, 7, 7]]))), [4, 0])
 */
export const ptp: Reduction<'ptp', 'numeric', 'picks'> = reduction('ptp', 'numeric', derived.ptp, 'picks')
/**
 * The position of the greatest entry, the first of equals; int32. Over several axes, or all, positions count their entries in the order of the
 * axes in the shape, the last fastest. There must be an entry; a NaN is greatest.
 *
 * @example
 * import { argmax, tensor, toNested, toNumber } from 'pullback'
 *
 * const x = tensor([[1, 5, 2], [7, 0, 7]])
 * assert.deepEqual(toNested(argmax(-1)(x)), [1, 0])
 * assert.equal(toNumber(argmax()(x)), 3)
 *
 * @category primitives
 */
export const argmax: Reduction<'argmax', 'numeric', 'picks', 'int32'> = reduction('argmax', 'numeric', derived.argmax, 'picks')
/**
 * The position of the least entry, the first of equals; int32. It counts as `argmax` does.
 *
 * @example
 * import { argmin, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(argmin(-1)(tensor([[1, 0, 2], [7, 0, 0]]))), [1, 1])
 */
export const argmin: Reduction<'argmin', 'numeric', 'picks', 'int32'> = reduction('argmin', 'numeric', derived.argmin, 'picks')
