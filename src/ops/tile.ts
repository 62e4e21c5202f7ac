/**
 * Tensors and entries repeated, and entries moved round.
 *
 * @example
 * import { pipe, repeatInterleave, roll, tensor, tile, toNested } from 'pullback'
 *
 * const x = tensor([1, 2, 3])
 * assert.deepEqual(toNested(pipe(x, tile([2]))), [1, 2, 3, 1, 2, 3])
 * assert.deepEqual(toNested(pipe(x, repeatInterleave(2, 0))), [1, 1, 2, 2, 3, 3])
 * assert.deepEqual(toNested(pipe(x, roll(1, 0))), [3, 1, 2])
 */
import * as derived from '../derived/index.js'
import {
  type Axis,
  type AxisOf,
  axisPositions,
  type Expect,
  type RepeatInterleave,
  repeatInterleave as repeatInterleaveRule,
  type ShapeOf,
  type Tile,
  tile as tileRule,
} from '../shape/index.js'
import { type DType, fail, labelled, show, type Tensor, typed, type Value } from '../tensor/index.js'
import { alongAxis } from './apply-axis.js'
import { checkTensor, held } from './apply-rule.js'

/**
 * The tensor put beside itself, so many times along each axis. Where more numbers are given than there are axes, new axes lead; where fewer, they
 * are those of the last axes.
 *
 * **Gradient**: the sum of the cotangents of all copies.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.tile.html
 *
 * @example
 * import { pipe, tensor, tile, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2]]), tile([2, 2]))), [[1, 2, 1, 2], [1, 2, 1, 2]])
 */
export const tile: <const K extends readonly number[]>(
  counts: K,
) => <S extends string, D extends DType>(x: Expect<Tile<S, K>, Tensor<S, D>>) => Tensor<ShapeOf<Tile<S, K>>, D> = typed(
  (counts: readonly number[]) =>
    (x: Value): Value => {
      checkTensor('tile', x)
      return labelled('tile', held(tileRule(x.shape, counts)), derived.tile(x, counts))
    },
)

/**
 * Each entry along an axis so many times, next to each other (numpy's `repeat`; `repeat` is that of einops).
 *
 * **Gradient**: the sum of the cotangents of all copies.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.repeat_interleave.html
 *
 * @example
 * import { pipe, repeatInterleave, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2]]), repeatInterleave(2, -1))), [[1, 1, 2, 2]])
 */
export const repeatInterleave: <const N extends number, const A extends Axis>(
  times: N,
  axis: A,
) => <S extends string, D extends DType>(
  x: Expect<RepeatInterleave<S, N, A>, Tensor<S, D>>,
) => Tensor<ShapeOf<RepeatInterleave<S, N, A>>, D> = typed((times: number, axis: Axis) => (x: Value): Value => {
  checkTensor('repeatInterleave', x)
  const shape = held(repeatInterleaveRule(x.shape, times, axis))
  const [position = 0] = held(axisPositions('repeatInterleave', x.shape, [axis]))
  return labelled('repeatInterleave', shape, derived.repeatInterleave(x, times, position))
})

/**
 * The entries along an axis moved on by so many places; those that leave at the end come in at the front. A negative shift goes the other way.
 *
 * **Gradient**: the cotangents moved back.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.roll.html, one axis; `pipe` is the way to roll several.
 *
 * @example
 * import { pipe, roll, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2, 3], [4, 5, 6]]), roll(-1, 1))), [[2, 3, 1], [5, 6, 4]])
 */
export const roll: <const A extends Axis>(
  shift: number,
  axis: A,
) => <S extends string, D extends DType>(x: Expect<AxisOf<'roll', S, A>, Tensor<S, D>>) => Tensor<S, D> = typed(
  (shift: number, axis: Axis) => {
    if (!Number.isSafeInteger(shift))
      return fail({ _tag: 'ArgumentError', op: 'roll', detail: `the shift is ${show(shift)}: give a whole number` })
    return alongAxis('roll', 'any', (x, position) => derived.roll(x, shift, position))(axis)
  },
)
