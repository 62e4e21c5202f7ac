/**
 * `sum` over axes and `broadcast` along new ones: each is the other's transpose.
 *
 * Gradient: sum: ct broadcast along the summed axes. broadcast: ct summed over the new axes.
 * Numerics: floats are added in float64 in the order of the index and rounded once at the end; integers wrap.
 */
import { fail, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { checkAxes, linear, shifted } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { addStrided, readStrided, stridesWithout } from './family/strided.js'

type SumParams = { readonly axes: readonly number[] }
/** `sizes` are the output's; `axes` are the output's new axes. */
type BroadcastParams = { readonly sizes: readonly number[]; readonly axes: readonly number[] }

export const sumPrimitive: Primitive<SumParams> = primitive(
  linear<SumParams>({
    name: 'sum',
    samples: [
      { params: { axes: [1] }, inputs: [real([3, 4])] },
      { params: { axes: [0, 2] }, inputs: [real([2, 3, 2])] },
      { params: { axes: [] }, inputs: [real([2])] },
      { params: { axes: [0] }, inputs: [whole([0, 2], 0, 9)] },
    ],
    shape: (x, { axes }) => {
      checkAxes('sum', axes, x.sizes.length)
      if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "sum: needs numbers, not bool: cast('int32') first" })
      return { sizes: x.sizes.filter((_, axis) => !axes.includes(axis)), dtype: x.dtype }
    },
    transpose: (ct, { sizes }, { axes }) => broadcastAxes(ct, sizes, axes),
    self: params => sumPrimitive.of(params),
    lift: ({ axes }) => ({ axes: shifted(axes) }),
    evaluate: (x, { axes }, output) => addStrided(x, output, stridesWithout(x.sizes, axes)),
    lower: (_, { axes }) => ({ kind: 'reduce', by: 'sum', axes }),
    keepsUniform: false,
  }),
)

export const broadcastPrimitive: Primitive<BroadcastParams> = primitive(
  linear<BroadcastParams>({
    name: 'broadcast',
    samples: [
      { params: { sizes: [3, 4], axes: [0] }, inputs: [real([4])] },
      { params: { sizes: [2, 3, 2], axes: [1] }, inputs: [real([2, 2])] },
      { params: { sizes: [2, 0], axes: [0, 1] }, inputs: [real([])] },
      { params: { sizes: [2, 3], axes: [0] }, inputs: [whole([3], 0, 1, 'bool')] },
    ],
    shape: (x, { sizes, axes }) => {
      checkAxes('broadcast', axes, sizes.length)
      const own = sizes.filter((_, axis) => !axes.includes(axis))
      if (own.join(' ') !== x.sizes.join(' '))
        return fail({
          _tag: 'ShapeError',
          detail: `broadcast: '${x.sizes.join(' ')}' to '${sizes.join(' ')}' along new axes ${axes.join(', ')}`,
        })
      return { sizes, dtype: x.dtype }
    },
    transpose: (ct, _, { axes }) => sumAxes(ct, axes),
    self: params => broadcastPrimitive.of(params),
    lift: ({ sizes, axes }, size) => ({ sizes: [size, ...sizes], axes: shifted(axes) }),
    evaluate: (x, { axes }, output) => readStrided(x.data, output, stridesWithout(output.sizes, axes)),
    lower: (x, { sizes, axes }) => {
      const own = sizes.map((_, axis) => axis).filter(axis => !axes.includes(axis))
      return {
        kind: 'view',
        axes: sizes.map((_, axis) => (axes.includes(axis) ? undefined : { axis: own.indexOf(axis), step: 1 })),
        start: x.sizes.map(() => 0),
      }
    },
    keepsUniform: true,
  }),
)

/** Sums over axes, which are dropped; no axes is the tensor itself. */
export const sumAxes = (x: Value, axes: readonly number[]): Value => (axes.length === 0 ? x : apply(sumPrimitive.of({ axes }), x))

/** Repeats a tensor along new axes of the output's sizes. */
export const broadcastAxes = (x: Value, sizes: readonly number[], axes: readonly number[]): Value =>
  axes.length === 0 ? x : apply(broadcastPrimitive.of({ sizes, axes }), x)

/** A new leading axis, the tensor repeated along it. */
export const repeatLeading = (x: Value, size: number): Value => broadcastAxes(x, [size, ...x.sizes], [0])

/** Gives a leading axis to an input that has none; for the batch rules of primitives. */
export const lead = (x: Value, batched: boolean, size: number): Value => (batched ? x : repeatLeading(x, size))
