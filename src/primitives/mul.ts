/**
 * `mul`: x · y. Integers wrap.
 *
 * Gradient: ct · y and ct · x.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real, whole } from './family/sample.js'

export const mulPrimitive: Primitive<None> = primitive(
  binary({
    name: 'mul',
    samples: [
      { params: none, inputs: [real([2, 3]), real([2, 3])] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], -9, 9)] },
    ],
    dtype: numeric('mul'),
    derivative: (x, y) => [ct => mul(ct, y), ct => mul(ct, x)],
    entry: dtype => (dtype === 'int32' || dtype === 'uint32' ? Math.imul : (x, y) => x * y),
    self: (x, y) => mul(x, y),
  }),
)
const operation = mulPrimitive.of(none)

export const mul = (x: Value, y: Value): Value => apply(operation, x, y)
