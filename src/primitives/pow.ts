/**
 * `pow`: x to the power y, of floats.
 *
 * Gradient to x: ct · y x^(y-1). It is 0 where y is 0, and where y is infinite and x^y is 0 for all x nearby.
 * Gradient to y: ct · z log x. Where that is 0 · ∞ it has its limit 0, at x = 0 for y above 0 and at x = ∞ for y below; at 0⁰ it is 0 too.
 * A negative x has powers only for whole numbers y, so its derivative by y is NaN.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { abs } from './abs.js'
import { and, or } from './bits.js'
import { equal, less, lessEqual } from './compare.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { log } from './log.js'
import { mul } from './mul.js'
import { not } from './not.js'
import { select } from './select.js'
import { sub } from './sub.js'

/** IEEE 754's pow: unlike JavaScript's, 1 to any power and -1 to an infinite one are 1. */
const power = (x: number, y: number): number => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)

export const powPrimitive: Primitive<None> = primitive(
  binary({
    name: 'pow',
    samples: [
      { params: none, inputs: [real([2, 3], 0.3, 2), real([2, 3])] },
      { params: none, inputs: [real([3], 0.3, 2), real([3], 0, 0)] },
    ],
    dtype: float('pow'),
    derivative: (x, y, z) => [
      ct => {
        // At 0⁰ the slope y x^(y-1) is 0 · ∞: any finite power will do there. Elsewhere y itself makes it 0, and so can be differentiated.
        const degenerate = and(equal(y, filled(y, 0)), not(less(filled(x, 0), abs(x))))
        const raised = pow(x, select(degenerate, y, sub(y, filled(y, 1))))
        // At an infinite y the slope can be ∞ · 0: x^y is then 0 for all x nearby, and its slope is 0.
        const isInfinite = equal(abs(y), filled(y, Number.POSITIVE_INFINITY))
        const isFlat = and(isInfinite, equal(raised, filled(raised, 0)))
        return mul(ct, mul(select(isFlat, filled(y, 0), y), raised))
      },
      ct => {
        const zero = filled(y, 0)
        const atZero = and(equal(x, zero), lessEqual(zero, y))
        const atInfinity = and(equal(x, filled(x, Number.POSITIVE_INFINITY)), less(y, zero))
        return mul(ct, mul(z, log(select(or(atZero, atInfinity), filled(x, 1), x))))
      },
    ],
    entry: () => power,
    self: (x, y) => pow(x, y),
  }),
)
const operation = powPrimitive.of(none)

export const pow = (x: Value, y: Value): Value => apply(operation, x, y)
