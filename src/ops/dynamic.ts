/**
 * Blocks that begin at places which are computed, such as a cache that is filled step by step inside a loop.
 *
 * @example
 * import { dynamicSlice, dynamicUpdate, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, 2, 3, 4])
 * const i = tensor(2, 'int32')
 * assert.deepEqual(toNested(pipe(x, dynamicSlice([i], '2'))), [3, 4])
 * assert.deepEqual(toNested(pipe(x, dynamicUpdate([i], tensor([9])))), [1, 2, 9, 4])
 */
import * as derived from '../derived/index.js'
import { block, dims, type Expect, type FittingBlock } from '../shape/index.js'
import {
  at,
  checkSizes,
  type DType,
  fail,
  heldDType,
  indexDType,
  isTensor,
  labelled,
  relabel,
  type SameDType,
  sameDType,
  show,
  sizeOfAxis,
  type Tensor,
  typed,
  type Value,
  wellFormed,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** Where a block begins along each axis: numbers, or scalars of int32 or uint32. @category type-level */
export type Starts = readonly (number | Tensor<'', 'int32'> | Tensor<'', 'uint32'>)[]

const startsOf = (op: string, starts: readonly derived.Start[]): readonly derived.Start[] => {
  if (!Array.isArray(starts))
    return fail({ _tag: 'ArgumentError', op, detail: `${show(starts)} is no list of starts: give one for each axis, such as [i, 0]` })
  return starts.map(start => {
    if (isTensor(start)) {
      heldDType(indexDType(op, 'starts', start.dtype))
      if (start.sizes.length > 0) fail({ _tag: 'ShapeError', detail: `${op}: a start is '${start.shape}', give a scalar for each axis` })
      return start
    }
    if (!Number.isInteger(start) || start < 0 || start >= 2 ** 31)
      fail({ _tag: 'ArgumentError', op, detail: `a start is ${show(start)}: give whole numbers from 0 up, or scalars of int32` })
    return start
  })
}

/**
 * The block of the shape given that begins at `starts`, one number or scalar for each axis. The starts may be computed: the shape is known all the
 * same, so that this works in a loop.
 *
 * Other than in JAX, a block that lies outside is an error and is not moved inside.
 *
 * **Gradient**: the cotangent at the block, 0 elsewhere.
 *
 * **Errors**: another number of axes, a block longer than the tensor; a block that reaches outside, when it is run.
 *
 * Source: https://docs.jax.dev/en/latest/_autosummary/jax.lax.dynamic_slice.html
 *
 * @example
 * import { dynamicSlice, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * assert.deepEqual(toNested(pipe(x, dynamicSlice([0, tensor(1, 'int32')], '2 2'))), [[2, 3], [5, 6]])
 *
 * @category primitives
 */
export const dynamicSlice: <const N extends Starts, const B extends string>(
  starts: N,
  shape: B,
) => <S extends string, D extends DType>(x: Expect<FittingBlock<'dynamicSlice', S, N['length'], B>, Tensor<S, D>>) => Tensor<B, D> = typed(
  (starts: readonly derived.Start[], shape: string) =>
    (x: Value): Value => {
      checkTensor('dynamicSlice', x)
      const places = startsOf('dynamicSlice', starts)
      const target = held(block('dynamicSlice', x.shape, places.length, wellFormed('dynamicSlice', shape)))
      const own = Object.fromEntries(dims(x.shape).map((axis, i) => [axis, at(x.sizes, i)]))
      const sizes = dims(target).map(axis => sizeOfAxis('dynamicSlice', target, axis, own))
      return labelled('dynamicSlice', target, derived.dynamicSlice('dynamicSlice', x, places, sizes))
    },
)

/** Puts a block into a tensor. @category type-level */
export type DynamicUpdating<N extends Starts, B extends string, DB extends DType> = <S extends string, D extends DType>(
  x: Expect<SameDType<'dynamicUpdate', D, DB>, Expect<FittingBlock<'dynamicUpdate', S, N['length'], B>, Tensor<S, D>>>,
) => Tensor<S, D>

/**
 * The tensor with a block put in it that begins at `starts`, one number or scalar for each axis, which may be computed.
 *
 * Other than in JAX, a block that reaches outside is an error and is not moved inside.
 *
 * **Gradient**: to the block the cotangent where it stands, to the tensor the cotangent elsewhere.
 *
 * **Errors**: as of `dynamicSlice`; another dtype.
 *
 * Source: https://docs.jax.dev/en/latest/_autosummary/jax.lax.dynamic_update_slice.html
 *
 * @example
 * import { dynamicUpdate, pipe, tensor, toNested, zeros } from 'pullback'
 *
 * const cache = zeros('3 2')
 * assert.deepEqual(toNested(pipe(cache, dynamicUpdate([tensor(1, 'int32'), 0], tensor([[5, 6]])))), [[0, 0], [5, 6], [0, 0]])
 *
 * @category primitives
 */
export const dynamicUpdate: <const N extends Starts, B extends string, DB extends DType>(
  starts: N,
  values: Tensor<B, DB>,
) => DynamicUpdating<N, B, DB> = typed((starts: readonly derived.Start[], values: Value) => (x: Value): Value => {
  checkTensor('dynamicUpdate', x)
  checkTensor('dynamicUpdate', values)
  const places = startsOf('dynamicUpdate', starts)
  heldDType(sameDType('dynamicUpdate', x.dtype, values.dtype))
  held(block('dynamicUpdate', x.shape, places.length, values.shape))
  checkSizes('dynamicUpdate', [x, values])
  return relabel(x.shape, derived.dynamicUpdate('dynamicUpdate', x, places, values))
})
