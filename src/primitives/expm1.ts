/**
 * `expm1`: e^x - 1, exact near 0 where the difference would cancel.
 *
 * Gradient: ct · e^x. It is not computed as ct · (y + 1): where y is near -1, the digits of e^x are rounded away in y.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { exp } from './exp.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

export const expm1Primitive: Primitive<None> = primitive(
  unary({
    name: 'expm1',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [real([0])] },
    ],
    dtype: float('expm1'),
    derivative: x => {
      const slope = exp(x)
      return ct => mul(ct, slope)
    },
    entry: () => Math.expm1,
    self: () => expm1,
  }),
)
const operation = expm1Primitive.of(none)

export const expm1 = (x: Value): Value => apply(operation, x)
