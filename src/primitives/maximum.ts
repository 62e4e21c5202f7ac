/**
 * `maximum`: the greater of x and y; NaN if either is NaN.
 *
 * Gradient: ct to the greater, half to each where they are equal (as in JAX); ct to both where one is NaN.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { equal, less } from './compare.js'
import { numeric } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { distinct, whole } from './family/sample.js'
import { mul } from './mul.js'
import { select } from './select.js'

/** 0 where an input loses, half of ct where the inputs are equal, else ct. */
export const share = (ct: Value, loses: Value, ties: Value): Value =>
  select(loses, filled(ct, 0), select(ties, mul(ct, filled(ct, 0.5)), ct))

export const maximumPrimitive: Primitive<None> = primitive(
  binary({
    name: 'maximum',
    samples: [
      { params: none, inputs: [distinct([2, 3]), distinct([2, 3], -1.9, 2.1)] },
      { params: none, inputs: [whole([3], -9, 9), whole([3], -9, 9)] },
    ],
    dtype: numeric('maximum'),
    derivative: (x, y) => [ct => share(ct, less(x, y), equal(x, y)), ct => share(ct, less(y, x), equal(x, y))],
    entry: () => Math.max,
    self: (x, y) => maximum(x, y),
  }),
)
const operation = maximumPrimitive.of(none)

export const maximum = (x: Value, y: Value): Value => apply(operation, x, y)
