/** Transforms of real tensors, of which half of the entries say all. */
import { held } from '../ops/apply-rule.js'
import { moveAxis } from '../primitives/index.js'
import { type Axis, axisPositions, type Expect, type ShapeOf } from '../shape/index.js'
import {
  at,
  calledAs,
  checkTensor,
  type DType,
  type FloatDType,
  fail,
  floatDType,
  heldDType,
  labelled,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { type Half, half, type Whole, whole } from './rules.js'
import { type Complex, checkParts } from './transform.js'
import { type ComplexValue, scaledBy, transformReal, transformToReal } from './values.js'

/** The transform of real tensors along an axis. @category type-level */
export type RealTransform<A extends Axis> = <S extends string, D extends DType>(
  x: Expect<FloatDType<'rfft', D>, Expect<Half<S, A>, Tensor<S, D>>>,
) => Complex<ShapeOf<Half<S, A>>, D>

/**
 * The discrete Fourier transform of real numbers along an axis of n entries: the first n // 2 + 1 entries. The others are the conjugates of these.
 *
 * **Errors**: an axis without entries, a dtype that is no float.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.rfft.html
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { rfft } from 'pullback/fft'
 *
 * const { re, im } = rfft(0)(tensor([0, 1, 0, -1]))
 * assert.deepEqual([toNested(re), toNested(im)], [[0, 0, 0], [0, -2, 0]])
 */
export const rfft: <const A extends Axis>(axis: A) => RealTransform<A> = typed((axis: Axis) => (x: Value): ComplexValue => {
  checkTensor('rfft', x)
  heldDType(floatDType('rfft', x.dtype))
  const shape = held(half(x.shape, axis))
  const [position = 0] = held(axisPositions('rfft', x.shape, [axis]))
  if (x.sizes[position] === 0) fail({ _tag: 'ShapeError', detail: `rfft: '${x.shape}' has no entries along axis ${position}` })
  const last = x.sizes.length - 1
  return calledAs('rfft', () => {
    const { re, im } = transformReal(moveAxis(x, position, last))
    return { re: labelled('rfft', shape, moveAxis(re, last, position)), im: labelled('rfft', shape, moveAxis(im, last, position)) }
  })
})

/** The way back to N real numbers along an axis. @category type-level */
export type InverseRealTransform<N extends number, A extends Axis> = <S extends string, D extends DType>(
  z: Expect<FloatDType<'irfft', D>, Expect<Whole<S, N, A>, Complex<S, D>>>,
) => Tensor<ShapeOf<Whole<S, N, A>>, D>

/**
 * The inverse of `rfft`: from n // 2 + 1 entries along an axis to n real numbers. The imaginary parts of the first entry, and for an even n of the
 * last, are not looked at.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.irfft.html
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { irfft, rfft } from 'pullback/fft'
 *
 * const x = tensor([1, 2, 3, 4])
 * assert.deepEqual(toNested(pipe(x, rfft(0), irfft(4, 0))), [1, 2, 3, 4])
 */
export const irfft: <const N extends number, const A extends Axis>(n: N, axis: A) => InverseRealTransform<N, A> = typed(
  (n: number, axis: Axis) =>
    (z: ComplexValue): Value => {
      checkParts('irfft', z)
      const shape = held(whole(z.re.shape, n, axis))
      const [position = 0] = held(axisPositions('irfft', z.re.shape, [axis]))
      if (at(z.re.sizes, position) !== Math.floor(n / 2) + 1)
        fail({
          _tag: 'ShapeError',
          detail: `irfft: axis ${position} of '${z.re.shape}' is not '${Math.floor(n / 2) + 1}', the half of ${n}`,
        })
      const last = z.re.sizes.length - 1
      return calledAs('irfft', () => {
        const scaled = scaledBy({ re: moveAxis(z.re, position, last), im: moveAxis(z.im, position, last) }, 1 / n)
        return labelled('irfft', shape, moveAxis(transformToReal(scaled, n), last, position))
      })
    },
)
