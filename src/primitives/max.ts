/** `max` over axes: the greatest entry, or -Infinity (the least integer) over none. See `family/extreme.ts` for ties, NaN and the gradient. */
import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { less } from './compare.js'
import { type ExtremeParams, extreme } from './family/extreme.js'

export const maxPrimitive: Primitive<ExtremeParams> = primitive(
  extreme({ name: 'max', pick: Math.max, isInside: less, self: (x, axes) => maxAxes(x, axes) }),
)

export const maxAxes = (x: Value, axes: readonly number[]): Value => (axes.length === 0 ? x : apply(maxPrimitive.of({ axes }), x))
