/**
 * Sorting along an axis.
 *
 * @example
 * import { argsort, sort, tensor, toNested } from 'pullback'
 *
 * const x = tensor([3, 1, 2])
 * assert.deepEqual(toNested(sort(0)(x)), [1, 2, 3])
 * assert.deepEqual(toNested(argsort(0)(x)), [1, 2, 0])
 */
import * as primitive from '../primitives/index.js'
import type { Axis, AxisOf, Expect } from '../shape/index.js'
import { type DType, type NumericDType, type Tensor, typed, type Value } from '../tensor/index.js'
import { alongAxis } from './apply-axis.js'

/** An operation on the order of numbers along one axis that keeps the shape; `R` is the result's dtype, or 'same'. @category type-level */
export type InOrder<Op extends string, R extends DType | 'same'> = <const A extends Axis>(
  axis: A,
) => <S extends string, D extends DType>(
  x: Expect<NumericDType<Op, D>, Expect<AxisOf<Op, S, A>, Tensor<S, D>>>,
) => Tensor<S, R extends DType ? R : D>

const inOrder = <Op extends string, R extends DType | 'same'>(op: Op, apply: (x: Value, axis: number) => Value): InOrder<Op, R> =>
  typed(alongAxis(op, 'numeric', apply))

/**
 * The positions that would sort the entries along an axis: ascending, equal entries in their order, NaN last; int32.
 *
 * @example
 * import { argsort, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(argsort(-1)(tensor([[2, 1, 2], [Number.NaN, 0, -1]]))), [[1, 0, 2], [2, 1, 0]])
 *
 * @category primitives
 */
export const argsort: InOrder<'argsort', 'int32'> = inOrder<'argsort', 'int32'>('argsort', primitive.argsortAxis)

/** The entries, gathered at the positions that sort them, so that the derivative is that of `gather`. */
const sorted = (x: Value, axis: number): Value => {
  const last = x.sizes.length - 1
  const rows = primitive.moveAxis(x, axis, last)
  const places = primitive.argsortAxis(rows, last)
  return primitive.moveAxis(primitive.gather(rows, places, { axis: last, batch: last, op: 'sort' }), last, axis)
}

/**
 * The entries along an axis in ascending order, NaN last.
 *
 * **Gradient**: the cotangent of each entry goes back to the place that the entry came from.
 *
 * @example
 * import { grad, mul, pipe, sort, sum, tensor, type Tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(sort(0)(tensor([3, 1, 2]))), [1, 2, 3])
 * const f = (x: Tensor<'3'>) => pipe(x, sort(0), mul(tensor([10, 20, 30])), sum())
 * assert.deepEqual(toNested(grad(f)(tensor([3, 1, 2]))), [30, 10, 20])
 */
export const sort: InOrder<'sort', 'same'> = inOrder<'sort', 'same'>('sort', sorted)
