/**
 * `add`: x + y. Integers wrap.
 *
 * Gradient: ct and ct.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real, whole } from './family/sample.js'

export const addPrimitive: Primitive<None> = primitive(
  binary({
    name: 'add',
    samples: [
      { params: none, inputs: [real([2, 3]), real([2, 3])] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], -9, 9)] },
    ],
    dtype: numeric('add'),
    derivative: () => [ct => ct, ct => ct],
    entry: () => (x, y) => x + y,
    self: (x, y) => add(x, y),
  }),
)
const operation = addPrimitive.of(none)

export const add = (x: Value, y: Value): Value => apply(operation, x, y)
