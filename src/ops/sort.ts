/**
 * Sorting along an axis, and what sorting finds.
 *
 * @example
 * import { argsort, sort, tensor, toNested, topK } from 'pullback'
 *
 * const x = tensor([3, 1, 2])
 * assert.deepEqual(toNested(sort(0)(x)), [1, 2, 3])
 * assert.deepEqual(toNested(argsort(0, { descending: true })(x)), [0, 2, 1])
 * const [values, indices] = topK(2, 0)(x)
 * assert.deepEqual([toNested(values), toNested(indices)], [[3, 2], [0, 2]])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  type AlikeAll,
  type Axis,
  type AxisOf,
  alikeAll,
  axisOf,
  axisPositions,
  type Expect,
  type ShapeOf,
  type TopK,
  topK as topKRule,
} from '../shape/index.js'
import {
  checkSizes,
  type DType,
  fail,
  failAs,
  heldDType,
  heldFlag,
  heldOptions,
  type NumericDType,
  numericDType,
  relabel,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { alongAxis } from './apply-axis.js'
import { checkTensor, held } from './apply-rule.js'
import type { DTypeOf, ShapesOf, Tensors } from './tuple.js'

/** @category type-level */
export interface OrderOptions {
  /** The greatest entry first, and NaN before it; false unless given. */
  readonly descending?: boolean | undefined
}

/** An operation on the order of numbers along one axis that keeps the shape; `R` is the result's dtype, or 'same'. @category type-level */
export type InOrder<Op extends string, R extends DType | 'same'> = <const A extends Axis>(
  axis: A,
  options?: OrderOptions,
) => <S extends string, D extends DType>(
  x: Expect<NumericDType<Op, D>, Expect<AxisOf<Op, S, A>, Tensor<S, D>>>,
) => Tensor<S, R extends DType ? R : D>

const inOrder = <Op extends string, R extends DType | 'same'>(
  op: Op,
  apply: (x: Value, axis: number, descending: boolean) => Value,
): InOrder<Op, R> =>
  typed((axis: Axis, options?: OrderOptions) => {
    const descending = heldFlag(op, 'descending', heldOptions(op, options, ['descending']).descending, false)
    return alongAxis(op, 'numeric', (x, position) => apply(x, position, descending))(axis)
  })

/**
 * The positions that would sort the entries along an axis: ascending, or descending; equal entries in their order; int32. NaN counts as
 * greater than every number.
 *
 * @example
 * import { argsort, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(argsort(-1)(tensor([[2, 1, 2], [Number.NaN, 0, -1]]))), [[1, 0, 2], [2, 1, 0]])
 * assert.deepEqual(toNested(argsort(0, { descending: true })(tensor([2, 1, 2]))), [0, 2, 1])
 *
 * @category primitives
 */
export const argsort: InOrder<'argsort', 'int32'> = inOrder<'argsort', 'int32'>('argsort', primitive.argsortAxis)

/**
 * The entries along an axis in ascending order, NaN last; or in descending order, NaN first.
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
export const sort: InOrder<'sort', 'same'> = inOrder<'sort', 'same'>('sort', derived.sorted)

/** @category type-level */
export interface TopKOptions {
  /** Whether the greatest entries are sought, and not the least; true unless given. */
  readonly largest?: boolean | undefined
}

/**
 * The k greatest entries along an axis, or the k least, and their positions in int32: from the most extreme on, of equals the first one
 * first. NaN counts as greater than every number.
 *
 * A row is gone through once; it is not sorted unless k is a quarter of it or more.
 *
 * **Shapes**: the axis becomes k: `topK(3, -1)` makes of 'batch 10' two of 'batch 3'.
 * **Gradient**: the cotangent of each value goes back to the place that it came from.
 * **Errors**: a k that is no whole number from 1 up, or greater than the axis.
 * **Source**: `jax.lax.top_k`; the option is PyTorch's.
 *
 * @example
 * import { tensor, toNested, topK } from 'pullback'
 *
 * const [values, indices] = topK(2, -1)(tensor([[1, 4, 4], [7, 9, 8]]))
 * assert.deepEqual([toNested(values), toNested(indices)], [[[4, 4], [9, 8]], [[1, 2], [1, 2]]])
 * assert.deepEqual(toNested(topK(1, 0, { largest: false })(tensor([3, 1, 2]))[0]), [1])
 */
export const topK: <const K extends number, const A extends Axis>(
  k: K,
  axis: A,
  options?: TopKOptions,
) => <S extends string, D extends DType>(
  x: Expect<NumericDType<'topK', D>, Expect<TopK<'topK', S, K, A>, Tensor<S, D>>>,
) => readonly [values: Tensor<ShapeOf<TopK<'topK', S, K, A>>, D>, indices: Tensor<ShapeOf<TopK<'topK', S, K, A>>, 'int32'>] = typed(
  (k: number, axis: Axis, options?: TopKOptions) => {
    const op = 'topK'
    const largest = heldFlag(op, 'largest', heldOptions(op, options, ['largest']).largest, true)
    return (x: Value): readonly [Value, Value] => {
      checkTensor(op, x)
      heldDType(numericDType(op, x.dtype))
      const shape = held(topKRule(op, x.shape, k, axis))
      const [position = 0] = held(axisPositions(op, x.shape, [axis]))
      const size = x.sizes[position] ?? 0
      if (k > size) fail({ _tag: 'ShapeError', detail: `${op}: ${k} of axis ${position} of '${x.shape}', which has ${size} entries` })
      try {
        const [values, indices] = derived.topK(x, position, k, largest)
        return [relabel(shape, values), relabel(shape, indices)]
      } catch (error) {
        return failAs(op, error)
      }
    }
  },
)

/** The positions that sort by several keys. It has a name of its own, so that the declarations of a user's package name it. @category type-level */
export type SortingKeys<A extends Axis> = <const T extends Tensors>(
  keys: Expect<
    NumericDType<'lexsort', DTypeOf<T>>,
    Expect<AlikeAll<'lexsort', ShapesOf<T>>, Expect<AxisOf<'lexsort', ShapeOf<AlikeAll<'lexsort', ShapesOf<T>>>, A>, T>>
  >,
) => Tensor<ShapeOf<AlikeAll<'lexsort', ShapesOf<T>>>, 'int32'>

/**
 * The positions that sort by several keys along an axis: by the last key, among equals by the one before it, and so on; int32. Keys have one
 * shape, and each any dtype of numbers.
 *
 * **Errors**: no key; keys of different shapes; an axis that is not there; keys of bools.
 * **Source**: `numpy.lexsort`, whose last key comes first as well.
 *
 * @example
 * import { lexsort, tensor, toNested } from 'pullback'
 *
 * const [first, last] = [tensor([2, 1, 2, 1]), tensor([1, 1, 0, 0], 'int32')]
 * assert.deepEqual(toNested(lexsort(0)([first, last])), [3, 2, 1, 0])
 */
export const lexsort: <const A extends Axis>(axis: A) => SortingKeys<A> = typed((axis: Axis) => (keys: readonly Value[]): Value => {
  const op = 'lexsort'
  if (!Array.isArray(keys)) return fail({ _tag: 'ArgumentError', op, detail: `${show(keys)} is no list of keys: give one, such as [x, y]` })
  const own: readonly Value[] = keys
  for (const key of own) {
    checkTensor(op, key)
    heldDType(numericDType(op, key.dtype))
  }
  const shape = held(
    alikeAll(
      op,
      own.map(key => key.shape),
    ),
  )
  held(axisOf(op, shape, axis))
  checkSizes(op, own)
  const [first, ...others] = own
  const [position = 0] = held(axisPositions(op, shape, [axis]))
  return first === undefined ? fail({ _tag: 'InternalError', detail: op }) : relabel(shape, derived.lexsort([first, ...others], position))
})
