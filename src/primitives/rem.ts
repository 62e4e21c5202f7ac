/**
 * `rem`: the remainder of x / y truncated towards 0, with the sign of x (C's fmod, lax.rem). An integer's remainder by 0 is 0.
 *
 * Gradient: ct and -ct · trunc(x / y). Numerics: trunc(x / y) is computed as (x - z) / y rounded to the nearest whole number, where z is
 * the remainder. z is exact, whereas x / y may be rounded up to a whole number that it does not reach, as 1 / 0.1 is.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { add } from './add.js'
import { castTo } from './cast.js'
import { lessEqual } from './compare.js'
import { div } from './div.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real, whole } from './family/sample.js'
import { floor } from './floor.js'
import { mul } from './mul.js'
import { neg } from './neg.js'
import { sub } from './sub.js'

export const remPrimitive: Primitive<None> = primitive(
  binary({
    name: 'rem',
    samples: [
      { params: none, inputs: [real([2, 3], 2.1, 2.9), real([2, 3], 0.8, 0.95)] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], 1, 4)] },
    ],
    dtype: numeric('rem'),
    derivative: (x, y, z) => {
      const quotient = div(sub(x, z), y)
      const below = floor(quotient)
      const isNearer = lessEqual(filled(quotient, 0.5), sub(quotient, below))
      const whole = add(below, castTo(isNearer, quotient.dtype))
      return [ct => ct, ct => neg(mul(ct, whole))]
    },
    entry: () => (x, y) => x % y,
    self: (x, y) => rem(x, y),
  }),
)
const operation = remPrimitive.of(none)

export const rem = (x: Value, y: Value): Value => apply(operation, x, y)
