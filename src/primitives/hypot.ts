/**
 * `hypot`: √(x² + y²), without overflow or underflow on the way; infinite where either is, also beside NaN.
 *
 * Gradient: ct · x / z and ct · y / z; 0 where both are 0.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { equal } from './compare.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { select } from './select.js'

export const hypotPrimitive: Primitive<None> = primitive(
  binary({
    name: 'hypot',
    samples: [{ params: none, inputs: [real([2, 3], 0.5, 2), real([2, 3], -2, -0.5)] }],
    dtype: float('hypot'),
    derivative: (x, y, z) => {
      const size = select(equal(z, filled(z, 0)), filled(z, 1), z)
      return [ct => mul(ct, div(x, size)), ct => mul(ct, div(y, size))]
    },
    entry: () => Math.hypot,
    self: (x, y) => hypot(x, y),
  }),
)
const operation = hypotPrimitive.of(none)

export const hypot = (x: Value, y: Value): Value => apply(operation, x, y)
