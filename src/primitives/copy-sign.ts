/**
 * `copySign`: |x| with the sign of y, of -0 too. NaN has no sign that all machines agree on, so that of a NaN y counts as positive.
 *
 * Gradient: ct where the signs of x and y are equal, else -ct; 0 to y.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

const withSign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))

export const copySignPrimitive: Primitive<None> = primitive(
  binary({
    name: 'copySign',
    samples: [
      { params: none, inputs: [real([2, 3], 0.5, 2), real([2, 3], -2, -0.5)] },
      { params: none, inputs: [real([3], -2, -0.5), real([3], -2, -0.5)] },
    ],
    dtype: float('copySign'),
    derivative: (x, y) => {
      const one = filled(x, 1)
      return [ct => mul(ct, mul(copySign(one, x), copySign(one, y))), ct => filled(ct, 0)]
    },
    entry: () => withSign,
    self: (x, y) => copySign(x, y),
  }),
)
const operation = copySignPrimitive.of(none)

export const copySign = (x: Value, y: Value): Value => apply(operation, x, y)
