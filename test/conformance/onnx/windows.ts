/** ONNX's convolutions and pools: how it passes windows, and what becomes of them here. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { padWith } from '../../../src/primitives/index.js'
import { at, type Value } from '../../../src/tensor/index.js'
import type { Run } from './forms.js'
import { notOffered, type Reader } from './node.js'

interface Placed {
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  /** Both ends of each axis. */
  readonly padding: readonly (readonly [low: number, high: number])[]
}

/** The larger half at the end, or at the start. */
const halves = (total: number, lower: boolean): readonly [number, number] => {
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)]
  return lower ? [more, less] : [less, more]
}

/** The kernel's sizes; where the attribute repeats them, it must agree. */
const kernelSize = (node: Reader, kernel: Value): readonly number[] => {
  const size = kernel.sizes.slice(2)
  const said = node.numbers('kernel_shape') ?? size
  if (said.join() !== size.join()) throw new Error(`kernel_shape is ${said}, the kernel has ${size}`)
  return size
}

const placedBy = (node: Reader, size: readonly number[], totals: (stride: number, span: number, axis: number) => number): Placed => {
  const stride = node.numbers('strides') ?? size.map(() => 1)
  const dilation = node.numbers('dilations') ?? size.map(() => 1)
  const pads = node.numbers('pads') ?? size.flatMap(() => [0, 0])
  const auto = node.text('auto_pad', 'NOTSET')
  const padding = size.map((k, i) =>
    auto.startsWith('SAME')
      ? halves(Math.max(0, totals(at(stride, i), (k - 1) * at(dilation, i) + 1, i)), auto === 'SAME_LOWER')
      : ([at(pads, i), at(pads, i + size.length)] as const),
  )
  return { stride, dilation, padding }
}

/** Windows over an input of these lengths. */
const placed = (node: Reader, size: readonly number[], lengths: readonly number[]): Placed =>
  placedBy(node, size, (stride, span, i) => (Math.ceil(at(lengths, i) / stride) - 1) * stride + span - at(lengths, i))

const withBias = (node: Reader, y: Value): Value =>
  node.has(2) ? pipe(y, o.add(o.reshape([node.x(2).sizes[0] ?? 0, ...y.sizes.slice(2).map(() => 1)].join(' '))(node.x(2)))) : y

export const convolution: Run = node => {
  const [x, kernel] = [node.x(0), node.x(1)]
  const params = placed(node, kernelSize(node, kernel), x.sizes.slice(2))
  return withBias(node, pipe(x, o.conv(kernel, { ...params, groups: node.number('group', 1) })))
}

/** The transpose of a convolution. */
export const convolutionTranspose: Run = node => {
  const [x, kernel] = [node.x(0), node.x(1)]
  const groups = node.number('group', 1)
  const size = kernelSize(node, kernel)
  const extra = node.numbers('output_padding') ?? size.map(() => 0)
  const wanted = node.numbers('output_shape')
  // With 'SAME' the result is the input's length times the stride.
  const { stride, dilation, padding } = placedBy(node, size, (step, span, i) => span + at(extra, i) - step)
  /** The lengths of the result without padding. */
  const natural = size.map((k, i) => (at(x.sizes, i + 2) - 1) * at(stride, i) + (k - 1) * at(dilation, i) + 1)
  // What a wanted length cuts off is divided between the ends, the larger half at the start unless 'SAME_UPPER' is said.
  const lower = node.text('auto_pad', 'NOTSET') !== 'SAME_UPPER'
  const ends = natural.map((length, i) => {
    if (wanted !== undefined) {
      const cut = length + at(extra, i) - at(wanted.slice(-size.length), i)
      const [low, high] = halves(Math.max(0, cut), lower)
      return { low, high: high - at(extra, i) + Math.min(0, cut) }
    }
    const [low, high] = padding[i] ?? [0, 0]
    return { low, high: high - at(extra, i) }
  })
  const y = pipe(x, o.convTranspose(kernel, { stride, dilation, groups, padding: ends.map(({ low, high }) => [low, high] as const) }))
  return withBias(node, y)
}

/** ONNX's ceil_mode: one window more where some entries would be left over, unless it would start beyond them. */
const reachingOver = (
  node: Reader,
  size: readonly number[],
  lengths: readonly number[],
  { stride, dilation, padding }: Placed,
): readonly number[] =>
  size.map((k, i) => {
    const [low, high] = padding[i] ?? [0, 0]
    if (node.number('ceil_mode', 0) === 0) return 0
    const [length, step, span] = [at(lengths, i) + low + high, at(stride, i), (k - 1) * at(dilation, i) + 1]
    const last = Math.ceil((length - span) / step) * step
    return last >= at(lengths, i) + low ? 0 : Math.max(0, last + span - length)
  })

const further = (padding: Placed['padding'], more: readonly number[]): Placed['padding'] =>
  padding.map(([low, high], i) => [low, high + at(more, i)] as const)

export const greatest: Run = node => {
  const x = node.x(0)
  const size = node.numbers('kernel_shape') ?? []
  // The order in which positions of maxima are counted: of no effect on the maxima.
  node.number('storage_order', 0)
  if (node.outputs > 1) return notOffered('positions of the maxima of windows')
  const lengths = x.sizes.slice(2)
  const params = placed(node, size, lengths)
  return pipe(x, o.maxPool(size, { ...params, padding: further(params.padding, reachingOver(node, size, lengths, params)) }))
}

export const average: Run = node => {
  const x = node.x(0)
  const size = node.numbers('kernel_shape') ?? []
  const lengths = x.sizes.slice(2)
  const params = placed(node, size, lengths)
  const more = reachingOver(node, size, lengths, params)
  if (node.number('count_include_pad', 0) === 0) return pipe(x, o.meanPool(size, { ...params, padding: further(params.padding, more) }))
  // Padding that counts is padded before; what ceil_mode adds does not count.
  const around = (end: 0 | 1): readonly number[] => [0, 0, ...params.padding.map(pair => pair[end])]
  const zeros = padWith(x, { low: around(0), high: around(1), interior: x.sizes.map(() => 0) })
  return pipe(zeros, o.meanPool(size, { ...params, padding: more.map(high => [0, high] as const) }))
}
