import * as derived from '../derived/index.js'
import {
  type Axis,
  axisPositions,
  type Expect,
  type Ok,
  type PointsAlong,
  pointsAlong,
  type Reduce,
  reduce,
  type ShapeOf,
} from '../shape/index.js'
import {
  checkSizes,
  type DType,
  type FloatDType,
  failAs,
  finiteNumber,
  floatDType,
  heldDType,
  isTensor,
  relabel,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

type PointsRule<S extends string, D extends DType, A extends Axis, P> =
  P extends Tensor<infer X extends string, infer DX extends DType>
    ? PointsAlong<'trapezoid', S, A, X> | SameDType<'trapezoid', D, DX>
    : Ok<S>

/** The integral of what is sampled along one axis. @category type-level */
export type Integral<A extends Axis, P> = <S extends string, D extends DType>(
  y: Expect<FloatDType<'trapezoid', D>, Expect<PointsRule<S, D, A, P>, Expect<Reduce<'trapezoid', S, A>, Tensor<S, D>>>>,
) => Tensor<ShapeOf<Reduce<'trapezoid', S, A>>, D>

/**
 * The integral along an axis by the trapezoidal rule: Σ (xᵢ₊₁ - xᵢ) (yᵢ₊₁ + yᵢ) / 2. The points x are a tensor of that axis, or a number, how far
 * apart they are; 1 unless given. It is 0 of fewer than two points.
 *
 * @example
 * import { pipe, tensor, toNested, toNumber, trapezoid } from 'pullback'
 *
 * assert.equal(toNumber(pipe(tensor([1, 2, 4]), trapezoid(0, 0.5))), 2.25)
 * assert.deepEqual(toNested(pipe(tensor([[1, 3, 3], [0, 0, 2]]), trapezoid(-1, tensor([0, 1, 3])))), [8, 2])
 */
export const trapezoid: <const A extends Axis, const P extends number | Tensor<string, DType> = number>(
  axis: A,
  points?: P,
) => Integral<A, P> = typed((axis: Axis, points: number | Value = 1) => {
  const op = 'trapezoid'
  if (!isTensor(points)) finiteNumber(op, points, shown => `the points are ${shown} apart`)
  return (y: Value): Value => {
    checkTensor(op, y)
    heldDType(floatDType(op, y.dtype))
    const shape = held(reduce(op, y.shape, [axis], false))
    const [position = 0] = held(axisPositions(op, y.shape, [axis]))
    if (isTensor(points)) {
      held(pointsAlong(op, y.shape, axis, points.shape))
      heldDType(sameDType(op, y.dtype, points.dtype))
      checkSizes(op, [y, points])
    }
    try {
      return relabel(shape, derived.trapezoid(y, position, points))
    } catch (error) {
      return failAs(op, error)
    }
  }
})
