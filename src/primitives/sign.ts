/**
 * `sign`: -1, 0 or 1; NaN stays NaN.
 *
 * Gradient: 0.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { numeric } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { distinct } from './family/sample.js'

export const signPrimitive: Primitive<None> = primitive(
  unary({
    name: 'sign',
    samples: [{ params: none, inputs: [distinct([2, 3])] }],
    dtype: numeric('sign'),
    derivative: 'zero',
    entry: () => Math.sign,
    self: () => sign,
  }),
)
const operation = signPrimitive.of(none)

export const sign = (x: Value): Value => apply(operation, x)
