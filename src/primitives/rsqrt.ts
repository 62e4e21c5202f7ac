/**
 * `rsqrt`: 1 / √x.
 *
 * Gradient: -½ ct · y / x.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

export const rsqrtPrimitive: Primitive<None> = primitive(
  unary({
    name: 'rsqrt',
    samples: [
      { params: none, inputs: [real([2, 3], 0.2, 3)] },
      { params: none, inputs: [real([], 0.2, 3)] },
    ],
    dtype: float('rsqrt'),
    derivative: (x, y) => {
      const slope = mul(filled(x, -0.5), div(y, x))
      return ct => mul(ct, slope)
    },
    entry: () => x => 1 / Math.sqrt(x),
    self: () => rsqrt,
  }),
)
const operation = rsqrtPrimitive.of(none)

export const rsqrt = (x: Value): Value => apply(operation, x)
