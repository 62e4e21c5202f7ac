/**
 * Signs, roots, rounding, bounds and dtypes: operations on each entry; the shape stays. Exponentials, logarithms and other functions that
 * no formula of sums, products and roots gives are in `transcendental.ts`.
 *
 * @example
 * import { pipe, sqrt, square, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-3, 4]), square, sqrt)), [3, 4])
 */
import * as primitive from '../primitives/index.js'
import type { Expect } from '../shape/index.js'
import {
  checkDType,
  type DType,
  type DTypeNamed,
  fail,
  type NamedDType,
  relabel,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor } from './apply-rule.js'
import { type Unary, unaryOp } from './apply-unary.js'
import { numberLike } from './number-like.js'

/**
 * -x.
 *
 * @example
 * import { neg, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(neg(tensor([1, -2]))), [-1, 2])
 *
 * @category primitives
 */
export const neg: Unary<'neg', 'numeric'> = unaryOp('neg', 'numeric', primitive.neg)

/**
 * |x|; its derivative is 0 at 0.
 *
 * @example
 * import { abs, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(abs(tensor([1, -2]))), [1, 2])
 *
 * @category primitives
 */
export const abs: Unary<'abs', 'numeric'> = unaryOp('abs', 'numeric', primitive.abs)

/**
 * -1, 0 or 1.
 *
 * @example
 * import { sign, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(sign(tensor([5, 0, -2]))), [1, 0, -1])
 *
 * @category primitives
 */
export const sign: Unary<'sign', 'numeric'> = unaryOp('sign', 'numeric', primitive.sign)

/**
 * x².
 *
 * @example
 * import { square, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(square(tensor([3, -4]))), [9, 16])
 */
export const square: Unary<'square', 'numeric'> = unaryOp('square', 'numeric', x => primitive.mul(x, x))

/**
 * 1 / x.
 *
 * @example
 * import { reciprocal, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(reciprocal(tensor([2, 4]))), [0.5, 0.25])
 */
export const reciprocal: Unary<'reciprocal', 'float'> = unaryOp('reciprocal', 'float', x => primitive.div(primitive.filled(x, 1), x))

/**
 * The square root.
 *
 * @example
 * import { sqrt, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(sqrt(tensor([4, 9]))), [2, 3])
 *
 * @category primitives
 */
export const sqrt: Unary<'sqrt', 'float'> = unaryOp('sqrt', 'float', primitive.sqrt)

/**
 * The cube root, of negative numbers too.
 *
 * @example
 * import { cbrt, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cbrt(tensor([8, -27]))), [2, -3])
 *
 * @category primitives
 */
export const cbrt: Unary<'cbrt', 'float'> = unaryOp('cbrt', 'float', primitive.cbrt)

/**
 * 1 / √x.
 *
 * @example
 * import { rsqrt, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(rsqrt(tensor([4, 0.25]))), [0.5, 2])
 *
 * @category primitives
 */
export const rsqrt: Unary<'rsqrt', 'float'> = unaryOp('rsqrt', 'float', primitive.rsqrt)

/**
 * The greatest whole number not above x.
 *
 * @example
 * import { floor, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(floor(tensor([1.5, -1.5]))), [1, -2])
 *
 * @category primitives
 */
export const floor: Unary<'floor', 'float'> = unaryOp('floor', 'float', primitive.floor)

/**
 * The least whole number not below x.
 *
 * @example
 * import { ceil, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(ceil(tensor([1.5, -1.5]))), [2, -1])
 */
export const ceil: Unary<'ceil', 'float'> = unaryOp('ceil', 'float', x => primitive.neg(primitive.floor(primitive.neg(x))))

/**
 * The nearest whole number, the even one of two.
 *
 * @example
 * import { round, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(round(tensor([0.5, 1.5, -2.6]))), [0, 2, -3])
 *
 * @category primitives
 */
export const round: Unary<'round', 'float'> = unaryOp('round', 'float', primitive.round)

/**
 * The whole number next to x towards 0.
 *
 * @example
 * import { tensor, toNested, trunc } from 'pullback'
 *
 * assert.deepEqual(toNested(trunc(tensor([1.7, -1.7]))), [1, -1])
 *
 * @category primitives
 */
export const trunc: Unary<'trunc', 'float'> = unaryOp('trunc', 'float', primitive.trunc)

/**
 * x held between two bounds.
 *
 * @example
 * import { clip, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(clip(0, 1)(tensor([-1, 0.5, 2]))), [0, 0.5, 1])
 */
export const clip = (low: number, high: number): Unary<'clip', 'numeric'> =>
  typeof low === 'number' && typeof high === 'number' && low <= high
    ? unaryOp('clip', 'numeric', x => primitive.minimum(primitive.maximum(x, numberLike('clip', x, low)), numberLike('clip', x, high)))
    : fail({
        _tag: 'ArgumentError',
        op: 'clip',
        detail: `the bounds are ${show(low)} and ${show(high)}: give the lower one first`,
      })

/**
 * The other truth value, or all bits of an integer inverted.
 *
 * @example
 * import { not, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(not(tensor([true, false]))), [false, true])
 *
 * @category primitives
 */
export const not: Unary<'not', 'bits'> = unaryOp('not', 'bits', primitive.not)

/** @category type-level */
export interface Cast {
  <const D extends DType>(dtype: D): <S extends string, From extends DType>(x: Tensor<S, From>) => Tensor<S, D>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const D extends string>(
    dtype: Expect<NamedDType<'cast', D>, D>,
  ): <S extends string, From extends DType>(x: Tensor<S, From>) => Tensor<S, DTypeNamed<D>>
}

/**
 * The values in another dtype. No operation changes a dtype by itself.
 *
 * - A float becomes an integer by truncation towards 0; NaN becomes 0, and a number beyond the dtype the nearest one in it.
 * - An integer keeps its 32 bits in the other integer dtype: -1 becomes 4294967295, and that -1.
 * - float64 and integers round to float32, to nearest and to even; a float64 beyond float32 becomes infinite.
 * - A bool becomes 0 or 1, and any number but 0 is true, NaN too.
 *
 * **Gradient**: between floats the cotangent cast back; to and from integers and bools none.
 * **Errors**: a name that is no dtype. There is no float16, int64 or complex number: docs/dtypes.md says what to use.
 *
 * @example
 * import { cast, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(cast('int32')(tensor([1.7, -1.7, Number.NaN, 1e12]))), [1, -1, 0, 2 ** 31 - 1])
 *
 * @category primitives
 */
export const cast: Cast = typed<Cast>((dtype: DType) => (x: Value): Value => {
  checkTensor('cast', x)
  checkDType('cast', dtype)
  return relabel(x.shape, primitive.castTo(x, dtype))
})

/**
 * x, its derivative taken to be 0.
 *
 * @example
 * import { grad, mul, pipe, stopGradient, type Tensor, tensor, toNumber } from 'pullback'
 *
 * const f = (x: Tensor<''>) => pipe(x, mul(stopGradient(x)))
 * assert.equal(toNumber(grad(f)(tensor(3))), 3)
 *
 * @category primitives
 */
export const stopGradient: Unary<'stopGradient', 'any'> = unaryOp('stopGradient', 'any', primitive.stopGradient)
