/**
 * `tanh`: the hyperbolic tangent.
 *
 * Gradient: ct · (1 - y²).
 * Numerics: 1 - y² has few digits of its own where |y| is near 1, and none from x = 9 on in float32. With e = e^(-2|x|), 1 - |y| is
 * e (1 + |y|), so that from |y| = ¾ on the derivative is e (1 + |y|)². Both forms are analytic where they are used: further derivatives follow.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { abs } from './abs.js'
import { add } from './add.js'
import { less } from './compare.js'
import { exp } from './exp.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { select } from './select.js'
import { sub } from './sub.js'

export const tanhPrimitive: Primitive<None> = primitive(
  unary({
    name: 'tanh',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [real([0])] },
    ],
    dtype: float('tanh'),
    derivative: (x, y) => {
      const one = filled(y, 1)
      const square = mul(y, y)
      const sum = add(one, abs(y))
      const far = mul(exp(mul(abs(x), filled(x, -2))), mul(sum, sum))
      const slope = select(less(square, filled(y, 0.5625)), sub(one, square), far)
      return ct => mul(ct, slope)
    },
    entry: () => Math.tanh,
    self: () => tanh,
  }),
)
const operation = tanhPrimitive.of(none)

export const tanh = (x: Value): Value => apply(operation, x)
