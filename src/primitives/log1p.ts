/**
 * `log1p`: log(1 + x), exact near 0 where the sum would round x away.
 *
 * Gradient: ct / (1 + x).
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { add } from './add.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'

export const log1pPrimitive: Primitive<None> = primitive(
  unary({
    name: 'log1p',
    samples: [
      { params: none, inputs: [real([2, 3], -0.7, 3)] },
      { params: none, inputs: [real([], -0.7, 3)] },
    ],
    dtype: float('log1p'),
    derivative: x => ct => div(ct, add(x, filled(x, 1))),
    entry: () => Math.log1p,
    self: () => log1p,
  }),
)
const operation = log1pPrimitive.of(none)

export const log1p = (x: Value): Value => apply(operation, x)
