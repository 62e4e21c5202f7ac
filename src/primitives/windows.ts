/**
 * `windows` reads every window of some axes, overlapping or not; `overlapAdd` adds windows up where they lie. Each is the other's
 * transpose. (numpy's sliding_window_view with a step and a dilation; im2col and col2im.)
 *
 *   windows: along each axis given, entry (p, k) is entry p·step + k·dilation of the input. Positions p take the axis' place, offsets k
 *   stand at the end, in the order of the axes: 'c h w' over h and w is 'c positions positions offsets offsets'.
 *
 * Gradient: windows: ct overlap-added to the input's sizes. overlapAdd: the windows of ct.
 * Numerics of overlapAdd: floats are added in float64 in the order of the index and rounded once at the end; integers wrap.
 */

import { type Aval, at, fail, rowMajor, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { add } from './add.js'
import { callOf } from './family/call.js'
import { filled } from './family/filled.js'
import { checkAxes, linear, shifted } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { addStrided, readStrided } from './family/strided.js'
import { moveAxis, permuteAxes } from './permute.js'
import { reshapeTo } from './reshape.js'
import { reverseAxes } from './reverse.js'
import { padAxis, sliceAxis } from './slice.js'
import { sumAxes } from './sum.js'

/** For each axis how far apart windows start (step), and how far apart the entries of one window are (dilation). */
type Lattice = { readonly axes: readonly number[]; readonly step: readonly number[]; readonly dilation: readonly number[] }
/** `size` is the number of entries in a window. */
type WindowParams = Lattice & { readonly size: readonly number[] }
/** `sizes` are those of the output along the axes. */
type OverlapParams = Lattice & { readonly sizes: readonly number[] }

/** How many windows of entries `dilation` apart start within `length` entries, every `step` of them. */
export const windowCount = (length: number, size: number, step: number, dilation: number): number =>
  Math.max(0, Math.floor((length - (size - 1) * dilation - 1) / step) + 1)

const areCounts = (list: readonly number[], length: number): boolean =>
  list.length === length && list.every(n => Number.isInteger(n) && n > 0)

const show = ({ axes, step, dilation }: Lattice): string => `axes ${axes.join()} by ${step.join()}, entries ${dilation.join()} apart`

/** Strides of a tensor seen through windows: along its own axes, then along the offsets. */
const strides = (sizes: readonly number[], { axes, step, dilation }: Lattice): readonly number[] => {
  const own = rowMajor(sizes)
  const place = (axis: number): number => axes.indexOf(axis)
  return [
    ...own.map((stride, axis) => (axes.includes(axis) ? stride * at(step, place(axis)) : stride)),
    ...axes.map((axis, i) => at(own, axis) * at(dilation, i)),
  ]
}

const lifted = ({ axes, step, dilation }: Lattice): Lattice => ({ axes: shifted(axes), step, dilation })

const windowSizes = (x: Aval, { axes, size, step, dilation }: WindowParams): readonly number[] => [
  ...x.sizes.map((length, axis) => {
    const i = axes.indexOf(axis)
    return i < 0 ? length : windowCount(length, at(size, i), at(step, i), at(dilation, i))
  }),
  ...size,
]

export const windowsPrimitive: Primitive<WindowParams> = primitive(
  linear<WindowParams>({
    name: 'windows',
    samples: [
      { params: { axes: [0], size: [3], step: [1], dilation: [1] }, inputs: [real([5])] },
      { params: { axes: [1, 2], size: [2, 3], step: [2, 1], dilation: [1, 2] }, inputs: [real([2, 5, 6])] },
      { params: { axes: [1, 0], size: [2, 1], step: [3, 1], dilation: [1, 1] }, inputs: [real([2, 6])] },
      { params: { axes: [0], size: [3], step: [1], dilation: [1] }, inputs: [real([2])] },
      { params: { axes: [0], size: [2], step: [1], dilation: [2] }, inputs: [whole([4], 0, 1, 'bool')] },
    ],
    shape: (x, params) => {
      const { axes, size, step, dilation } = params
      checkAxes('windows', axes, x.sizes.length)
      return [size, step, dilation].every(list => areCounts(list, axes.length))
        ? { sizes: windowSizes(x, params), dtype: x.dtype }
        : fail({ _tag: 'ShapeError', detail: `windows: ${size.join()} entries of '${x.sizes.join(' ')}' along ${show(params)}` })
    },
    transpose: (ct, { sizes }, { axes, step, dilation }) =>
      overlapAdd(ct, { axes, step, dilation, sizes: axes.map(axis => at(sizes, axis)) }),
    self: params => windowsPrimitive.of(params),
    lift: params => ({ ...lifted(params), size: params.size }),
    evaluate: (x, params, output) => readStrided(x.data, output, strides(x.sizes, params)),
    lower: (x, { axes, step, dilation }) => ({
      kind: 'view',
      axes: [
        ...x.sizes.map((_, axis) => ({ axis, step: axes.includes(axis) ? at(step, axes.indexOf(axis)) : 1 })),
        ...axes.map((axis, i) => ({ axis, step: at(dilation, i) })),
      ],
      start: x.sizes.map(() => 0),
    }),
    keepsUniform: true,
  }),
)

/** The sizes that windows are added up to. */
const overlapSizes = (x: Aval, { axes, sizes }: OverlapParams): readonly number[] =>
  x.sizes.slice(0, x.sizes.length - axes.length).map((size, axis) => (axes.includes(axis) ? at(sizes, axes.indexOf(axis)) : size))

/** Whether the tensor has the sizes that `windows` gives of the output. */
const areWindows = (x: Aval, { axes, sizes, step, dilation }: OverlapParams): boolean =>
  axes.every((axis, i) => {
    const size = at(x.sizes, x.sizes.length - axes.length + i)
    return size > 0 && at(x.sizes, axis) === windowCount(at(sizes, i), size, at(step, i), at(dilation, i))
  })

export const overlapAddPrimitive: Primitive<OverlapParams> = primitive(
  linear<OverlapParams>({
    name: 'overlapAdd',
    samples: [
      { params: { axes: [0], sizes: [5], step: [1], dilation: [1] }, inputs: [real([3, 3])] },
      { params: { axes: [1, 2], sizes: [5, 6], step: [2, 1], dilation: [1, 2] }, inputs: [real([2, 2, 2, 2, 3])] },
      { params: { axes: [1, 0], sizes: [7, 2], step: [3, 1], dilation: [2, 1] }, inputs: [real([2, 2, 2, 1])] },
      { params: { axes: [0], sizes: [2], step: [1], dilation: [1] }, inputs: [real([0, 3])] },
      { params: { axes: [0], sizes: [4], step: [2], dilation: [1] }, inputs: [whole([1, 3], -9, 9)] },
    ],
    shape: (x, params) => {
      const { axes, sizes, step, dilation } = params
      checkAxes('overlapAdd', axes, x.sizes.length - axes.length)
      if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "overlapAdd: needs numbers, not bool: cast('int32') first" })
      return [step, dilation].every(list => areCounts(list, axes.length)) && sizes.length === axes.length && areWindows(x, params)
        ? { sizes: overlapSizes(x, params), dtype: x.dtype }
        : fail({ _tag: 'ShapeError', detail: `overlapAdd: '${x.sizes.join(' ')}' to ${sizes.join()} along ${show(params)}` })
    },
    transpose: (ct, x, { axes, step, dilation }) =>
      windows(ct, { axes, step, dilation, size: x.sizes.slice(x.sizes.length - axes.length) }),
    self: params => overlapAddPrimitive.of(params),
    lift: params => ({ ...lifted(params), sizes: params.sizes }),
    evaluate: (x, params, output) => addStrided(x, output, strides(output.sizes, params)),
    lower: (x, params) => callOf((windowed: Value) => addedUp(windowed, params), [x]),
    keepsUniform: false,
  }),
)

export const windows = (x: Value, params: WindowParams): Value => apply(windowsPrimitive.of(params), x)
export const overlapAdd = (x: Value, params: OverlapParams): Value => apply(overlapAddPrimitive.of(params), x)

/**
 * Joins two neighbouring axes, the positions p at `axis` and the offsets k behind it, to one of the given size: entries (p, k) are added up
 * at p·step + k·dilation.
 */
const joinPair = (x: Value, axis: number, size: number, step: number, dilation: number): Value => {
  const [count, offsets] = [at(x.sizes, axis), at(x.sizes, axis + 1)]
  const reach = (offsets - 1) * dilation
  const flat = (y: Value): Value =>
    reshapeTo(y, [...y.sizes.slice(0, axis), at(y.sizes, axis) * at(y.sizes, axis + 1), ...y.sizes.slice(axis + 2)])
  if (step > reach) {
    // No place is in two windows, so the axis is the windows one after another, with gaps.
    const joined = flat(padAxis(x, axis + 1, { low: 0, high: step - reach - 1, interior: dilation - 1 }))
    const length = count * step
    return length > size ? sliceAxis(joined, axis, 0, size) : padAxis(joined, axis, { low: 0, high: size - length, interior: 0 })
  }
  // Window p is written at q = p·step + reach, its offsets from last to first; then entry i is the sum over k of place q = i + k·dilation,
  // offset k: a diagonal, which in one axis of q and k together is every (offsets·dilation + 1)-th entry.
  const used = count === 0 ? 0 : (count - 1) * step + 1
  const placed = padAxis(reverseAxes(x, [axis + 1]), axis, { low: reach, high: size - used, interior: step - 1 })
  const diagonals = windows(flat(placed), { axes: [axis], size: [offsets], step: [offsets], dilation: [offsets * dilation + 1] })
  return sumAxes(moveAxis(diagonals, diagonals.sizes.length - 1, 0), [0])
}

/** `overlapAdd` by other primitives, one axis after another. */
const addedUp = (x: Value, { axes, sizes, step, dilation }: OverlapParams): Value => {
  const rank = x.sizes.length - axes.length
  const own = x.sizes.slice(0, rank).map((_, axis) => axis)
  const areApart = axes.every((_, i) => at(step, i) > (at(x.sizes, rank + i) - 1) * at(dilation, i))
  const beside = permuteAxes(
    // `overlapAdd` begins its sums with 0, so that a sum of -0 alone is 0. This must be so where nothing is added here, too.
    areApart ? add(x, filled(x, 0)) : x,
    own.flatMap(axis => (axes.includes(axis) ? [axis, rank + axes.indexOf(axis)] : [axis])),
  )
  // The last axis is done first, so that the axes before it keep their positions.
  return own
    .filter(axis => axes.includes(axis))
    .toReversed()
    .reduce((result, axis) => {
      const i = axes.indexOf(axis)
      const before = axes.filter(other => other < axis).length
      return joinPair(result, axis + before, at(sizes, i), at(step, i), at(dilation, i))
    }, beside)
}
