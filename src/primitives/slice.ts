/**
 * `slice` keeps every step-th entry from start to stop of each axis; `pad` puts zeros around and between entries. Each is the other's
 * transpose. (lax.slice, and lax.pad with a padding value of 0 and no negative padding.)
 *
 * Gradient: slice: ct padded back to the input's sizes. pad: the entries of ct at the input's places.
 */
import { apply, type Primitive, primitive } from '../program/index.js'
import { allocate, at, fail, rowMajor, sizeOf, type Value } from '../tensor/index.js'
import { linear } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { forEachOffset, readStrided } from './family/strided.js'

type SliceParams = { readonly start: readonly number[]; readonly stop: readonly number[]; readonly step: readonly number[] }
/** Zeros before, after and between the entries of each axis. */
type PadParams = { readonly low: readonly number[]; readonly high: readonly number[]; readonly interior: readonly number[] }

const fits = (lists: readonly (readonly number[])[], rank: number): boolean =>
  lists.every(list => list.length === rank && list.every(n => Number.isInteger(n) && n >= 0))

export const slicePrimitive: Primitive<SliceParams> = primitive(
  linear<SliceParams>({
    name: 'slice',
    samples: [
      { params: { start: [1, 0], stop: [3, 5], step: [1, 2] }, inputs: [real([4, 5])] },
      { params: { start: [1], stop: [5], step: [2] }, inputs: [real([6])] },
      { params: { start: [2], stop: [2], step: [1] }, inputs: [whole([3], 0, 9)] },
    ],
    shape: ({ sizes, dtype }, { start, stop, step }) =>
      fits([start, stop, step], sizes.length) &&
      sizes.every((size, axis) => at(start, axis) <= at(stop, axis) && at(stop, axis) <= size && at(step, axis) > 0)
        ? { sizes: sizes.map((_, axis) => Math.ceil((at(stop, axis) - at(start, axis)) / at(step, axis))), dtype }
        : fail({ _tag: 'ShapeError', detail: `slice: ${start.join()} to ${stop.join()} by ${step.join()} of '${sizes.join(' ')}'` }),
    transpose: (ct, { sizes }, { start, step }) => {
      const interior = step.map(n => n - 1)
      const reach = ct.sizes.map((size, axis) => at(start, axis) + (size === 0 ? 0 : (size - 1) * at(step, axis) + 1))
      return padWith(ct, { low: start, high: sizes.map((size, axis) => size - at(reach, axis)), interior })
    },
    self: params => slicePrimitive.of(params),
    lift: ({ start, stop, step }, size) => ({ start: [0, ...start], stop: [size, ...stop], step: [1, ...step] }),
    evaluate: (x, { start, step }, output) => {
      const steps = rowMajor(x.sizes)
      const offset = start.reduce((sum, first, axis) => sum + first * at(steps, axis), 0)
      return readStrided(
        x.data,
        output,
        steps.map((stride, axis) => stride * at(step, axis)),
        offset,
      )
    },
    lower: (_, { start, step }) => ({ kind: 'view', axes: step.map((n, axis) => ({ axis, step: n })), start }),
    keepsUniform: true,
  }),
)

export const padPrimitive: Primitive<PadParams> = primitive(
  linear<PadParams>({
    name: 'pad',
    samples: [
      { params: { low: [1, 0], high: [0, 2], interior: [0, 1] }, inputs: [real([2, 3])] },
      { params: { low: [1], high: [1], interior: [2] }, inputs: [real([0])] },
      { params: { low: [2], high: [1], interior: [0] }, inputs: [whole([3], 0, 9)] },
    ],
    shape: ({ sizes, dtype }, { low, high, interior }) =>
      fits([low, high, interior], sizes.length)
        ? {
            sizes: sizes.map((size, axis) => at(low, axis) + at(high, axis) + size + Math.max(0, size - 1) * at(interior, axis)),
            dtype,
          }
        : fail({ _tag: 'ShapeError', detail: `pad: ${low.join()} and ${high.join()} with ${interior.join()} of '${sizes.join(' ')}'` }),
    transpose: (ct, { sizes }, { low, interior }) => {
      const step = interior.map(n => n + 1)
      const stop = sizes.map((size, axis) => at(low, axis) + (size === 0 ? 0 : (size - 1) * at(step, axis) + 1))
      return sliceOf(ct, { start: low, stop, step })
    },
    self: params => padPrimitive.of(params),
    lift: ({ low, high, interior }) => ({ low: [0, ...low], high: [0, ...high], interior: [0, ...interior] }),
    evaluate: (x, { low, interior }, output) => {
      const result = allocate(output.dtype, sizeOf(output.sizes))
      const steps = rowMajor(output.sizes)
      const offset = low.reduce((sum, first, axis) => sum + first * at(steps, axis), 0)
      let place = 0
      forEachOffset(
        x.sizes,
        steps.map((stride, axis) => stride * (at(interior, axis) + 1)),
        offset,
        target => {
          result[target] = at(x.data, place)
          place += 1
        },
      )
      return result
    },
    lower: (_, { low, interior }) => ({ kind: 'place', parts: [{ start: low, step: interior.map(n => n + 1) }] }),
    keepsUniform: false,
  }),
)

export const sliceOf = (x: Value, params: SliceParams): Value =>
  x.sizes.every((size, axis) => params.start[axis] === 0 && params.stop[axis] === size && params.step[axis] === 1)
    ? x
    : apply(slicePrimitive.of(params), x)

/** The entries from start to stop of one axis. */
export const sliceAxis = (x: Value, axis: number, start: number, stop: number): Value =>
  sliceOf(x, {
    start: x.sizes.map((_, i) => (i === axis ? start : 0)),
    stop: x.sizes.map((size, i) => (i === axis ? stop : size)),
    step: x.sizes.map(() => 1),
  })

export const padWith = (x: Value, params: PadParams): Value =>
  [params.low, params.high, params.interior].every(list => list.every(n => n === 0)) ? x : apply(padPrimitive.of(params), x)

/** Zeros before, after and between the entries of one axis. */
export const padAxis = (x: Value, axis: number, by: { readonly low: number; readonly high: number; readonly interior: number }): Value => {
  const along = (n: number): readonly number[] => x.sizes.map((_, i) => (i === axis ? n : 0))
  return padWith(x, { low: along(by.low), high: along(by.high), interior: along(by.interior) })
}
