/**
 * Values between given points of a line.
 *
 * @example
 * import { interp, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(interp(tensor([0, 1, 3]), tensor([0, 10, 20]))(tensor([0.5, 2, 9]))), [5, 15, 20])
 */
import * as derived from '../derived/index.js'
import { type Expect, type LedBy, ledBy, type VectorShape, vectorShape } from '../shape/index.js'
import {
  checkSizes,
  type DType,
  type FloatDType,
  fail,
  failAs,
  floatDType,
  heldDType,
  heldOptions,
  relabel,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { numberLike } from './number-like.js'

/** @category model */
export interface InterpOptions {
  /** The value before the first point; that of the first point unless given. */
  readonly left?: number | undefined
  /** The value after the last point; that of the last point unless given. */
  readonly right?: number | undefined
}

/**
 * Where x lies between points that rise, the value on the straight line between the values of its neighbours; before the first point the first
 * value and after the last the last, unless others are given. NaN stays. Of points that do not rise the result is some value.
 *
 * **Shapes**: points 'n', values 'n', x of any shape, which the result has.
 * **Gradient**: to x the slope of the line, and to the points and the values.
 * **Errors**: points or values of more axes than one, or not as many; no points; dtypes that differ.
 *
 * @example
 * import { grad, interp, tensor, toNested, toNumber, type Tensor } from 'pullback'
 *
 * const curve = interp(tensor([0, 1, 3]), tensor([0, 10, 20]), { left: -1 })
 * assert.deepEqual(toNested(curve(tensor([-2, 0.5, 2, 9]))), [-1, 5, 15, 20])
 * assert.equal(toNumber(grad((x: Tensor<''>) => curve(x))(tensor(2))), 5)
 */
export const interp: <N extends string, D extends DType, V extends string>(
  points: Expect<FloatDType<'interp', D>, Expect<VectorShape<'interp', 'the points', N>, Tensor<N, D>>>,
  values: Expect<VectorShape<'interp', 'the values', V>, Expect<LedBy<'interp', 'the points', N, V>, Tensor<V, NoInfer<D>>>>,
  options?: InterpOptions,
) => <S extends string, E extends DType>(x: Expect<SameDType<'interp', E, D>, Tensor<S, E>>) => Tensor<S, E> = typed(
  (points: Value, values: Value, options?: InterpOptions) => {
    const op = 'interp'
    for (const given of [points, values]) checkTensor(op, given)
    heldDType(floatDType(op, points.dtype))
    heldDType(sameDType(op, values.dtype, points.dtype))
    const axis = held(vectorShape(op, 'the points', points.shape))
    held(vectorShape(op, 'the values', values.shape))
    held(ledBy(op, 'the points', axis, values.shape))
    checkSizes(op, [points, values])
    if (points.sizes[0] === 0) fail({ _tag: 'ArgumentError', op, detail: 'there are no points: give one at least' })
    const { left, right } = heldOptions(op, options, ['left', 'right'])
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(sameDType(op, x.dtype, points.dtype))
      try {
        const beside = (value: number | undefined): Value | undefined => (value === undefined ? undefined : numberLike(op, x, value))
        return relabel(x.shape, derived.interp(x, points, values, beside(left), beside(right)))
      } catch (error) {
        return failAs(op, error)
      }
    }
  },
)
