/**
 * `floor`: the greatest whole number not above x.
 *
 * Gradient: 0.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { distinct } from './family/sample.js'

export const floorPrimitive: Primitive<None> = primitive(
  unary({
    name: 'floor',
    samples: [{ params: none, inputs: [distinct([2, 3])] }],
    dtype: float('floor'),
    derivative: 'zero',
    entry: () => Math.floor,
    self: () => floor,
  }),
)
const operation = floorPrimitive.of(none)

export const floor = (x: Value): Value => apply(operation, x)
