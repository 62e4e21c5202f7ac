/**
 * Several tensors as one.
 *
 * @example
 * import { concat, pipe, stack, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, 2])
 * const y = tensor([3])
 * assert.deepEqual(toNested(pipe([x, y] as const, concat(0))), [1, 2, 3])
 * assert.deepEqual(toNested(pipe([x, x] as const, stack(0))), [[1, 2], [1, 2]])
 */
import { concatAxis, reshapeTo } from '../primitives/index.js'
import {
  type Axis,
  axisPositions,
  type Concat,
  concat as concatRule,
  dims,
  type Err,
  type Expect,
  type Ok,
  type ShapeOf,
  type Stack,
  stack as stackRule,
} from '../shape/index.js'
import { checkSizes, type DType, heldDType, relabel, type SameDType, sameDType, type Tensor, typed, type Value } from '../tensor/index.js'
import { held } from './apply-rule.js'

/** The shapes of a tuple of tensors. */
type ShapesOf<T extends readonly Tensor<string, DType>[]> = { readonly [K in keyof T]: T[K] extends Tensor<infer S, DType> ? S : never }
type DTypeOf<T extends readonly Tensor<string, DType>[]> = T[number] extends Tensor<string, infer D> ? D : never
/** All tensors of a tuple have the first one's dtype. */
/** All have the dtype of the first. */
type OneDType<Op extends string, T extends readonly Tensor<string, DType>[]> = T extends readonly [Tensor<string, infer A>, ...infer R]
  ? R[number] extends Tensor<string, infer B>
    ? SameDType<Op, B, A> extends Err<string>
      ? SameDType<Op, A, Exclude<B, A>>
      : Ok<A>
    : Ok<A>
  : Ok<DType>

const checkAll = (op: string, xs: readonly Value[]): void => {
  for (const x of xs) heldDType(sameDType(op, xs[0]?.dtype ?? x.dtype, x.dtype))
}

/**
 * Tensors one after another along an axis. Literal sizes add up; a name among them makes a sum such as 'batch+4'.
 *
 * @example
 * import { concat, pipe, zeros } from 'pullback'
 *
 * assert.equal(pipe([zeros('batch 3', { batch: 2 }), zeros('4 3')] as const, concat(0)).shape, 'batch+4 3')
 *
 * @category primitives
 */
export const concat: <const A extends Axis>(
  axis: A,
) => <const T extends readonly Tensor<string, DType>[]>(
  tensors: Expect<OneDType<'concat', T>, Expect<Concat<A, ShapesOf<T>>, T>>,
) => Tensor<ShapeOf<Concat<A, ShapesOf<T>>>, DTypeOf<T>> = typed((axis: Axis) => (tensors: readonly Value[]): Value => {
  const shape = held(
    concatRule(
      axis,
      tensors.map(x => x.shape),
    ),
  )
  checkAll('concat', tensors)
  const [position = 0] = held(axisPositions('concat', tensors[0]?.shape ?? '', [axis]))
  checkSizes('concat', tensors)
  return relabel(shape, concatAxis(tensors, position))
})

/**
 * Tensors of one shape side by side along a new axis, at its position in the result.
 *
 * @example
 * import { pipe, stack, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe([tensor([1, 2]), tensor([3, 4])] as const, stack(1))), [[1, 3], [2, 4]])
 */
export const stack: <const A extends number>(
  axis: A,
) => <const T extends readonly Tensor<string, DType>[]>(
  tensors: Expect<OneDType<'stack', T>, Expect<Stack<A, ShapesOf<T>>, T>>,
) => Tensor<ShapeOf<Stack<A, ShapesOf<T>>>, DTypeOf<T>> = typed((axis: number) => (tensors: readonly Value[]): Value => {
  const shape = held(
    stackRule(
      axis,
      tensors.map(x => x.shape),
    ),
  )
  checkAll('stack', tensors)
  checkSizes('stack', tensors)
  const rank = dims(shape).length
  const position = axis < 0 ? axis + rank : axis
  const widened = tensors.map(x => reshapeTo(x, [...x.sizes.slice(0, position), 1, ...x.sizes.slice(position)]))
  return relabel(shape, concatAxis(widened, position))
})
