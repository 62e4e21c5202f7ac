/**
 * `max` over axes; NaN if any entry is NaN; -Infinity (or the least integer) over no entries.
 *
 * Gradient: ct to the greatest entry, shared equally among equal ones (as in JAX).
 */
import { apply, type Primitive, primitive } from '../program/index.js'
import { allocate, at, type DType, fail, sizeOf, type Value } from '../tensor/index.js'
import { castTo } from './cast.js'
import { equal } from './compare.js'
import { div } from './div.js'
import { checkAxes, shifted } from './family/linear.js'
import { distinct, whole } from './family/sample.js'
import { forEachOffset, stridesWithout } from './family/strided.js'
import { mul } from './mul.js'
import { broadcastAxes, sumAxes } from './sum.js'

type MaxParams = { readonly axes: readonly number[] }

/** The least value of a dtype. */
export const least = (dtype: DType): number => (dtype === 'int32' ? -(2 ** 31) : dtype === 'uint32' ? 0 : Number.NEGATIVE_INFINITY)

/** Each greatest entry's share: 1 over the number of its equals, 0 elsewhere. */
const shares = (x: Value, y: Value, axes: readonly number[]): Value => {
  const winners = castTo(equal(x, broadcastAxes(y, x.sizes, axes)), x.dtype)
  return div(winners, broadcastAxes(sumAxes(winners, axes), x.sizes, axes))
}

export const maxPrimitive: Primitive<MaxParams> = primitive<readonly [Value], MaxParams>({
  name: 'max',
  arity: 1,
  samples: [
    { params: { axes: [1] }, inputs: [distinct([3, 4])] },
    { params: { axes: [0, 2] }, inputs: [distinct([2, 3, 2])] },
    { params: { axes: [0] }, inputs: [whole([4, 2], -9, 9)] },
  ],
  shape: ([x], { axes }) => {
    checkAxes('max', axes, x.sizes.length)
    if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "max: needs numbers, not bool: cast('int32') first" })
    return { sizes: x.sizes.filter((_, axis) => !axes.includes(axis)), dtype: x.dtype }
  },
  vjp: ([x], { axes }, y) => [ct => mul(broadcastAxes(ct, x.sizes, axes), shares(x, y, axes))],
  jvp: ([x], [tangent], { axes }, y) => (tangent === undefined ? [] : [sumAxes(mul(tangent, shares(x, y, axes)), axes)]),
  batch: ([x], _, { axes }) => maxAxes(x, shifted(axes)),
  evaluate: ([x], { axes }, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes)).fill(least(output.dtype))
    let place = 0
    forEachOffset(x.sizes, stridesWithout(x.sizes, axes), 0, offset => {
      result[offset] = Math.max(at(result, offset), at(x.data, place))
      place += 1
    })
    return result
  },
  lower: (_, { axes }) => ({ kind: 'reduce', by: 'max', axes }),
  uniform: 'no',
})

export const maxAxes = (x: Value, axes: readonly number[]): Value => (axes.length === 0 ? x : apply(maxPrimitive.of({ axes }), x))
