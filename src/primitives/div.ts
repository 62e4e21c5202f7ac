/**
 * `div`: x / y, of floats.
 *
 * Gradient: ct / y and -(ct / y) · (x / y).
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { neg } from './neg.js'

export const divPrimitive: Primitive<None> = primitive(
  binary({
    name: 'div',
    samples: [{ params: none, inputs: [real([2, 3]), real([2, 3], 0.5, 2)] }],
    dtype: float('div'),
    derivative: (_, y, z) => [ct => div(ct, y), ct => neg(mul(div(ct, y), z))],
    entry: () => (x, y) => x / y,
    self: (x, y) => div(x, y),
  }),
)
const operation = divPrimitive.of(none)

export const div = (x: Value, y: Value): Value => apply(operation, x, y)
