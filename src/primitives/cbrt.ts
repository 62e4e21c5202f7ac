/**
 * `cbrt`: the cube root, of negative numbers too.
 *
 * Gradient: ct / (3 y²), infinite at 0.
 */

import { div } from './div.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { mul } from './mul.js'

export const { record: cbrtPrimitive, call: cbrt } = floatFunction({
  name: 'cbrt',
  range: [0.3, 3],
  derivative: (x, y) => ct => div(ct, mul(filled(x, 3), mul(y, y))),
  entry: Math.cbrt,
})
