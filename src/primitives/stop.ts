/**
 * `stopGradient`: x itself, its derivative taken to be 0.
 *
 * Gradient: 0, by definition; so the laws that compare with differences leave it out.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { same } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { whole } from './family/sample.js'

export const stopGradientPrimitive: Primitive<None> = primitive(
  unary({
    name: 'stopGradient',
    samples: [{ params: none, inputs: [whole([2, 3], -9, 9)] }],
    dtype: same,
    derivative: 'zero',
    entry: () => x => x,
    self: () => stopGradient,
  }),
)
const operation = stopGradientPrimitive.of(none)

export const stopGradient = (x: Value): Value => apply(operation, x)
