/**
 * `asinh`, `acosh` and `atanh`: the inverses of the hyperbolic functions. acosh is NaN below 1, atanh beyond -1 and 1.
 *
 * Gradient: asinh: ct / √(1 + x²), by hypot, which does not overflow; acosh: ct / (√(x - 1) √(x + 1)), infinite at 1; atanh: ct / ((1 - x) (1 + x)),
 * infinite at -1 and 1.
 */

import { add } from './add.js'
import { div } from './div.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { hypot } from './hypot.js'
import { mul } from './mul.js'
import { sqrt } from './sqrt.js'
import { sub } from './sub.js'

export const { record: asinhPrimitive, call: asinh } = floatFunction({
  name: 'asinh',
  range: [-3, 3],
  derivative: x => ct => div(ct, hypot(filled(x, 1), x)),
  entry: Math.asinh,
})

export const { record: acoshPrimitive, call: acosh } = floatFunction({
  name: 'acosh',
  range: [1.2, 4],
  derivative: x => ct => div(ct, mul(sqrt(sub(x, filled(x, 1))), sqrt(add(x, filled(x, 1))))),
  entry: Math.acosh,
})

export const { record: atanhPrimitive, call: atanh } = floatFunction({
  name: 'atanh',
  range: [-0.8, 0.8],
  derivative: x => ct => div(ct, mul(sub(filled(x, 1), x), add(filled(x, 1), x))),
  entry: Math.atanh,
})
