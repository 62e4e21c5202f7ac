/**
 * `tanh`: the hyperbolic tangent.
 *
 * Gradient: ct · (1 - y²), written (1 - y)(1 + y) so that nothing cancels near ±1.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { add } from './add.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { sub } from './sub.js'

export const tanhPrimitive: Primitive<None> = primitive(
  unary({
    name: 'tanh',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [real([0])] },
    ],
    dtype: float('tanh'),
    derivative: (_, y) => {
      const slope = mul(sub(filled(y, 1), y), add(filled(y, 1), y))
      return ct => mul(ct, slope)
    },
    kernel: () => Math.tanh,
    self: () => tanh,
  }),
)
const operation = tanhPrimitive.of(none)

export const tanh = (x: Value): Value => apply(operation, x)
