/**
 * Entries of each row at places of the row's own.
 *
 * @example
 * import { argsort, pipe, takeAlongAxis, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[3, 1, 2], [5, 6, 4]])
 * assert.deepEqual(toNested(pipe(x, takeAlongAxis(argsort(-1)(x), -1))), [[1, 2, 3], [4, 5, 6]])
 */
import * as derived from '../derived/index.js'
import { type Axis, axisPositions, type BesideAlong, besideAlong, type Expect } from '../shape/index.js'
import { checkSizes, type DType, heldDType, type IndexDType, indexDType, relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/**
 * For each index the entry at that place along the axis, in the row in which the index stands: the partner of `argsort`, `argmax` and `topK`. The result
 * has the shape of the indices; the other axes of both are the same.
 *
 * **Gradient**: each cotangent goes to the entry that was taken; where one was taken several times, their sum.
 *
 * **Errors**: an index outside the axis, when it is run; shapes that differ along another axis.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.take_along_axis.html
 *
 * @example
 * import { pipe, takeAlongAxis, tensor, toNested } from 'pullback'
 *
 * const labels = tensor([[2], [0]], 'int32')
 * assert.deepEqual(toNested(pipe(tensor([[1, 2, 3], [4, 5, 6]]), takeAlongAxis(labels, 1))), [[3], [4]])
 *
 * @category primitives
 */
export const takeAlongAxis: <I extends string, DI extends DType, const A extends Axis>(
  indices: Expect<IndexDType<'takeAlongAxis', 'indices', DI>, Tensor<I, DI>>,
  axis: A,
) => <S extends string, D extends DType>(x: Expect<BesideAlong<'takeAlongAxis', S, A, I>, Tensor<S, D>>) => Tensor<I, D> = typed(
  (indices: Value, axis: Axis) =>
    (x: Value): Value => {
      checkTensor('takeAlongAxis', x)
      checkTensor('takeAlongAxis', indices)
      heldDType(indexDType('takeAlongAxis', 'indices', indices.dtype))
      const shape = held(besideAlong('takeAlongAxis', x.shape, axis, indices.shape))
      const [position = 0] = held(axisPositions('takeAlongAxis', x.shape, [axis]))
      checkSizes('takeAlongAxis', [x, indices])
      return relabel(shape, derived.takeAlong('takeAlongAxis', x, indices, position))
    },
)
