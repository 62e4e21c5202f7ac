/**
 * `minimum`: the lesser of x and y; NaN if either is NaN.
 *
 * Gradient: ct to the lesser, half to each where they are equal (as in JAX); ct to both where one is NaN.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { equal, less } from './compare.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { distinct, whole } from './family/sample.js'
import { share } from './maximum.js'

export const minimumPrimitive: Primitive<None> = primitive(
  binary({
    name: 'minimum',
    samples: [
      { params: none, inputs: [distinct([2, 3]), distinct([2, 3], -1.9, 2.1)] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], -9, 9)] },
    ],
    dtype: numeric('minimum'),
    derivative: (x, y) => [ct => share(ct, less(y, x), equal(x, y)), ct => share(ct, less(x, y), equal(x, y))],
    entry: () => Math.min,
    self: (x, y) => minimum(x, y),
  }),
)
const operation = minimumPrimitive.of(none)

export const minimum = (x: Value, y: Value): Value => apply(operation, x, y)
