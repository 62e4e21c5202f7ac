/**
 * `exp`: e to the power x.
 *
 * Gradient: ct · y.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

export const expPrimitive: Primitive<None> = primitive(
  unary({
    name: 'exp',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [real([0])] },
    ],
    dtype: float('exp'),
    derivative: (_, y) => ct => mul(ct, y),
    entry: () => Math.exp,
    self: () => exp,
  }),
)
const operation = expPrimitive.of(none)

export const exp = (x: Value): Value => apply(operation, x)
