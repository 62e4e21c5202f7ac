/**
 * `log10`: the logarithm to base 10; whole at powers of ten, -Infinity at 0, NaN below.
 *
 * Gradient: ct / (x log 10), computed as ct / x times 1 / log 10, because x log 10 may overflow.
 */

import { div } from './div.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { mul } from './mul.js'

export const { record: log10Primitive, call: log10 } = floatFunction({
  name: 'log10',
  range: [0.2, 3],
  derivative: x => ct => mul(div(ct, x), filled(x, Math.LOG10E)),
  entry: Math.log10,
})
