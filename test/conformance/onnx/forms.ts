/** How ONNX passes axes, bounds and weights, and what becomes of them here. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { castTo, padWith } from '../../../src/primitives/index.js'
import type { Value } from '../../../src/tensor/index.js'
import { indices, type Reader, Unsupported } from './node.js'

export type Run = (node: Reader) => Value | readonly Value[]

export const text = (sizes: readonly number[]): string => sizes.join(' ')
const scalar = ({ list }: Reader, i: number): number => list(i)[0] ?? Number.NaN
export const fail = (reason: string): never => {
  throw new Unsupported(reason)
}

export const unary =
  (f: (x: Value) => Value): Run =>
  ({ x }) =>
    f(x(0))
/** Both operands stretched to their common sizes: this library's operations stretch one of them only. */
export const binary =
  (f: (x: Value, y: Value) => Value): Run =>
  ({ x }) => {
    const [a, b] = [x(0), x(1)]
    const rank = Math.max(a.sizes.length, b.sizes.length)
    const padded = (sizes: readonly number[]) => [...Array<number>(rank - sizes.length).fill(1), ...sizes]
    const common = padded(a.sizes).map((size, i) => Math.max(size, padded(b.sizes)[i] ?? 1))
    return f(o.broadcastTo(text(common))(a), o.broadcastTo(text(common))(b))
  }
/** Any number of operands, from left to right. */
export const folded =
  (f: (x: Value, y: Value) => Value): Run =>
  node => {
    const [first, ...rest] = node.xs()
    return first === undefined ? fail('no operands') : rest.reduce(f, first)
  }

/** Axes of a reduction: an input or an attribute; none is all of them, or none of them where it says so. */
const axesOf = (node: Reader): readonly number[] => {
  const rank = node.data(0).shape.length
  const given = node.has(1) ? node.list(1) : (node.numbers('axes') ?? [])
  const all = Array.from({ length: rank }, (_, i) => i)
  return given.length > 0 ? given : node.number('noop_with_empty_axes', 0) === 1 ? [] : all
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
  (f: (axis: number) => (x: Value) => Value): Run =>
  node => {
    const axis = node.number('axis', 0)
    const x = node.x(0)
    const last = node.number('select_last_index', 0) === 1
    const at = axis < 0 ? axis + x.sizes.length : axis
    // The last of equals is the first from the other end.
    const found = last ? pipe(x, o.reverse(at), f(at), o.neg, o.add((x.sizes[at] ?? 0) - 1)) : f(at)(x)
    return node.number('keepdims', 1) === 1 ? o.expandDims(at)(found) : found
  }

export const layerNormalised = (node: Reader, centred: boolean): Value => {
  const x = node.x(0)
  const axis = node.number('axis', -1)
  const from = axis < 0 ? axis + x.sizes.length : axis
  const axes = x.sizes.map((_, i) => i).slice(from)
  const keep = { keepDims: true }
  const moved = centred ? pipe(x, o.sub(o.mean(axes, keep)(x))) : x
  const scale = pipe(moved, o.square, o.mean(axes, keep), o.add(node.number('epsilon', 1e-5)), o.rsqrt)
  const scaled = pipe(moved, o.mul(scale), o.mul(node.x(1)))
  return node.has(2) ? pipe(scaled, o.add(node.x(2))) : scaled
}

export const sliced = (node: Reader): Value => {
  const x = node.x(0)
  const [starts, ends] = [node.list(1), node.list(2)]
  const axes = node.has(3) ? node.list(3) : starts.map((_, i) => i)
  const steps = node.has(4) ? node.list(4) : starts.map(() => 1)
  if (steps.some(step => step < 0)) return fail('slices with negative steps')
  const pattern = x.sizes.map((size, axis) => {
    const i = axes.findIndex(given => (given < 0 ? given + x.sizes.length : given) === axis)
    // This library does not clamp: what lies beyond the end is cut here.
    const clamp = (n: number): number => Math.min(size, Math.max(0, n < 0 ? n + size : n))
    return i < 0 ? ':' : `${clamp(starts[i] ?? 0)}:${clamp(ends[i] ?? size)}:${steps[i] ?? 1}`
  })
  return o.slice(pattern.join(', '))(x)
}

export const padded = (node: Reader): Value => {
  if (node.text('mode', 'constant') !== 'constant') return fail(`pads in the mode ${node.text('mode', '')}`)
  const x = node.x(0)
  const rank = x.sizes.length
  const axes = node.has(3) ? node.list(3).map(axis => (axis < 0 ? axis + rank : axis)) : x.sizes.map((_, i) => i)
  const pads = node.list(1)
  const side = (offset: number): readonly number[] =>
    x.sizes.map((_, axis) => (axes.includes(axis) ? (pads[axes.indexOf(axis) + offset] ?? 0) : 0))
  const params = { low: side(0), high: side(axes.length), interior: x.sizes.map(() => 0) }
  // This library pads with 0: the value is added where the padded mask is false.
  const value = node.has(2) ? scalar(node, 2) : 0
  const inside = padWith(castTo(pipe(x, o.equal(x)), 'int32'), params)
  return pipe(inside, o.equal(1), o.where(padWith(x, params), value))
}

export const reshaped = (node: Reader): Value => {
  const x = node.x(0)
  const total = x.sizes.reduce((product, size) => product * size, 1)
  const wanted = node.list(1).map((size, i) => (size === 0 && node.number('allowzero', 0) === 0 ? (x.sizes[i] ?? 0) : size))
  const known = wanted.reduce((product, size) => (size === -1 ? product : product * size), 1)
  return o.reshape(text(wanted.map(size => (size === -1 ? total / known : size))))(x)
}

export const split = (node: Reader): readonly Value[] => {
  const x = node.x(0)
  const axis = node.number('axis', 0)
  const size = x.sizes[axis] ?? 0
  const parts = node.number('num_outputs', 0)
  const each = Math.ceil(size / parts)
  const sizes = node.has(1) ? node.list(1) : Array.from({ length: parts }, (_, i) => Math.min(each, size - i * each))
  let end = 0
  return sizes.map(length => {
    const start = end
    end += length
    return o.slice(x.sizes.map((_, i) => (i === axis ? `${start}:${end}` : ':')).join(', '))(x)
  })
}

export const expandedDims = (node: Reader): Value => {
  const rank = node.data(0).shape.length + node.list(1).length
  const axes = node.list(1).map(axis => (axis < 0 ? axis + rank : axis))
  return axes.toSorted((a, b) => a - b).reduce<Value>((x, axis) => o.expandDims(axis)(x), node.x(0))
}

export const gemm = (node: Reader): Value => {
  const side = (i: number, flag: string): Value => (node.number(flag, 0) === 1 ? o.transpose(node.x(i)) : node.x(i))
  const product = pipe(side(0, 'transA'), o.matmul(side(1, 'transB')), o.mul(node.number('alpha', 1)))
  return node.has(2) ? pipe(product, o.add(pipe(node.x(2), o.mul(node.number('beta', 1))))) : product
}

export const nll = (logP: Value, node: Reader, weights: Value | undefined): Value => {
  const labels = indices(node.data(1))
  const ignored = node.number('ignore_index', Number.NaN)
  const reduction = node.text('reduction', 'mean')
  const classes = logP.sizes[1] ?? 0
  const counted = Number.isNaN(ignored)
    ? castTo(pipe(labels, o.equal(labels)), 'float32')
    : castTo(pipe(labels, o.notEqual(ignored)), 'float32')
  // A label to ignore may lie outside the classes: its row is then all zeros.
  const hot = o.moveAxis(-1, 1)(o.oneHot(classes)(labels))
  const columns = weights === undefined ? hot : pipe(hot, o.mul(o.reshape(text([classes, ...labels.sizes.slice(1).map(() => 1)]))(weights)))
  const each = pipe(logP, o.mul(columns), o.sum(1), o.neg, o.mul(counted))
  if (reduction === 'none') return each
  const total = o.sum()(each)
  return reduction === 'sum' ? total : pipe(total, o.div(pipe(columns, o.sum(1), o.mul(counted), o.sum())))
}

export const threshold =
  (alpha: number) =>
  (x: Value): Value =>
    pipe(x, o.greater(alpha), o.where(x, 0))
