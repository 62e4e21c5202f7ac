/**
 * `sigmoid`: 1 / (1 + e^-x), the logistic function.
 *
 * Gradient: ct · y(1 - y).
 * Numerics: e is raised to -|x| only, so nothing overflows.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
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
    derivative: (_, y) => {
      const slope = mul(y, sub(filled(y, 1), y))
      return ct => mul(ct, slope)
    },
    kernel: () => logistic,
    self: () => sigmoid,
  }),
)
const operation = sigmoidPrimitive.of(none)

export const sigmoid = (x: Value): Value => apply(operation, x)
