/**
 * Convolutions over one, two or three axes: of signals, images and volumes.
 *
 * @example
 * import { conv, pipe, tensor, toNested } from 'pullback'
 *
 * const differences = conv(tensor([[[-1, 1]]]))
 * assert.deepEqual(toNested(pipe(tensor([[1, 4, 9, 16]]), differences)), [[3, 5, 7]])
 */
import * as primitive from '../primitives/index.js'
import {
  type Conv,
  conv as convRule,
  dims,
  type Expect,
  isNumeral,
  type Option,
  type Options,
  type ShapeOf,
  type Windowing,
  type WindowOptions,
  type WindowParams,
  windowAxis,
} from '../shape/index.js'
import {
  at,
  checkSizes,
  type DType,
  heldDType,
  heldOptions,
  type NumericDType,
  numerals,
  numericDType,
  relabel,
  type SameDType,
  sameDType,
  sizeOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** @category type-level */
export interface ConvOptions extends WindowOptions {
  readonly groups?: number | undefined
}

const names = ['stride', 'padding', 'dilation', 'groups'] as const

/** The rule for options each of which may be missing: the results for all that they can mean. */
type ByOptions<A extends string, B extends string, O> = O extends unknown
  ? Windowing<O, 1> extends infer W extends WindowParams
    ? Option<O, 'groups', 1> extends infer G extends number
      ? Conv<A, B, W, G>
      : never
    : never
  : never

/** The convolution by a kernel. @category type-level */
export type ConvBy<SB extends string, DB extends DType, O> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'conv', DA, DB>, Expect<NumericDType<'conv', DA>, Expect<ByOptions<SA, SB, O>, Tensor<SA, DA>>>>,
) => Tensor<ShapeOf<ByOptions<SA, SB, O>>, DA>

/** A convolution by a kernel, without or with options. @category type-level */
export interface ConvOp {
  <SB extends string, DB extends DType>(kernel: Tensor<SB, DB>): ConvBy<SB, DB, undefined>
  <SB extends string, DB extends DType, const O extends ConvOptions | undefined>(
    kernel: Tensor<SB, DB>,
    options: Expect<Options<'conv', O, typeof names>, O>,
  ): ConvBy<SB, DB, O>
}

const convolved = (x: Value, kernel: Value, { stride = 1, padding = 'valid', dilation = 1, groups = 1 }: ConvOptions): Value => {
  checkTensor('conv', x)
  checkTensor('conv', kernel)
  heldDType(sameDType('conv', x.dtype, kernel.dtype))
  heldDType(numericDType('conv', x.dtype))
  const params = { stride, padding, dilation }
  const shape = held(convRule(x.shape, kernel.shape, params, groups))
  checkSizes('conv', [x, kernel])
  // Whether windows fit an axis with a name is known by its size.
  if (
    !dims(x.shape)
      .slice(2 - kernel.sizes.length)
      .every(isNumeral)
  )
    held(convRule(numerals(x.sizes), numerals(kernel.sizes), params, groups))
  const size = kernel.sizes.slice(2)
  const lead = x.sizes.slice(0, x.sizes.length - size.length - 1)
  const image = x.sizes.slice(lead.length)
  const windows = size.map((_, i) => windowAxis(at(image, i + 1), size, params, i))
  const y = primitive.conv(primitive.reshapeTo(x, [sizeOf(lead), ...image]), kernel, {
    stride: windows.map(window => window.stride),
    low: windows.map(window => window.low),
    high: windows.map(window => window.high),
    inputDilation: windows.map(() => 1),
    dilation: windows.map(window => window.dilation),
    groups,
  })
  return relabel(shape, primitive.reshapeTo(y, [...lead, ...y.sizes.slice(1)]))
}

/**
 * The convolution by a kernel, data last: `pipe(images, conv(kernel, { padding: 'same' }))`. As in every library of the field the kernel
 * is not mirrored: it is a cross-correlation. The kernel's axes after the second say how many axes it goes over.
 *
 * `stride` is how far apart windows start and `dilation` how far apart their entries are: a number, or one for each spatial axis.
 * `padding` is 'valid' (none, unless said otherwise), 'same' (as many windows as entries, over the stride rounded up; the odd zero at the
 * end), or zeros in numbers: one for all ends, or for each axis one or both of its ends, `[[1, 2], 0]`. In `groups` outputs meet only the
 * inputs of their own group; as many groups as channels is a depthwise convolution.
 *
 * **Shapes**: '… in …spatial' by the kernel 'out in …spatial' → '… out …positions', where of n entries there are
 * `floor((n + padding - (k - 1) · dilation - 1) / stride) + 1` positions. Leading axes are examples, if there are any. In groups the
 * kernel's 'in' is the number of inputs of a group. Of a named spatial axis that is an expression such as `h//2`.
 * **Gradient**: to x: ct, spread by the stride, convolved with the mirrored kernel; to the kernel: windows of x weighted by ct.
 * **Errors**: channels that differ or do not divide into groups, windows that do not fit, dtypes that differ.
 * **Source**: https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_general_dilated.html, as a layout N C spatial by O I spatial.
 *
 * @example
 * import { conv, ones, pipe, tensor, toNested, zeros } from 'pullback'
 *
 * const images = zeros('batch 3 32 32', { batch: 8 })
 * assert.equal(pipe(images, conv(zeros('16 3 5 5'))).shape, 'batch 16 28 28')
 * assert.equal(pipe(images, conv(zeros('16 3 3 3'), { stride: 2, padding: 'same' })).shape, 'batch 16 16 16')
 * assert.deepEqual(toNested(pipe(tensor([[1, 2, 3]]), conv(ones('1 1 3'), { padding: 1 }))), [[3, 6, 5]])
 *
 * @category primitives
 */
export const conv: ConvOp = typed<ConvOp>((kernel: Value, options?: ConvOptions) => {
  const chosen = heldOptions('conv', options, names)
  return (x: Value): Value => convolved(x, kernel, chosen)
})
