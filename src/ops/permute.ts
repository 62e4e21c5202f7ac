/**
 * The axes in another order, or the entries along them.
 *
 * @example
 * import { moveAxis, pipe, reverse, tensor, toNested, transpose } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * assert.deepEqual(toNested(pipe(x, transpose)), [[1, 4], [2, 5], [3, 6]])
 * assert.deepEqual(toNested(pipe(x, moveAxis(1, 0))), [[1, 4], [2, 5], [3, 6]])
 * assert.deepEqual(toNested(pipe(x, reverse(-1))), [[3, 2, 1], [6, 5, 4]])
 */
import * as primitive from '../primitives/index.js'
import {
  type Axes,
  type Axis,
  axisPositions,
  type Expect,
  type MoveAxis,
  moveAxis as moveAxisRule,
  type Permute,
  permute as permuteRule,
  type Reduce,
  type Rot90,
  rot90 as rot90Rule,
  type ShapeOf,
  type SwapAxes,
  swapAxes as swapAxesRule,
  type Transpose,
  transpose as transposeRule,
} from '../shape/index.js'
import { type DType, relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** The argument of a function whose result has the shape that the rule `R` gives. */
type Checked<R, S extends string, D extends DType> = Expect<R, Tensor<S, D>>

const position = (op: string, x: Value, axis: Axis): number => held(axisPositions(op, x.shape, [axis]))[0] ?? 0

/**
 * The axes in another order, by position or by name: axis i of the result is the i-th given.
 *
 * @example
 * import { permute, pipe, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 28 14', { batch: 2 }), permute([2, 'batch', 1])).shape, '14 batch 28')
 */
export const permute: <const L extends readonly Axis[]>(
  axes: L,
) => <S extends string, D extends DType>(x: Checked<Permute<S, L>, S, D>) => Tensor<ShapeOf<Permute<S, L>>, D> = typed(
  (axes: readonly Axis[]) =>
    (x: Value): Value => {
      checkTensor('permute', x)
      return relabel(held(permuteRule(x.shape, axes)), primitive.permuteAxes(x, held(axisPositions('permute', x.shape, axes))))
    },
)

/**
 * All axes in the opposite order.
 *
 * @example
 * import { tensor, toNested, transpose } from 'pullback'
 *
 * assert.deepEqual(toNested(transpose(tensor([[1, 2], [3, 4]]))), [[1, 3], [2, 4]])
 */
export const transpose: <S extends string, D extends DType>(x: Tensor<S, D>) => Tensor<ShapeOf<Transpose<S>>, D> = typed(
  (x: Value): Value => {
    checkTensor('transpose', x)
    return relabel(held(transposeRule(x.shape)), primitive.permuteAxes(x, x.sizes.map((_, axis) => axis).toReversed()))
  },
)

/**
 * Two axes exchanged.
 *
 * @example
 * import { pipe, swapAxes, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 28 14', { batch: 2 }), swapAxes(1, 2)).shape, 'batch 14 28')
 */
export const swapAxes: <const A extends Axis, const B extends Axis>(
  a: A,
  b: B,
) => <S extends string, D extends DType>(x: Checked<SwapAxes<S, A, B>, S, D>) => Tensor<ShapeOf<SwapAxes<S, A, B>>, D> = typed(
  (a: Axis, b: Axis) =>
    (x: Value): Value => {
      checkTensor('swapAxes', x)
      const shape = held(swapAxesRule(x.shape, a, b))
      const [i, j] = [position('swapAxes', x, a), position('swapAxes', x, b)]
      return relabel(
        shape,
        primitive.permuteAxes(
          x,
          x.sizes.map((_, axis) => (axis === i ? j : axis === j ? i : axis)),
        ),
      )
    },
)

/**
 * One axis moved to where another stands; the others keep their order.
 *
 * @example
 * import { moveAxis, pipe, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 28 14', { batch: 2 }), moveAxis('batch', -1)).shape, '28 14 batch')
 */
export const moveAxis: <const From extends Axis, const To extends Axis>(
  from: From,
  to: To,
) => <S extends string, D extends DType>(x: Checked<MoveAxis<S, From, To>, S, D>) => Tensor<ShapeOf<MoveAxis<S, From, To>>, D> = typed(
  (from: Axis, to: Axis) =>
    (x: Value): Value => {
      checkTensor('moveAxis', x)
      return relabel(
        held(moveAxisRule(x.shape, from, to)),
        primitive.moveAxis(x, position('moveAxis', x, from), position('moveAxis', x, to)),
      )
    },
)

/**
 * The entries along the given axes from last to first.
 *
 * @example
 * import { reverse, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(reverse(0)(tensor([1, 2, 3]))), [3, 2, 1])
 *
 * @category primitives
 */
export const reverse: <const A extends Axes = undefined>(
  axes?: A,
) => <S extends string, D extends DType>(x: Checked<Reduce<'reverse', S, A>, S, D>) => Tensor<S, D> = typed(
  (axes?: Axes) =>
    (x: Value): Value => {
      checkTensor('reverse', x)
      return relabel(x.shape, primitive.reverseAxes(x, held(axisPositions('reverse', x.shape, axes))))
    },
)

/**
 * Quarter turns in the plane of two axes, from the first towards the second; a negative number turns the other way.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.rot90.html
 *
 * @example
 * import { pipe, rot90, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), rot90(1, 0, 1))), [[2, 4], [1, 3]])
 */
export const rot90: <const K extends number, const A extends Axis, const B extends Axis>(
  turns: K,
  from: A,
  to: B,
) => <S extends string, D extends DType>(x: Checked<Rot90<S, K, A, B>, S, D>) => Tensor<ShapeOf<Rot90<S, K, A, B>>, D> = typed(
  (turns: number, from: Axis, to: Axis) =>
    (x: Value): Value => {
      checkTensor('rot90', x)
      const shape = held(rot90Rule(x.shape, turns, from, to))
      const [i, j] = held(axisPositions('rot90', x.shape, [from, to]))
      if (i === undefined || j === undefined) return x
      const quarter = ((turns % 4) + 4) % 4
      const reversed = primitive.reverseAxes(x, quarter === 0 ? [] : quarter === 1 ? [j] : quarter === 2 ? [i, j] : [i])
      const places = x.sizes.map((_, axis) => (quarter % 2 === 0 ? axis : axis === i ? j : axis === j ? i : axis))
      return relabel(shape, primitive.permuteAxes(reversed, places))
    },
)
