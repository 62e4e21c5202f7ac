/**
 * Choosing entries: by a condition, by a range, by indices.
 *
 * @example
 * import { greater, oneHot, pipe, slice, take, tensor, toNested, where } from 'pullback'
 *
 * const x = tensor([[1, -2, 3], [-4, 5, -6]])
 * assert.deepEqual(toNested(pipe(x, greater(0), where(x, 0))), [[1, 0, 3], [0, 5, 0]])
 * assert.deepEqual(toNested(pipe(x, slice('0, 1:'))), [-2, 3])
 * assert.deepEqual(toNested(pipe(x, take(tensor([1, 0, 1], 'int32'), 0))), [[-4, 5, -6], [1, -2, 3], [-4, 5, -6]])
 * assert.deepEqual(toNested(oneHot(3)(tensor([2, 0], 'int32'))), [[0, 0, 1], [1, 0, 0]])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  type Axis,
  axisPositions,
  type Expect,
  type Given,
  type OneHot,
  oneHot as oneHotRule,
  type ShapeOf,
  type Slice,
  sliceRanges,
  slice as sliceRule,
  type Take,
  take as takeRule,
  type Where,
  where as whereRule,
} from '../shape/index.js'
import {
  checkDType,
  checkSizes,
  type DType,
  type DTypeNamed,
  type ExactDType,
  exactDType,
  fail,
  heldDType,
  type IndexDType,
  indexDType,
  type NamedDType,
  relabel,
  type SameDType,
  sameDType,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held, stretch } from './apply-rule.js'
import { numberLike } from './number-like.js'

type Condition<C extends string, DC extends DType, R> = Expect<ExactDType<'where', DC, 'bool'>, Expect<R, Tensor<C, DC>>>

/** @category type-level */
export interface WhereOp {
  <X extends string, D extends DType>(
    onTrue: Tensor<X, D>,
    onFalse: number,
  ): <C extends string, DC extends DType>(condition: Condition<C, DC, Where<C, X, X>>) => Tensor<ShapeOf<Where<C, X, X>>, D>
  <Y extends string, D extends DType>(
    onTrue: number,
    onFalse: Tensor<Y, D>,
  ): <C extends string, DC extends DType>(condition: Condition<C, DC, Where<C, Y, Y>>) => Tensor<ShapeOf<Where<C, Y, Y>>, D>
  // This overload is the last one, because the compiler prints the message of the last overload.
  <X extends string, Y extends string, DX extends DType, DY extends DType>(
    onTrue: Tensor<X, DX>,
    onFalse: Expect<SameDType<'where', DX, DY>, Tensor<Y, DY>>,
  ): <C extends string, DC extends DType>(condition: Condition<C, DC, Where<C, X, Y>>) => Tensor<ShapeOf<Where<C, X, Y>>, DX>
}

/**
 * For each place the first where the condition holds and the second where it does not: the traced form of `if`.
 *
 * **Gradient**: the cotangent to the side chosen, 0 to the other. Both sides are computed, though, and a side's own derivative multiplies that 0: where
 * its slope is infinite or NaN, as that of √x, of log x and of 1 / x is at 0, the product is NaN. There a second `where` keeps such arguments from
 * the side that is not chosen (the second example).
 *
 * **Errors**: a condition that is no bool, shapes of which no one is fit by the others, dtypes that differ.
 *
 * @example
 * import { greater, pipe, tensor, toNested, where } from 'pullback'
 *
 * const x = tensor([-1, 2])
 * assert.deepEqual(toNested(pipe(x, greater(0), where(x, 0))), [0, 2])
 *
 * @example
 * import { grad, greater, pipe, sqrt, sum, type Tensor, tensor, toNested, where } from 'pullback'
 *
 * // The slope of √x at 0 is infinite, and 0 · ∞ is NaN.
 * const unsafe = (x: Tensor<'2'>) => pipe(x, greater(0), where(sqrt(x), 0), sum())
 * assert.deepEqual(toNested(grad(unsafe)(tensor([0, 4]))), [Number.NaN, 0.25])
 *
 * // √ sees 1 in the place of what is not chosen.
 * const safe = (x: Tensor<'2'>) => pipe(x, greater(0), where(sqrt(pipe(x, greater(0), where(x, 1))), 0), sum())
 * assert.deepEqual(toNested(grad(safe)(tensor([0, 4]))), [0, 0.25])
 *
 * @category primitives
 */
export const where: WhereOp = typed<WhereOp>((onTrue: Value | number, onFalse: Value | number) => (condition: Value): Value => {
  checkTensor('where', condition)
  for (const side of [onTrue, onFalse]) if (typeof side !== 'number') checkTensor('where', side)
  heldDType(exactDType('where', condition.dtype, 'bool'))
  const like = typeof onTrue === 'number' ? onFalse : onTrue
  if (typeof like === 'number') return fail({ _tag: 'ArgumentError', op: 'where', detail: 'give one tensor at least' })
  const x = typeof onTrue === 'number' ? numberLike('where', like, onTrue) : onTrue
  const y = typeof onFalse === 'number' ? numberLike('where', like, onFalse) : onFalse
  heldDType(sameDType('where', x.dtype, y.dtype))
  const shape = held(whereRule(condition.shape, x.shape, y.shape))
  checkSizes('where', [condition, x, y])
  const { sizes } = [condition, x, y].find(z => z.shape === shape) ?? x
  return relabel(shape, primitive.select(stretch(condition, sizes, shape), stretch(x, sizes, shape), stretch(y, sizes, shape)))
})

/**
 * A part of a tensor in numpy's notation, one part an axis: 'start:stop:step', negative from the end; an index drops its axis.
 * Ranges are never clamped: an axis that is too short is an error.
 *
 * @example
 * import { arange, pipe, slice, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(arange(6), slice('1:6:2'))), [1, 3, 5])
 * assert.deepEqual(toNested(pipe(arange(6), slice('-2:'))), [4, 5])
 *
 * @category primitives
 */
export const slice: <const P extends string>(
  pattern: P,
) => <S extends string, D extends DType>(x: Expect<Slice<S, P>, Tensor<S, D>>) => Tensor<ShapeOf<Slice<S, P>>, D> = typed(
  (pattern: string) =>
    (x: Value): Value => {
      checkTensor('slice', x)
      if (typeof pattern !== 'string')
        return fail({ _tag: 'ArgumentError', op: 'slice', detail: `${show(pattern)} is no pattern: write one in quotes, such as '1:3'` })
      const shape = held(sliceRule(x.shape, pattern))
      const ranges = held(sliceRanges(x.sizes, pattern))
      const part = primitive.sliceOf(x, {
        start: ranges.map(range => range.start),
        stop: ranges.map(range => range.stop),
        step: ranges.map(range => range.step),
      })
      return relabel(
        shape,
        primitive.reshapeTo(
          part,
          part.sizes.filter((_, axis) => ranges[axis]?.drop !== true),
        ),
      )
    },
)

/**
 * The entries at integer indices along an axis, which is replaced by the axes of the indices (numpy's take).
 *
 * **Errors**: an index outside the axis, when it is run; a name that has one size in the tensor and another in the indices.
 *
 * @example
 * import { pipe, take, tensor, toNested } from 'pullback'
 *
 * const rows = tensor([[1, 2], [3, 4], [5, 6]])
 * assert.deepEqual(toNested(pipe(rows, take(tensor([2, 0], 'int32'), 0))), [[5, 6], [1, 2]])
 *
 * @category primitives
 */
export const take: <I extends string, DI extends DType, const A extends Axis>(
  indices: Expect<IndexDType<'take', 'indices', DI>, Tensor<I, DI>>,
  axis: A,
) => <S extends string, D extends DType>(x: Expect<Take<'take', S, A, I>, Tensor<S, D>>) => Tensor<ShapeOf<Take<'take', S, A, I>>, D> =
  typed((indices: Value, axis: Axis) => (x: Value): Value => {
    checkTensor('take', x)
    checkTensor('take', indices)
    const shape = held(takeRule('take', x.shape, axis, indices.shape))
    heldDType(indexDType('take', 'indices', indices.dtype))
    checkSizes('take', [x, indices])
    const [place = 0] = held(axisPositions('take', x.shape, axis))
    return relabel(shape, primitive.gather(x, indices, { axis: place, batch: 0, op: 'take' }))
  })

type Encoding<N extends number, D extends DType> = <S extends string, DI extends DType>(
  labels: Expect<IndexDType<'oneHot', 'labels', DI>, Expect<OneHot<S, N>, Tensor<S, DI>>>,
) => Tensor<ShapeOf<OneHot<S, N>>, D>

/** Of float32, or of the dtype given. @category type-level */
export interface OneHotOp {
  <const N extends number>(classes: N): Encoding<N, 'float32'>
  <const N extends number, D extends DType | undefined>(classes: N, dtype: D): Encoding<N, NoInfer<Given<D, 'float32'>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const N extends number, const D extends string>(
    classes: N,
    dtype: Expect<NamedDType<'oneHot', D>, D>,
  ): Encoding<N, DTypeNamed<NoInfer<D>>>
}

/**
 * 1 at each label and 0 elsewhere along a new last axis of the given number of classes; a label outside it gives zeros.
 *
 * @example
 * import { oneHot, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(oneHot(3)(tensor([2, 0], 'int32'))), [[0, 0, 1], [1, 0, 0]])
 */
export const oneHot: OneHotOp = typed<OneHotOp>((classes: number, dtype: DType = 'float32') => (labels: Value): Value => {
  checkTensor('oneHot', labels)
  checkDType('oneHot', dtype)
  const shape = held(oneHotRule(labels.shape, classes))
  heldDType(indexDType('oneHot', 'labels', labels.dtype))
  return relabel(shape, derived.oneHot(labels, classes, dtype))
})
