/**
 * Reductions: over all axes, or over those given by position (negative from the end) or by name; kept axes have size 1.
 *
 * @example
 * import { fromArray, mean, sum, tensor, toNested, zeros } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(sum(0)(x)), [4, 6])
 * assert.deepEqual(toNested(mean(-1, { keepDims: true })(x)), [[1.5], [3.5]])
 * assert.equal(sum('batch')(zeros('batch 4', { batch: 2 })).shape, '4')
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  type Axes,
  type Axis,
  axisPositions,
  type Expect,
  type Option,
  type Options,
  type Reduce,
  type ReduceAlong,
  reduce,
  reduceAlong,
  type ShapeOf,
} from '../shape/index.js'
import {
  type DType,
  fail,
  failAs,
  heldDType,
  heldFlag,
  heldOptions,
  type NumericDType,
  numericDType,
  relabel,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Class, type Classes, classRules } from './class.js'

/** @category type-level */
export interface KeepDims {
  /** Whether the axes stay, with size 1; false unless given. */
  readonly keepDims?: boolean | undefined
}

const names = ['keepDims'] as const

type Reducing<Op extends string, C extends Class, A extends Axes, K> = <S extends string, D extends DType>(
  x: Expect<Classes<Op, D>[C], Expect<Reduce<Op, S, A, K>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Reduce<Op, S, A, K>>, D>

/**
 * A reduction over all axes or over those given, without or with options. It has an overload for each number of arguments, so that an axis
 * or an option that may be undefined shows in the type.
 *
 * @category type-level
 */
export interface Reduction<Op extends string, C extends Class> {
  (): Reducing<Op, C, undefined, false>
  <const A extends Axes>(axes: A): Reducing<Op, C, A, false>
  <const A extends Axes, const O extends KeepDims | undefined>(
    axes: A,
    options: Expect<Options<Op, O, typeof names>, O>,
  ): Reducing<Op, C, A, Option<O, 'keepDims', false>>
}

const reduction = <Op extends string, C extends Class>(
  op: Op,
  of: C,
  apply: (x: Value, axes: readonly number[]) => Value,
): Reduction<Op, C> =>
  typed((axes?: Axes, options?: KeepDims) => {
    const keep = heldFlag(op, 'keepDims', heldOptions(op, options, names).keepDims, false)
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      const positions = held(axisPositions(op, x.shape, axes))
      const shape = held(reduce(op, x.shape, axes, keep))
      const sorted = positions.toSorted((a, b) => a - b)
      try {
        const result = apply(x, sorted)
        const sizes = keep ? x.sizes.map((size, axis) => (sorted.includes(axis) ? 1 : size)) : result.sizes
        return relabel(shape, primitive.reshapeTo(result, sizes))
      } catch (error) {
        return failAs(op, error)
      }
    }
  })

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
export const sum: Reduction<'sum', 'numeric'> = reduction('sum', 'numeric', primitive.sumAxes)
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
 * The greatest entry.
 *
 * @example
 * import { max, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(max(-1)(tensor([[1, 2], [4, 3]]))), [2, 4])
 *
 * @category primitives
 */
export const max: Reduction<'max', 'numeric'> = reduction('max', 'numeric', primitive.maxAxes)
/**
 * The least entry.
 *
 * @example
 * import { min, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(min(-1)(tensor([[1, 2], [4, 3]]))), [1, 3])
 *
 * @category primitives
 */
export const min: Reduction<'min', 'numeric'> = reduction('min', 'numeric', primitive.minAxes)
/**
 * The arithmetic mean: the sum over the number of entries. As in numpy and JAX it is infinite where the sum is beyond the dtype.
 *
 * @example
 * import { mean, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), mean(0))), [2, 3])
 */
export const mean: Reduction<'mean', 'float'> = reduction('mean', 'float', derived.meanOf)
/**
 * The mean of the squared distances from the mean (divided by n, as numpy does), accurate also for numbers far from 0, whose mean has no digits for
 * it; too great for the dtype only where the variance is. Equal numbers have the variance 0 exactly; of an infinity or NaN it is NaN, as in numpy.
 *
 * **Gradient**: 2 ct (x - mean) / n.
 *
 * @example
 * import { tensor, toNumber, variance } from 'pullback'
 *
 * assert.equal(toNumber(variance()(tensor([1e8, 1e8 + 16]))), 64)
 */
export const variance: Reduction<'variance', 'float'> = reduction('variance', 'float', derived.varianceOf)
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
export const std: Reduction<'std', 'float'> = reduction('std', 'float', derived.stdOf)
/**
 * log Σ e^x without overflow.
 *
 * **Gradient**: ct e^x / Σ e^x; 0 where every entry is -∞ and the value is -∞. It is undefined, NaN, at an entry that is +∞.
 *
 * @example
 * import { logSumExp, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(logSumExp()(tensor([10000, -10000]))), 10000)
 */
export const logSumExp: Reduction<'logSumExp', 'float'> = reduction('logSumExp', 'float', derived.logSumExp)
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

/** One axis to reduce along. @category type-level */
export type ArgReduction<Op extends string> = <const A extends Axis>(
  axis: A,
) => <S extends string, D extends DType>(
  x: Expect<NumericDType<Op, D>, Expect<ReduceAlong<Op, S, A>, Tensor<S, D>>>,
) => Tensor<ShapeOf<ReduceAlong<Op, S, A>>, 'int32'>

const argReduction = <Op extends string>(op: Op, prepare: (x: Value) => Value): ArgReduction<Op> =>
  typed((axis: Axis) => (x: Value): Value => {
    checkTensor(op, x)
    heldDType(numericDType(op, x.dtype))
    const shape = held(reduceAlong(op, x.shape, axis))
    const [position = 0] = held(axisPositions(op, x.shape, axis))
    if (x.sizes[position] === 0) return fail({ _tag: 'ShapeError', detail: `${op}: '${x.shape}' has no entries along axis ${position}` })
    return relabel(shape, primitive.argmaxAxis(prepare(x), position))
  })

/**
 * The position of the greatest entry along an axis, the first of equals; int32.
 *
 * @example
 * import { argmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(argmax(-1)(tensor([[1, 5, 2], [7, 0, 7]]))), [1, 0])
 *
 * @category primitives
 */
export const argmax: ArgReduction<'argmax'> = argReduction('argmax', x => x)
/**
 * The position of the least entry along an axis, the first of equals; int32.
 *
 * @example
 * import { argmin, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(argmin(-1)(tensor([[1, 0, 2], [7, 0, 0]]))), [1, 1])
 */
export const argmin: ArgReduction<'argmin'> = argReduction('argmin', derived.flipped)
