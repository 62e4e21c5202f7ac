/**
 * `exp2`: 2 to the power x, exact for whole x.
 *
 * Gradient: ct · y log 2.
 */

import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { mul } from './mul.js'

export const { record: exp2Primitive, call: exp2 } = floatFunction({
  name: 'exp2',
  range: [-2, 2],
  derivative: (x, y) => ct => mul(ct, mul(y, filled(x, Math.LN2))),
  entry: x => 2 ** x,
})
