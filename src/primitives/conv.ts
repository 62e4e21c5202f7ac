/**
 * `conv`: the cross-correlation that networks call convolution (lax.conv_general_dilated), over any number of spatial axes.
 *
 *   x 'n groups·in …h', w 'groups·out in …k'  →  y 'n groups·out …p'
 *   y[n, o, p] = Σ over i, k of x[n, i, p·stride + k·dilation - low] · w[o, i, k]
 *
 * where outputs and inputs of one group meet only each other. x is first spread by `inputDilation` (zeros between its entries), then gets
 * `low` and `high` zeros at the ends of each axis; where those are negative it is cut.
 *
 * Gradient: to x: ct, spread by the stride, convolved with w mirrored, its inputs and outputs exchanged. To w: the windows of x, each
 * entry multiplied by ct's at the window's position, summed over positions and examples.
 * Numerics: products are added in float64 in the order of the inputs, then of the kernel's entries, and rounded once at the end.
 * Source: https://docs.jax.dev/en/latest/_autosummary/jax.lax.conv_general_dilated.html, with N C spatial, O I spatial.
 */
import type { Operand } from '../program/index.js'
import { type Aval, allocate, at, type Buffer, fail, isInteger, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { contract } from './contract.js'
import { callOf } from './family/call.js'
import { checkSameDType } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real, whole } from './family/sample.js'
import { moveAxis } from './permute.js'
import { reshapeTo } from './reshape.js'
import { reverseAxes } from './reverse.js'
import { padWith, sliceOf } from './slice.js'
import { broadcastAxes } from './sum.js'
import { windowCount, windows } from './windows.js'

/** Every list has an entry for each spatial axis. */
export type ConvParams = {
  readonly stride: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly inputDilation: readonly number[]
  readonly dilation: readonly number[]
  readonly groups: number
}

const spatial = (x: Aval): readonly number[] => x.sizes.slice(2)
const range = (start: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => start + i)
/** The length of n entries with zeros between them. */
const spread = (n: number, dilation: number): number => (n === 0 ? 0 : (n - 1) * dilation + 1)
/** The length of spatial axis i of x, spread and padded. */
const padded = (x: Aval, i: number, { low, high, inputDilation }: ConvParams): number =>
  spread(at(x.sizes, i + 2), at(inputDilation, i)) + at(low, i) + at(high, i)

const fits = (x: Aval, w: Aval, params: ConvParams): boolean => {
  const { stride, low, high, inputDilation, dilation, groups } = params
  const rank = w.sizes.length
  const [outputs, inputs] = [at(w.sizes, 0), at(w.sizes, 1)]
  return (
    rank > 2 &&
    rank === x.sizes.length &&
    [stride, inputDilation, dilation, spatial(w)].every(
      list => list.length === rank - 2 && list.every(n => Number.isInteger(n) && n > 0),
    ) &&
    [low, high].every(list => list.length === rank - 2 && list.every(Number.isInteger)) &&
    groups > 0 &&
    outputs % groups === 0 &&
    at(x.sizes, 1) === inputs * groups &&
    spatial(x).every((_, i) => padded(x, i, params) >= 0)
  )
}

const shape = (x: Aval, w: Aval, params: ConvParams): Aval => {
  checkSameDType('conv', x, w)
  if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "conv: needs numbers, not bool: cast('float32') first" })
  if (!fits(x, w, params))
    return fail({
      _tag: 'ShapeError',
      detail: `conv: '${x.sizes.join(' ')}' by the kernel '${w.sizes.join(' ')}' in ${params.groups} groups, ${params.low.join()} and ${params.high.join()} zeros around`,
    })
  const counts = spatial(w).map((size, i) => windowCount(padded(x, i, params), size, at(params.stride, i), at(params.dilation, i)))
  return { sizes: [at(x.sizes, 0), at(w.sizes, 0), ...counts], dtype: x.dtype }
}

/** x spread, padded and cut, its channels in groups: 'n groups in …'. */
const prepared = (x: Value, { low, high, inputDilation, groups }: ConvParams): Value => {
  const around = (list: readonly number[], clamp: (n: number) => number): readonly number[] => [0, 0, ...list.map(clamp)]
  const zeros = padWith(x, {
    low: around(low, n => Math.max(0, n)),
    high: around(high, n => Math.max(0, n)),
    interior: around(inputDilation, n => n - 1),
  })
  const start = around(low, n => Math.max(0, -n))
  const stop = around(high, n => Math.max(0, -n)).map((cut, axis) => at(zeros.sizes, axis) - cut)
  const cut = sliceOf(zeros, { start, stop, step: zeros.sizes.map(() => 1) })
  return reshapeTo(cut, [at(cut.sizes, 0), groups, at(cut.sizes, 1) / groups, ...spatial(cut)])
}

/** Every window of x: 'n groups in …positions …offsets'. */
const windowsOf = (x: Value, w: Aval, params: ConvParams): Value =>
  windows(prepared(x, params), {
    axes: range(3, spatial(w).length),
    size: spatial(w),
    step: params.stride,
    dilation: params.dilation,
  })

/** The kernel with its outputs in groups: 'groups out in …'. */
const grouped = (w: Value, groups: number): Value => reshapeTo(w, [groups, at(w.sizes, 0) / groups, ...w.sizes.slice(1)])

/**
 * The convolution as a product: for each example and group, the matrix of w by the matrix of the windows. In this order the axes of the
 * product are those of the result.
 */
const asProduct = (x: Value, w: Value, params: ConvParams): Value => {
  const rank = spatial(w).length
  const kernel = grouped(w, params.groups)
  const repeated = broadcastAxes(kernel, [at(x.sizes, 0), ...kernel.sizes], [0])
  const product = contract(repeated, windowsOf(x, w, params), {
    left: range(3, rank + 1),
    right: [2, ...range(rank + 3, rank)],
    leftBatch: [0, 1],
    rightBatch: [0, 1],
  })
  return reshapeTo(product, shape(x, w, params).sizes)
}

/** The cotangent of x: a convolution of ct by the mirrored kernel. Where `conv` pads, this one cuts, and the other way round. */
const toInput = (ct: Value, x: Aval, w: Value, params: ConvParams): Value => {
  const { stride, low, inputDilation, dilation, groups } = params
  const kernel = grouped(w, groups)
  const [, outputs = 0, inputs = 0] = kernel.sizes
  const exchanged = reshapeTo(moveAxis(kernel, 2, 1), [groups * inputs, outputs, ...spatial(w)])
  const before = spatial(w).map((size, i) => (size - 1) * at(dilation, i) - at(low, i))
  const after = spatial(w).map(
    (size, i) =>
      spread(at(x.sizes, i + 2), at(inputDilation, i)) +
      (size - 1) * at(dilation, i) -
      spread(at(ct.sizes, i + 2), at(stride, i)) -
      at(before, i),
  )
  const mirrored = reverseAxes(exchanged, range(2, spatial(w).length))
  return conv(ct, mirrored, { stride: inputDilation, low: before, high: after, inputDilation: stride, dilation, groups })
}

/** The cotangent of w: windows of x contracted with ct over examples and positions. */
const toKernel = (ct: Value, x: Value, w: Aval, params: ConvParams): Value => {
  const rank = spatial(w).length
  const { groups } = params
  const parts = reshapeTo(ct, [at(ct.sizes, 0), groups, at(ct.sizes, 1) / groups, ...spatial(ct)])
  const places = [0, ...range(3, rank)]
  return reshapeTo(contract(parts, windowsOf(x, w, params), { left: places, right: places, leftBatch: [1], rightBatch: [1] }), w.sizes)
}

const evaluate = (x: Operand, w: Operand, params: ConvParams, output: Aval): Buffer => {
  const { stride, low, inputDilation, dilation, groups } = params
  const [outputs = 0, inputs = 0, ...kernel] = w.sizes
  const channels = inputs * groups
  const integer = isInteger(output.dtype)
  const result = allocate(output.dtype, sizeOf(output.sizes))
  const position = new Array<number>(kernel.length).fill(0)
  /** Adds the products of the window at `position`, from a spatial axis on; xPlace is undefined where the window is among the zeros. */
  const add = (axis: number, sum: number, xPlace: number | undefined, wPlace: number): number => {
    if (axis === kernel.length) {
      const [a, b] = [xPlace === undefined ? 0 : at(x.data, xPlace), at(w.data, wPlace)]
      return integer ? (sum + Math.imul(a, b)) | 0 : sum + a * b
    }
    const [length, size] = [at(x.sizes, axis + 2), at(kernel, axis)]
    let total = sum
    for (let k = 0; k < size; k += 1) {
      const place = (at(position, axis) * at(stride, axis) + k * at(dilation, axis) - at(low, axis)) / at(inputDilation, axis)
      const isInside = place >= 0 && place < length && Number.isInteger(place)
      total = add(axis + 1, total, xPlace !== undefined && isInside ? xPlace * length + place : undefined, wPlace * size + k)
    }
    return total
  }
  for (let place = 0; place < result.length; place += 1) {
    let rest = place
    for (let axis = kernel.length - 1; axis >= 0; axis -= 1) {
      const count = at(output.sizes, axis + 2)
      position[axis] = rest % count
      rest = Math.floor(rest / count)
    }
    const o = rest % outputs
    const n = Math.floor(rest / outputs)
    const first = Math.floor(o / (outputs / groups)) * inputs
    let sum = 0
    for (let i = 0; i < inputs; i += 1) sum = add(0, sum, n * channels + first + i, o * inputs + i)
    result[place] = sum
  }
  return result
}

/** The convolution where w has a leading axis, or both sides have it (`both`): the axis is joined with the output channels. */
const batched = (x: Value, w: Value, both: boolean, params: ConvParams, size: number): Value => {
  const { groups } = params
  const [outputs = 0, inputs = 0, ...kernel] = w.sizes.slice(1)
  const each = outputs / groups
  if (both) {
    const [n = 0, channels = 0, ...lengths] = x.sizes.slice(1)
    const row = shape({ ...x, sizes: x.sizes.slice(1) }, { ...w, sizes: w.sizes.slice(1) }, params)
    if (size === 0) return filled({ ...row, sizes: [0, ...row.sizes] }, 0)
    // Each place of the leading axis is a set of groups of its own.
    const side = reshapeTo(moveAxis(x, 0, 1), [n, size * channels, ...lengths])
    const y = conv(side, reshapeTo(w, [size * outputs, inputs, ...kernel]), { ...params, groups: size * groups })
    return moveAxis(reshapeTo(y, [n, size, ...row.sizes.slice(1)]), 1, 0)
  }
  const kernels = moveAxis(reshapeTo(w, [size, groups, each, inputs, ...kernel]), 0, 1)
  const y = conv(x, reshapeTo(kernels, [groups * size * each, inputs, ...kernel]), params)
  const apart = moveAxis(reshapeTo(y, [at(y.sizes, 0), groups, size, each, ...spatial(y)]), 2, 0)
  return reshapeTo(apart, [size, at(y.sizes, 0), outputs, ...spatial(y)])
}

const plain = (rank: number, changes: Partial<ConvParams> = {}): ConvParams => {
  const all = (n: number): readonly number[] => range(0, rank).map(() => n)
  return { stride: all(1), low: all(0), high: all(0), inputDilation: all(1), dilation: all(1), groups: 1, ...changes }
}

export const convPrimitive: Primitive<ConvParams> = primitive<readonly [Value, Value], ConvParams>({
  name: 'conv',
  arity: 2,
  samples: [
    { params: plain(1), inputs: [real([2, 2, 4]), real([3, 2, 3])] },
    { params: plain(2, { stride: [2, 1], low: [1, 0], high: [0, 2] }), inputs: [real([1, 2, 4, 3]), real([2, 2, 3, 2])] },
    { params: plain(1, { dilation: [2], groups: 2, low: [2], high: [1], stride: [3] }), inputs: [real([2, 4, 5]), real([2, 2, 3])] },
    { params: plain(1, { inputDilation: [2], low: [-1], high: [2], dilation: [2] }), inputs: [real([1, 2, 3]), real([2, 2, 2])] },
    { params: plain(3, { groups: 2, high: [0, 1, 0] }), inputs: [real([1, 2, 2, 1, 2]), real([2, 1, 1, 2, 2])] },
    { params: plain(1, { low: [3], high: [-1], stride: [2] }), inputs: [real([1, 1, 2]), real([1, 1, 2])] },
    { params: plain(1), inputs: [real([1, 1, 2]), real([2, 1, 3])] },
    { params: plain(1, { low: [1], high: [1] }), inputs: [real([2, 0, 3]), real([2, 0, 2])] },
    { params: plain(1, { low: [1], high: [1] }), inputs: [whole([1, 2, 3], -9, 9), whole([2, 2, 2], -9, 9)] },
  ],
  shape: ([x, w], params) => shape(x, w, params),
  vjp: ([x, w], params) => [ct => toInput(ct, x, w, params), ct => toKernel(ct, x, w, params)],
  jvp: ([x, w], [s, t], params) => [...(s ? [conv(s, w, params)] : []), ...(t ? [conv(x, t, params)] : [])],
  batch: ([x, w], [xBatched, wBatched], params, size) => {
    if (wBatched) return perExample(batched(x, w, xBatched, params, size))
    const y = conv(reshapeTo(x, [size * at(x.sizes, 1), ...x.sizes.slice(2)]), w, params)
    return perExample(reshapeTo(y, [size, at(x.sizes, 1), ...y.sizes.slice(1)]))
  },
  evaluate: ([x, w], params, output) => evaluate(x, w, params, output),
  lower: (inputs, params) => callOf((x: Value, w: Value) => asProduct(x, w, params), inputs),
  uniform: 'no',
})

export const conv = (x: Value, w: Value, params: ConvParams): Value => apply(convPrimitive.of(params), x, w)
