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
import {
  checkSizes,
  type DType,
  fail,
  heldDType,
  heldOptions,
  type IndexDType,
  indexDType,
  numericDType,
  relabel,
  type SameDType,
  sameDType,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
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

/** How values are put where they belong. @category type-level */
export interface PutOptions {
  /** `'set'` (the default): the last value of a place stays; or the entry and all values of its place together. */
  readonly by?: 'set' | 'add' | 'mul' | 'min' | 'max' | undefined
}

const ways = ['set', 'add', 'mul', 'min', 'max'] as const

/** Puts values in each row at places of the row's own. @category type-level */
export type Putting<I extends string, DV extends DType, A extends Axis> = <S extends string, D extends DType>(
  x: Expect<SameDType<'putAlongAxis', D, DV>, Expect<BesideAlong<'putAlongAxis', S, A, I>, Tensor<S, D>>>,
) => Tensor<S, D>

/**
 * The tensor with values put at places that every row has of its own, along an axis: what `takeAlongAxis` reads from. Values and indices have one shape.
 *
 * **Gradient**: to the values the cotangents of their places, to the tensor the cotangent where nothing was put; with another `by`, as of that function.
 *
 * **Errors**: an index outside the axis, when it is run; shapes that differ along another axis.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.put_along_axis.html
 *
 * @example
 * import { pipe, putAlongAxis, tensor, toNested, zeros } from 'pullback'
 *
 * const indices = tensor([[2], [0]], 'int32')
 * assert.deepEqual(toNested(pipe(zeros('2 3'), putAlongAxis(indices, tensor([[7], [8]]), 1))), [[0, 0, 7], [8, 0, 0]])
 *
 * @category primitives
 */
export const putAlongAxis: <I extends string, DI extends DType, DV extends DType, const A extends Axis>(
  indices: Expect<IndexDType<'putAlongAxis', 'indices', DI>, Tensor<I, DI>>,
  values: Tensor<NoInfer<I>, DV>,
  axis: A,
  options?: PutOptions,
) => Putting<I, DV, A> = typed((indices: Value, values: Value, axis: Axis, options?: PutOptions) => {
  const { by = 'set' } = heldOptions('putAlongAxis', options, ['by'])
  if (!ways.includes(by)) fail({ _tag: 'ArgumentError', op: 'putAlongAxis', detail: `by is ${show(by)}: give ${ways.join(', ')}` })
  return (x: Value): Value => {
    checkTensor('putAlongAxis', x)
    checkTensor('putAlongAxis', indices)
    checkTensor('putAlongAxis', values)
    heldDType(indexDType('putAlongAxis', 'indices', indices.dtype))
    if (values.shape !== indices.shape)
      fail({
        _tag: 'ShapeError',
        detail: `putAlongAxis: the values are '${values.shape}' and the indices '${indices.shape}': give one shape`,
      })
    heldDType(sameDType('putAlongAxis', x.dtype, values.dtype))
    held(besideAlong('putAlongAxis', x.shape, axis, indices.shape))
    if (by !== 'set') heldDType(numericDType('putAlongAxis', x.dtype))
    checkSizes('putAlongAxis', [x, indices, values])
    const [position = 0] = held(axisPositions('putAlongAxis', x.shape, [axis]))
    return relabel(x.shape, derived.putAlong('putAlongAxis', x, indices, values, position, by))
  }
})
