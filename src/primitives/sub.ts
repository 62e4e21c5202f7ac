/**
 * `sub`: x - y. Integers wrap.
 *
 * Gradient: ct and -ct.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real, whole } from './family/sample.js'
import { neg } from './neg.js'

export const subPrimitive: Primitive<None> = primitive(
  binary({
    name: 'sub',
    samples: [
      { params: none, inputs: [real([2, 3]), real([2, 3])] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], -9, 9)] },
    ],
    dtype: numeric('sub'),
    derivative: () => [ct => ct, neg],
    entry: () => (x, y) => x - y,
    self: (x, y) => sub(x, y),
  }),
)
const operation = subPrimitive.of(none)

export const sub = (x: Value, y: Value): Value => apply(operation, x, y)
