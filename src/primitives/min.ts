/** `min` over axes: the least entry, or Infinity (the greatest integer) over none. See `family/extreme.ts` for ties, NaN and the gradient. */
import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { less } from './compare.js'
import { type ExtremeParams, extreme } from './family/extreme.js'

export const minPrimitive: Primitive<ExtremeParams> = primitive(
  extreme({ name: 'min', pick: Math.min, isInside: (x, y) => less(y, x), self: (x, axes) => minAxes(x, axes) }),
)

export const minAxes = (x: Value, axes: readonly number[]): Value => (axes.length === 0 ? x : apply(minPrimitive.of({ axes }), x))
