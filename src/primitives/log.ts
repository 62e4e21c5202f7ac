/**
 * `log`: the natural logarithm; -Infinity at 0, NaN below.
 *
 * Gradient: ct / x.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { real } from './family/sample.js'

export const logPrimitive: Primitive<None> = primitive(
  unary({
    name: 'log',
    samples: [
      { params: none, inputs: [real([2, 3], 0.2, 3)] },
      { params: none, inputs: [real([], 0.2, 3)] },
    ],
    dtype: float('log'),
    derivative: x => ct => div(ct, x),
    entry: () => Math.log,
    self: () => log,
  }),
)
const operation = logPrimitive.of(none)

export const log = (x: Value): Value => apply(operation, x)
