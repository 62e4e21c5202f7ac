/**
 * `max` over axes; NaN if any entry is NaN; -Infinity (or the least integer) over no entries.
 *
 * Gradient: ct to the greatest entry, shared equally among equal ones (as in JAX); 0 to the others, also where ct is infinite. NaN if any is NaN.
 */

import { allocate, at, fail, leastOf, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { castTo } from './cast.js'
import { equal, less } from './compare.js'
import { div } from './div.js'
import { filled } from './family/filled.js'
import { checkAxes, shifted } from './family/linear.js'
import { distinct, whole } from './family/sample.js'
import { forEachOffset, stridesWithout } from './family/strided.js'
import { select } from './select.js'
import { broadcastAxes, sumAxes } from './sum.js'

type MaxParams = { readonly axes: readonly number[] }

/** How many entries are greatest; NaN where a NaN is, which equals nothing. */
const ties = (x: Value, y: Value, axes: readonly number[]): Value => {
  const count = sumAxes(castTo(equal(x, broadcastAxes(y, x.sizes, axes)), x.dtype), axes)
  return select(equal(count, filled(count, 0)), filled(count, Number.NaN), count)
}

/** What is not less than the greatest entry takes part, and so do all entries beside a NaN. Chosen, not multiplied by a mask: 0 · ∞ is NaN. */
const chosen = (values: Value, x: Value, y: Value, axes: readonly number[]): Value =>
  select(less(x, broadcastAxes(y, x.sizes, axes)), filled(values, 0), values)

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
  vjp: ([x], { axes }, y) => [ct => chosen(broadcastAxes(div(ct, ties(x, y, axes)), x.sizes, axes), x, y, axes)],
  jvp: ([x], [tangent], { axes }, y) => (tangent === undefined ? [] : [div(sumAxes(chosen(tangent, x, y, axes), axes), ties(x, y, axes))]),
  batch: ([x], _, { axes }) => maxAxes(x, shifted(axes)),
  evaluate: ([x], { axes }, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes)).fill(leastOf(output.dtype))
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
