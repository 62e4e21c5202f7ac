/**
 * `sqrt`: the square root, correctly rounded; NaN below 0.
 *
 * Gradient: ct / 2y, which is infinite at 0.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

export const sqrtPrimitive: Primitive<None> = primitive(
  unary({
    name: 'sqrt',
    samples: [
      { params: none, inputs: [real([2, 3], 0.2, 3)] },
      { params: none, inputs: [real([], 0.2, 3)] },
    ],
    dtype: float('sqrt'),
    derivative: (_, y) => ct => div(ct, mul(filled(y, 2), y)),
    entry: () => Math.sqrt,
    self: () => sqrt,
  }),
)
const operation = sqrtPrimitive.of(none)

export const sqrt = (x: Value): Value => apply(operation, x)
