/**
 * `atan2`: the angle of the point (x, y) from the x axis, from -π to π, in radians; the ordinate y is the first operand. Zeros and infinities as
 * in C: the signs of zeros count, and an infinite point lies in the middle of its quadrant.
 *
 * Gradient: ct · x / (x² + y²) to y and -ct · y / (x² + y²) to x, by hypot, whose square is not computed; NaN at the origin.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real } from './family/sample.js'
import { hypot } from './hypot.js'
import { mul } from './mul.js'
import { neg } from './neg.js'

export const atan2Primitive: Primitive<None> = primitive(
  binary({
    name: 'atan2',
    samples: [
      { params: none, inputs: [real([2, 3], 0.5, 2), real([2, 3])] },
      { params: none, inputs: [real([3]), real([3], 0.5, 2)] },
    ],
    dtype: float('atan2'),
    derivative: (y, x) => {
      const size = hypot(x, y)
      return [ct => mul(ct, div(div(x, size), size)), ct => neg(mul(ct, div(div(y, size), size)))]
    },
    entry: () => Math.atan2,
    self: (y, x) => atan2(y, x),
  }),
)
const operation = atan2Primitive.of(none)

export const atan2 = (y: Value, x: Value): Value => apply(operation, y, x)
