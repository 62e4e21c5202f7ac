/**
 * Transposed convolutions, which make images larger.
 *
 * @example
 * import { convTranspose, pipe, tensor, toNested } from 'pullback'
 *
 * // Each entry becomes a multiple of the kernel, two places apart.
 * assert.deepEqual(toNested(pipe(tensor([[1, 10]]), convTranspose(tensor([[[1, 2]]]), { stride: 2 }))), [[1, 2, 10, 20]])
 */
import * as primitive from '../primitives/index.js'
import { endsAround } from '../shape/conv-transpose.js'
import {
  type ConvTranspose,
  convTranspose as convTransposeRule,
  type Expect,
  type Option,
  type Options,
  type PerAxis,
  type ShapeOf,
  type Spreading,
} from '../shape/index.js'
import {
  at,
  checkSizes,
  type DType,
  fail,
  heldDType,
  heldOptions,
  labelled,
  type NumericDType,
  numericDType,
  type SameDType,
  sameDType,
  show,
  sizeOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** @category type-level */
export interface ConvTransposeOptions {
  /** How far apart the entries of the input come to lie: a number, or one for each spatial axis. */
  readonly stride?: PerAxis | undefined
  /** How much is cut off at the ends: one number for all, or for each axis one or both of its ends. A negative number adds zeros. */
  readonly padding?: Spreading['padding'] | undefined
  /** How far apart the entries of the kernel come to lie. */
  readonly dilation?: PerAxis | undefined
  readonly groups?: number | undefined
}

const names = ['stride', 'padding', 'dilation', 'groups'] as const

type ByOptions<A extends string, B extends string, O> = O extends unknown
  ? { stride: Option<O, 'stride', 1>; padding: Option<O, 'padding', 0>; dilation: Option<O, 'dilation', 1> } extends infer W extends
      Spreading
    ? Option<O, 'groups', 1> extends infer G extends number
      ? ConvTranspose<A, B, W, G>
      : never
    : never
  : never

/** The transposed convolution by a kernel. @category type-level */
export type ConvTransposeBy<SB extends string, DB extends DType, O> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'convTranspose', DA, DB>, Expect<NumericDType<'convTranspose', DA>, Expect<ByOptions<SA, SB, O>, Tensor<SA, DA>>>>,
) => Tensor<ShapeOf<ByOptions<SA, SB, O>>, DA>

/** A transposed convolution by a kernel, without or with options. @category type-level */
export interface ConvTransposeOp {
  <SB extends string, DB extends DType>(kernel: Tensor<SB, DB>): ConvTransposeBy<SB, DB, undefined>
  <SB extends string, DB extends DType, const O extends ConvTransposeOptions | undefined>(
    kernel: Tensor<SB, DB>,
    options: Expect<Options<'convTranspose', O, typeof names>, O>,
  ): ConvTransposeBy<SB, DB, O>
}

const checkWhole = (what: string, given: PerAxis, axes: number, least: number): void => {
  if (typeof given !== 'number' && !(Array.isArray(given) && given.length === axes))
    fail({ _tag: 'ArgumentError', op: 'convTranspose', detail: `${what} ${show(given)}: give one number, or one for each of ${axes} axes` })
  for (const n of typeof given === 'number' ? [given] : given)
    if (!Number.isInteger(n) || n < least)
      fail({ _tag: 'ArgumentError', op: 'convTranspose', detail: `${what} ${show(n)}: give whole numbers from ${least} up` })
}

const transposed = (x: Value, kernel: Value, { stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvTransposeOptions): Value => {
  checkTensor('convTranspose', x)
  checkTensor('convTranspose', kernel)
  heldDType(sameDType('convTranspose', x.dtype, kernel.dtype))
  heldDType(numericDType('convTranspose', x.dtype))
  const size = kernel.sizes.slice(2)
  checkWhole('stride', stride, size.length, 1)
  checkWhole('dilation', dilation, size.length, 1)
  checkWhole('groups', groups, 1, 1)
  const ends = size.map((_, i) => endsAround(padding, i))
  for (const end of ends.flat())
    if (!Number.isInteger(end)) fail({ _tag: 'ArgumentError', op: 'convTranspose', detail: `padding ${show(end)}: give whole numbers` })
  const shape = held(convTransposeRule(x.shape, kernel.shape, { stride, padding, dilation }, groups))
  checkSizes('convTranspose', [x, kernel])
  const inputs = at(kernel.sizes, 0)
  if (inputs % groups !== 0)
    fail({
      _tag: 'ShapeError',
      detail: `convTranspose: the ${inputs} inputs of the kernel '${kernel.shape}' do not divide into ${groups} groups`,
    })
  const each = (list: PerAxis): readonly number[] => size.map((_, i) => (typeof list === 'number' ? list : at(list, i)))
  const [steps, apart] = [each(stride), each(dilation)]
  const lead = x.sizes.slice(0, x.sizes.length - size.length - 1)
  // The kernel mirrored, with the outputs of each group first: a convolution of the spread input by it.
  const outputs = at(kernel.sizes, 1)
  const grouped = primitive.reshapeTo(kernel, [groups, inputs / groups, outputs, ...size])
  const swapped = primitive.permuteAxes(grouped, [0, 2, 1, ...size.map((_, i) => i + 3)])
  const mirrored = primitive.reverseAxes(
    primitive.reshapeTo(swapped, [groups * outputs, inputs / groups, ...size]),
    size.map((_, i) => i + 2),
  )
  const reach = size.map((k, i) => (k - 1) * at(apart, i))
  const short = size.findIndex(
    (_, i) => (at(x.sizes, lead.length + 1 + i) - 1) * at(steps, i) + at(reach, i) + 1 < (ends[i]?.[0] ?? 0) + (ends[i]?.[1] ?? 0),
  )
  if (short >= 0)
    fail({
      _tag: 'ShapeError',
      detail: `convTranspose: the padding of axis ${lead.length + 1 + short} of '${x.shape}' takes more than there is`,
    })
  const y = primitive.conv(primitive.reshapeTo(x, [sizeOf(lead), ...x.sizes.slice(lead.length)]), mirrored, {
    stride: size.map(() => 1),
    low: reach.map((n, i) => n - (ends[i]?.[0] ?? 0)),
    high: reach.map((n, i) => n - (ends[i]?.[1] ?? 0)),
    inputDilation: steps,
    dilation: apart,
    groups,
  })
  return labelled('convTranspose', shape, primitive.reshapeTo(y, [...lead, ...y.sizes.slice(1)]))
}

/**
 * The transpose of a convolution, data last: what `conv` with the same kernel and options has as its gradient. Each entry of the input is a multiple
 * of the kernel in the result, `stride` places from the next; where they overlap they are added.
 *
 * **Shapes**: '… in …n' by the kernel 'in out …k' → '… out …m', m = (n - 1) · stride + (k - 1) · dilation + 1 - padding, of both ends together. In
 * groups the kernel's 'out' is the number of outputs of a group. One more entry at the end (PyTorch's output_padding) is a padding with one less there.
 * **Gradient**: to x: ct convolved with the kernel; to the kernel: windows of ct weighted by x.
 * **Errors**: channels that differ or do not divide into groups, padding that takes more than there is, dtypes that differ.
 * **Source**: https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
 *
 * @example
 * import { convTranspose, pipe, zeros } from 'pullback'
 *
 * const images = zeros('batch 8 7 7', { batch: 2 })
 * assert.equal(pipe(images, convTranspose(zeros('8 3 4 4'), { stride: 2, padding: 1 })).shape, 'batch 3 14 14')
 */
export const convTranspose: ConvTransposeOp = typed<ConvTransposeOp>((kernel: Value, options?: ConvTransposeOptions) => {
  const chosen = heldOptions('convTranspose', options, names)
  return (x: Value): Value => transposed(x, kernel, chosen)
})
