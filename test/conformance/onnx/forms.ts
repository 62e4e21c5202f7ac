/** How ONNX passes axes, bounds and weights, and what becomes of them here. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { castTo } from '../../../src/primitives/index.js'
import { typed, type Value } from '../../../src/tensor/index.js'
import { notOffered, type Reader } from './node.js'

export type Run = (node: Reader) => Value | readonly Value[]

export const text = (sizes: readonly number[]): string => sizes.join(' ')
/** A run of the meaning that an operator has since a version; what it meant before is not run here. */
export const since =
  (opset: number, run: Run): Run =>
  node =>
    node.opset < opset ? notOffered(`${node.op} of opset ${node.opset}: it has had another meaning before ${opset}`) : run(node)

export const unary =
  (f: (x: Value) => Value): Run =>
  ({ x }) =>
    f(x(0))
/** The sizes to which all of these stretch; an axis of size 1 stretches to any other, 0 too. */
const commonSizes = (all: readonly (readonly number[])[]): readonly number[] => {
  const rank = Math.max(0, ...all.map(sizes => sizes.length))
  return Array.from({ length: rank }, (_, i) => all.map(sizes => sizes[i - rank + sizes.length] ?? 1).find(size => size !== 1) ?? 1)
}
/** Operands stretched to their common sizes: this library's operations stretch one of them only. */
export const stretched = (...values: readonly Value[]): readonly Value[] =>
  values.map(o.broadcastTo(text(commonSizes(values.map(x => x.sizes)))))
export const expanded: Run = ({ x, shape, list }) => o.broadcastTo(text(commonSizes([shape(0), list(1)])))(x(0))

export const binary = (f: (x: Value, y: Value) => Value): Run =>
  since(7, ({ x }) => {
    const [a = x(0), b = x(1)] = stretched(x(0), x(1))
    return f(a, b)
  })
/** The product of matrices, their leading axes stretched to common ones. */
export const multiplied: Run = ({ x }) => {
  const [a, b] = [x(0), x(1)]
  if (a.sizes.length < 3 || b.sizes.length < 3) return pipe(a, o.matmul(b))
  const lead = commonSizes([a.sizes.slice(0, -2), b.sizes.slice(0, -2)])
  const wide = (y: Value): Value => o.broadcastTo(text([...lead, ...y.sizes.slice(-2)]))(y)
  return pipe(wide(a), o.matmul(wide(b)))
}

/** Any number of operands, from left to right. */
export const folded = (f: (x: Value, y: Value) => Value): Run =>
  since(8, node => {
    const [first = node.x(0), ...rest] = stretched(...node.xs())
    return rest.reduce(f, first)
  })

/** Axes of a reduction: an input or an attribute; none is all of them, or none of them where it says so. */
const axesOf = (node: Reader): readonly number[] => {
  const rank = node.shape(0).length
  const [attribute, idle] = [node.numbers('axes') ?? [], node.number('noop_with_empty_axes', 0)]
  const given = node.has(1) ? node.list(1) : attribute
  const all = Array.from({ length: rank }, (_, i) => i)
  return given.length > 0 ? given : idle === 1 ? [] : all
}
export const reduction =
  (f: (axes: readonly number[], options: { readonly keepDims: boolean }) => (x: Value) => Value): Run =>
  node =>
    f(axesOf(node), { keepDims: node.number('keepdims', 1) === 1 })(node.x(0))

/** A function along an axis from the end unless said otherwise. */
export const alongAxis =
  (f: (axis: number) => (x: Value) => Value): Run =>
  node =>
    f(node.number('axis', -1))(node.x(0))

export const argReduction =
  (f: (axis: number, options: { readonly keepDims: boolean }) => (x: Value) => Value): Run =>
  node => {
    const axis = node.number('axis', 0)
    const x = node.x(0)
    const [last, kept] = [node.number('select_last_index', 0) === 1, node.number('keepdims', 1) === 1]
    const at = axis < 0 ? axis + x.sizes.length : axis
    // The last of equals is the first from the other end.
    const place = f(at, { keepDims: kept })
    return last ? pipe(x, o.reverse(at), place, o.neg, o.add((x.sizes[at] ?? 0) - 1)) : place(x)
  }

/** Also the mean and 1 / √(variance + ε) where the operator gives them. */
export const layerNormalised = (node: Reader, centred: boolean): readonly Value[] => {
  const x = node.x(0)
  const axis = node.number('axis', -1)
  if (node.number('stash_type', 1) !== 1) return notOffered('statistics of another dtype than float32')
  const from = axis < 0 ? axis + x.sizes.length : axis
  const axes = x.sizes.map((_, i) => i).slice(from)
  const keep = { keepDims: true }
  const mean = o.mean(axes, keep)(x)
  const moved = centred ? pipe(x, o.sub(mean)) : x
  const scale = pipe(moved, o.square, o.mean(axes, keep), o.add(node.number('epsilon', 1e-5)), o.rsqrt)
  const scaled = pipe(moved, o.mul(scale), o.mul(node.x(1)))
  const y = node.has(2) ? pipe(scaled, o.add(node.x(2))) : scaled
  return centred ? [y, mean, scale] : [y]
}

/** A number for each channel, beside the axes after it. */
const byChannel = (x: Value, numbers: Value): Value => o.reshape(text([...numbers.sizes, ...x.sizes.slice(2).map(() => 1)]))(numbers)

export const batchNormalised: Run = node => {
  const x = node.x(0)
  const [epsilon, momentum, training] = [node.number('epsilon', 1e-5), node.number('momentum', 0.9), node.number('training_mode', 0)]
  const [scale, shift, mean, variance] = [node.x(1), node.x(2), node.x(3), node.x(4)]
  const over = x.sizes.map((_, i) => i).filter(i => i !== 1)
  const [usedMean, usedVariance] = training === 1 ? [o.mean(over)(x), o.variance(over)(x)] : [mean, variance]
  const factor = pipe(usedVariance, o.add(epsilon), o.rsqrt, o.mul(scale))
  const y = pipe(x, o.sub(byChannel(x, usedMean)), o.mul(byChannel(x, factor)), o.add(byChannel(x, shift)))
  const running = (old: Value, now: Value): Value => pipe(old, o.mul(momentum), o.add(pipe(now, o.mul(1 - momentum))))
  return training === 1 ? [y, running(mean, usedMean), running(variance, usedVariance)] : [y]
}

/** Channels in groups, each group of an example normalised by itself; as many groups as channels is instance normalisation. */
export const groupNormalised = (node: Reader, groups: (channels: number) => number): Value => {
  const x = node.x(0)
  const [n = 0, channels = 0] = x.sizes
  if (node.number('stash_type', 1) !== 1) return notOffered('statistics of another dtype than float32')
  const grouped = o.reshape(text([n, groups(channels), x.sizes.slice(1).reduce((a, b) => a * b, 1) / groups(channels)]))(x)
  const keep = { keepDims: true }
  const moved = pipe(grouped, o.sub(o.mean([2], keep)(grouped)))
  const scale = pipe(grouped, o.variance([2], keep), o.add(node.number('epsilon', 1e-5)), o.rsqrt)
  return pipe(moved, o.mul(scale), o.reshape(text(x.sizes)), o.mul(byChannel(x, node.x(1))), o.add(byChannel(x, node.x(2))))
}

export const sliced: Run = node => {
  const x = node.x(0)
  const [starts, ends] = [node.list(1), node.list(2)]
  const axes = node.has(3) ? node.list(3) : starts.map((_, i) => i)
  const steps = node.has(4) ? node.list(4) : starts.map(() => 1)
  const givenFor = (axis: number): number => axes.findIndex(given => (given < 0 ? given + x.sizes.length : given) === axis)
  const backwards = x.sizes.flatMap((_, axis) => ((steps[givenFor(axis)] ?? 1) < 0 ? [axis] : []))
  const pattern = x.sizes.map((size, axis) => {
    const i = givenFor(axis)
    if (i < 0) return ':'
    const step = steps[i] ?? 1
    // This library does not clamp: what lies beyond the end is cut here.
    const clamp = (n: number, low: number, high: number): number => Math.min(high, Math.max(low, n < 0 ? n + size : n))
    if (step > 0) {
      const start = clamp(starts[i] ?? 0, 0, size)
      return `${start}:${Math.max(start, clamp(ends[i] ?? size, 0, size))}:${step}`
    }
    // From the other end, entry n stands at size - 1 - n.
    const start = size - 1 - clamp(starts[i] ?? size, -1, size - 1)
    return `${start}:${Math.max(start, size - 1 - clamp(ends[i] ?? -1, -1, size - 1))}:${-step}`
  })
  return pipe(x, o.reverse(backwards), o.slice(pattern.join(', ')))
}

const padModes = { constant: 'constant', edge: 'edge', reflect: 'reflect', wrap: 'wrap' } as const

export const padded: Run = node => {
  const given = node.text('mode', 'constant')
  const mode = Object.values(padModes).find(name => name === given) ?? notOffered(`pads in the mode ${given}`)
  const x = node.x(0)
  const rank = x.sizes.length
  const axes = node.has(3) ? node.list(3).map(axis => (axis < 0 ? axis + rank : axis)) : x.sizes.map((_, i) => i)
  const pads = node.list(1)
  const end = (axis: number, offset: number): number => (axes.includes(axis) ? (pads[axes.indexOf(axis) + offset] ?? 0) : 0)
  const ends = x.sizes.map((_, axis) => [end(axis, 0), end(axis, axes.length)] as const)
  const value = node.has(2) ? (node.list(2)[0] ?? 0) : 0
  // A negative pad takes entries away.
  const kept = ends.map(([low, high], axis) => `${Math.max(0, -low)}:${(x.sizes[axis] ?? 0) - Math.max(0, -high)}`)
  const widths = ends.map(([low, high]) => [Math.max(0, low), Math.max(0, high)] as const)
  return pipe(x, o.slice(kept.join(', ')), o.pad(widths, { mode, value }))
}

export const reshaped: Run = node => {
  const x = node.x(0)
  const total = x.sizes.reduce((product, size) => product * size, 1)
  const copied = node.number('allowzero', 0) === 0
  const wanted = node.list(1).map((size, i) => (size === 0 && copied ? (x.sizes[i] ?? 0) : size))
  const known = wanted.reduce((product, size) => (size === -1 ? product : product * size), 1)
  return o.reshape(text(wanted.map(size => (size === -1 ? total / known : size))))(x)
}

export const split: Run = node => {
  const x = node.x(0)
  const given = node.number('axis', 0)
  const axis = given < 0 ? given + x.sizes.length : given
  const size = x.sizes[axis] ?? 0
  const parts = node.number('num_outputs', node.outputs)
  const each = Math.ceil(size / parts)
  const sizes = node.has(1) ? node.list(1) : Array.from({ length: parts }, (_, i) => Math.min(each, size - i * each))
  let end = 0
  return sizes.map(length => {
    const start = end
    end += length
    return o.slice(x.sizes.map((_, i) => (i === axis ? `${start}:${end}` : ':')).join(', '))(x)
  })
}

export const expandedDims: Run = node => {
  const rank = node.shape(0).length + node.list(1).length
  const axes = node.list(1).map(axis => (axis < 0 ? axis + rank : axis))
  return axes.toSorted((a, b) => a - b).reduce<Value>((x, axis) => o.expandDims(axis)(x), node.x(0))
}

export const gemm: Run = node => {
  const side = (i: number, flag: string): Value => (node.number(flag, 0) === 1 ? o.transpose(node.x(i)) : node.x(i))
  const [alpha, beta] = [node.number('alpha', 1), node.number('beta', 1)]
  const product = pipe(side(0, 'transA'), o.matmul(side(1, 'transB')), o.mul(alpha))
  if (!node.has(2)) return product
  const [a = product, b = product] = stretched(product, pipe(node.x(2), o.mul(beta)))
  return pipe(a, o.add(b))
}

export const nll = (logP: Value, node: Reader): Value => {
  const labels = node.indices(1)
  const weights = node.has(2) ? node.x(2) : undefined
  const [ignored, reduction] = [node.number('ignore_index', Number.NaN), node.text('reduction', 'mean')]
  const classes = logP.sizes[1] ?? 0
  const counted = Number.isNaN(ignored)
    ? castTo(pipe(labels, o.equal(labels)), 'float32')
    : castTo(pipe(labels, o.notEqual(ignored)), 'float32')
  // A label to ignore may lie outside the classes: its row is then all zeros.
  const hot = o.moveAxis(-1, 1)(o.oneHot(classes)(labels))
  const columns = weights === undefined ? hot : pipe(hot, o.mul(byChannel(logP, weights)))
  const each = pipe(logP, o.mul(columns), o.sum(1), o.neg, o.mul(counted))
  if (reduction === 'none') return each
  const total = o.sum()(each)
  if (reduction === 'sum') return total
  if (reduction !== 'mean') return notOffered(`the reduction ${reduction}`)
  return pipe(total, o.div(pipe(columns, o.sum(1), o.mul(counted), o.sum())))
}

/** ONNX writes the values off and on, and the axis; indices from the end count there, and others give a row without a one. */
export const oneHot: Run = node => {
  const labels = node.indices(0)
  const depth = node.list(1)[0] ?? 0
  const values = node.x(2)
  const axis = node.number('axis', -1)
  const counted = pipe(labels, o.less(0), o.where(pipe(labels, o.add(depth)), labels))
  const hot = o.moveAxis(-1, axis < 0 ? axis + labels.sizes.length + 1 : axis)(o.oneHot(depth)(counted))
  const value = (i: number): Value => o.broadcastTo(text(hot.sizes))(o.slice(`${i}`)(values))
  return pipe(hot, o.equal(1), o.where(value(1), value(0)))
}

export const threshold =
  (alpha: number) =>
  (x: Value): Value =>
    pipe(x, o.greater(alpha), o.where(x, 0))

/** ONNX writes an axis as one letter, with nothing between them. */
const apart = (axes: string): string => axes.replaceAll(/\.\.\.|[A-Za-z]/g, axis => `${axis} `).trim()

export const multipliedBy: Run = node => {
  const [inputs = '', output] = node.text('equation', '').replaceAll(' ', '').split('->')
  if (output === undefined) return notOffered('a pattern of einsum without ->')
  const pattern = `${inputs.split(',').map(apart).join(', ')} -> ${apart(output)}`.trim()
  return typed<(pattern: string) => (...xs: readonly Value[]) => Value>(o.einsum)(pattern)(...node.xs())
}

/** A cumulative function, whose axis is an input. */
export const cumulated = (
  node: Reader,
  f: (axis: number, options: { readonly exclusive: boolean; readonly reverse: boolean }) => (x: Value) => Value,
): Value => {
  const [exclusive, reverse] = [node.number('exclusive', 0) === 1, node.number('reverse', 0) === 1]
  return f(node.list(1)[0] ?? 0, { exclusive, reverse })(node.x(0))
}
