/**
 * `neg`: -x. Integers wrap.
 *
 * Gradient: -ct.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { numeric } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { real, whole } from './family/sample.js'

export const negPrimitive: Primitive<None> = primitive(
  unary({
    name: 'neg',
    samples: [
      { params: none, inputs: [real([2, 3])] },
      { params: none, inputs: [whole([3], -9, 9)] },
    ],
    dtype: numeric('neg'),
    derivative: () => neg,
    entry: () => x => -x,
    self: () => neg,
  }),
)
const operation = negPrimitive.of(none)

export const neg = (x: Value): Value => apply(operation, x)
