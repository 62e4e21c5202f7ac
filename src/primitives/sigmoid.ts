/**
 * `sigmoid`: 1 / (1 + e^-x), the logistic function.
 *
 * Gradient: ct · σ(x) σ(-x). Numerics: e is raised to -|x| only, so nothing overflows. In the derivative 1 - y has few digits of its own
 * where y is near 1, and none from x = 17 on in float32: above y = ½ it is computed as σ(-x), which is the same number with all its digits.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { lessEqual } from './compare.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { neg } from './neg.js'
import { select } from './select.js'
import { sub } from './sub.js'

const logistic = (x: number): number => {
  const e = Math.exp(-Math.abs(x))
  return x < 0 ? e / (1 + e) : 1 / (1 + e)
}

export const sigmoidPrimitive: Primitive<None> = primitive(
  unary({
    name: 'sigmoid',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [real([0])] },
    ],
    dtype: float('sigmoid'),
    derivative: (x, y) => {
      const rest = select(lessEqual(y, filled(y, 0.5)), sub(filled(y, 1), y), sigmoid(neg(x)))
      const slope = mul(y, rest)
      return ct => mul(ct, slope)
    },
    entry: () => logistic,
    self: () => sigmoid,
  }),
)
const operation = sigmoidPrimitive.of(none)

export const sigmoid = (x: Value): Value => apply(operation, x)
