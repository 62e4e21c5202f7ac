/**
 * `rem`: the remainder of x / y truncated towards 0, with the sign of x (C's fmod, lax.rem). An integer's remainder by 0 is 0.
 *
 * Gradient: ct and -ct · trunc(x / y).
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { abs } from './abs.js'
import { div } from './div.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real, whole } from './family/sample.js'
import { floor } from './floor.js'
import { mul } from './mul.js'
import { neg } from './neg.js'
import { sign } from './sign.js'

export const remPrimitive: Primitive<None> = primitive(
  binary({
    name: 'rem',
    samples: [
      { params: none, inputs: [real([2, 3], 2.1, 2.9), real([2, 3], 0.8, 0.95)] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], 1, 4)] },
    ],
    dtype: numeric('rem'),
    derivative: (x, y) => {
      const quotient = div(x, y)
      const whole = mul(sign(quotient), floor(abs(quotient)))
      return [ct => ct, ct => neg(mul(ct, whole))]
    },
    kernel: () => (x, y) => x % y,
    self: (x, y) => rem(x, y),
  }),
)
const operation = remPrimitive.of(none)

export const rem = (x: Value, y: Value): Value => apply(operation, x, y)
