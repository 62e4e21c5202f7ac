/**
 * One tensor as several.
 *
 * @example
 * import { pipe, split, tensor, toNested, unstack } from 'pullback'
 *
 * const [first, second] = pipe(tensor([1, 2, 3, 4]), split(2, 0))
 * assert.deepEqual([toNested(first), toNested(second)], [[1, 2], [3, 4]])
 * const [x, y, z] = pipe(tensor([[1, 2], [3, 4], [5, 6]]), unstack(0))
 * assert.deepEqual([toNested(x), toNested(y), toNested(z)], [[1, 2], [3, 4], [5, 6]])
 */
import { reshapeTo, sliceAxis } from '../primitives/index.js'
import {
  type Axis,
  axisPositions,
  type Expect,
  type Ok,
  type Parts,
  type SplitInto,
  split as splitRule,
  type Unstacked,
  unstacked,
} from '../shape/index.js'
import { at, type DType, fail, labelled, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** Tensors of these shapes. @category type-level */
export type TensorsOf<R, D extends DType> =
  R extends Ok<infer L extends readonly string[]> ? { readonly [K in keyof L]: Tensor<L[K], D> } : never

/**
 * The tensor cut along an axis: `split(3, 0)` into three equal parts, `split([2, 5], 0)` before the entries 2 and 5. The compiler sees how many parts
 * there are, and the shape of each.
 *
 * **Gradient**: the cotangents of the parts, one behind the other.
 *
 * **Errors**: an axis that does not go into so many equal parts, for a named axis when it is run; indices that are not ascending or lie beyond the axis.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.split.html
 *
 * @example
 * import { pipe, split, zeros } from 'pullback'
 *
 * const [head, body, rest] = pipe(zeros('batch 10', { batch: 2 }), split([1, 4], 1))
 * assert.deepEqual([head.shape, body.shape, rest.shape], ['batch 1', 'batch 3', 'batch 6'])
 */
export const split: <const P extends Parts, const A extends Axis>(
  parts: P,
  axis: A,
) => <S extends string, D extends DType>(x: Expect<SplitInto<S, P, A>, Tensor<S, D>>) => TensorsOf<SplitInto<S, P, A>, D> = typed(
  (parts: Parts, axis: Axis) =>
    (x: Value): readonly Value[] => {
      checkTensor('split', x)
      const shapes = held(splitRule(x.shape, parts, axis))
      const [position = 0] = held(axisPositions('split', x.shape, [axis]))
      const size = at(x.sizes, position)
      if (typeof parts === 'number' && size % parts !== 0)
        fail({
          _tag: 'ShapeError',
          detail: `split: axis ${position} of '${x.shape}' has size ${size} here and does not go into ${parts} equal parts`,
        })
      const beyond = typeof parts === 'number' ? undefined : parts.find(index => index > size)
      if (beyond !== undefined)
        fail({
          _tag: 'ShapeError',
          detail: `split: axis ${position} of '${x.shape}' has size ${size} here, and the index ${beyond} is beyond it`,
        })
      const starts = typeof parts === 'number' ? shapes.map((_, i) => (i * size) / parts) : [0, ...parts]
      return shapes.map((shape, i) => labelled('split', shape, sliceAxis(x, position, at(starts, i), starts[i + 1] ?? size)))
    },
)

/**
 * The entries along an axis, each a tensor without the axis: a tuple where the size is known, else a list.
 *
 * **Gradient**: the cotangents of the entries, stacked.
 *
 * Source: https://docs.jax.dev/en/latest/_autosummary/jax.numpy.unstack.html
 *
 * @example
 * import { pipe, tensor, toNested, unstack } from 'pullback'
 *
 * const [left, right] = pipe(tensor([[1, 2], [3, 4]]), unstack(1))
 * assert.deepEqual([toNested(left), toNested(right)], [[1, 3], [2, 4]])
 */
export const unstack: <const A extends Axis>(
  axis: A,
) => <S extends string, D extends DType>(x: Expect<Unstacked<S, A>, Tensor<S, D>>) => TensorsOf<Unstacked<S, A>, D> = typed(
  (axis: Axis) =>
    (x: Value): readonly Value[] => {
      checkTensor('unstack', x)
      const shape = held(unstacked(x.shape, axis))
      const [position = 0] = held(axisPositions('unstack', x.shape, [axis]))
      const without = x.sizes.filter((_, i) => i !== position)
      return Array.from({ length: at(x.sizes, position) }, (_, i) =>
        labelled('unstack', shape, reshapeTo(sliceAxis(x, position, i, i + 1), without)),
      )
    },
)
