/** Transforms of complex tensors, which are pairs of real ones. */
import { held } from '../ops/apply-rule.js'
import { moveAxis } from '../primitives/index.js'
import { type Axes, type Axis, type AxisOf, axisPositions, type Expect, type Reduce } from '../shape/index.js'
import {
  at,
  calledAs,
  checkSizes,
  checkTensor,
  type DType,
  type FloatDType,
  fail,
  floatDType,
  heldDType,
  relabel,
  sameDType,
  show,
  type Tensor,
  typed,
} from '../tensor/index.js'
import { type ComplexValue, type Direction, scaledBy, transformLast } from './values.js'

/** A complex tensor: its real and its imaginary parts, of one shape and dtype. There is no complex dtype. @category type-level */
export interface Complex<S extends string, D extends DType> {
  readonly re: Tensor<S, D>
  readonly im: Tensor<S, D>
}

/** A transform of complex tensors that keeps the shape. @category type-level */
export type Transform<Op extends string, A extends Axis> = <S extends string, D extends DType>(
  z: Expect<FloatDType<Op, D>, Expect<AxisOf<Op, S, A>, Complex<S, D>>>,
) => Complex<S, D>

/** A transform along an axis. @category type-level */
export type AlongOneAxis<Op extends string> = <const A extends Axis>(axis: A) => Transform<Op, A>

/** A transform of complex tensors along several axes. @category type-level */
export type TransformAll<Op extends string, A extends Axes> = <S extends string, D extends DType>(
  z: Expect<FloatDType<Op, D>, Expect<Reduce<Op, S, A>, Complex<S, D>>>,
) => Complex<S, D>

/** A transform along all axes, or along those given. @category type-level */
export interface AlongAxes<Op extends string> {
  (): TransformAll<Op, undefined>
  <const A extends Axes>(axes: A): TransformAll<Op, A>
}

const isRecord = (z: unknown): z is { readonly [name: string]: unknown } => typeof z === 'object' && z !== null

/** Checks a pair of parts. */
export const checkParts = (op: string, z: ComplexValue): void => {
  if (!isRecord(z) || !('re' in z) || !('im' in z))
    fail({ _tag: 'ArgumentError', op, detail: `${show(z)} has no real and imaginary parts: give { re, im }, for real numbers use rfft` })
  checkTensor(op, z.re)
  checkTensor(op, z.im)
  heldDType(floatDType(op, z.re.dtype))
  heldDType(sameDType(op, z.re.dtype, z.im.dtype))
  if (z.re.shape !== z.im.shape)
    fail({ _tag: 'ShapeError', detail: `${op}: the real parts are '${z.re.shape}' and the imaginary ones '${z.im.shape}': give one shape` })
  checkSizes(op, [z.re, z.im])
}

/** The transform along one axis, wherever it stands. */
const alongOne = (z: ComplexValue, axis: number, sign: Direction): ComplexValue => {
  const last = z.re.sizes.length - 1
  const done = transformLast({ re: moveAxis(z.re, axis, last), im: moveAxis(z.im, axis, last) }, sign)
  return { re: moveAxis(done.re, last, axis), im: moveAxis(done.im, last, axis) }
}

const along =
  (op: string, sign: Direction) =>
  (axes?: Axes) =>
  (z: ComplexValue): ComplexValue => {
    checkParts(op, z)
    const positions = held(axisPositions(op, z.re.shape, axes))
    return calledAs(op, () => {
      const done = positions.reduce((parts, axis) => alongOne(parts, axis, sign), z)
      const count = positions.reduce((product, axis) => product * at(z.re.sizes, axis), 1)
      const { re, im } = sign === 1 && count > 0 ? scaledBy(done, 1 / count) : done
      return { re: relabel(z.re.shape, re), im: relabel(z.re.shape, im) }
    })
  }

/**
 * The discrete Fourier transform along an axis, of any length: Xₖ = Σⱼ xⱼ exp(-2πi j k / n), not divided by anything.
 *
 * **Gradient**: the transform the other way, not divided by anything. **Numerics**: products with the matrices of small transforms and with tables of
 * cosines and sines; the error of a length n grows as log n roundings.
 *
 * **Errors**: parts of different shapes, dtypes that are no floats, an axis that is not there.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.fft.html
 *
 * @example
 * import { tensor, toNested, zeros } from 'pullback'
 * import { fft } from 'pullback/fft'
 *
 * const { re, im } = fft(0)({ re: tensor([1, 0, 0, 0]), im: zeros('4') })
 * assert.deepEqual([toNested(re), toNested(im).map(Math.abs)], [[1, 1, 1, 1], [0, 0, 0, 0]])
 */
export const fft: AlongOneAxis<'fft'> = typed(along('fft', -1))

/**
 * The inverse of `fft` along an axis: xⱼ = (1 / n) Σₖ Xₖ exp(2πi j k / n).
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.ifft.html
 *
 * @example
 * import { ones, toNested, zeros } from 'pullback'
 * import { ifft } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(ifft(0)({ re: ones('4'), im: zeros('4') }).re), [1, 0, 0, 0])
 */
export const ifft: AlongOneAxis<'ifft'> = typed(along('ifft', 1))

/**
 * The discrete Fourier transform along all axes, or along those given.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.fftn.html
 *
 * @example
 * import { ones, toNested, zeros } from 'pullback'
 * import { fftn } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(fftn()({ re: ones('2 2'), im: zeros('2 2') }).re), [[4, 0], [0, 0]])
 */
export const fftn: AlongAxes<'fftn'> = typed(along('fftn', -1))

/**
 * The inverse of `fftn`.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.ifftn.html
 *
 * @example
 * import { ones, toNested, zeros } from 'pullback'
 * import { ifftn } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(ifftn([0, 1])({ re: ones('2 2'), im: zeros('2 2') }).re), [[1, 0], [0, 0]])
 */
export const ifftn: AlongAxes<'ifftn'> = typed(along('ifftn', 1))
