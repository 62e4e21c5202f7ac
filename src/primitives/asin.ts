/**
 * `asin`, `acos` and `atan`: the angles, in radians, from -π/2 to π/2, of acos from 0 to π. asin and acos are NaN beyond -1 and 1.
 *
 * Gradient: asin: ct / √(1 - x²), infinite at -1 and 1; acos: the negative of that; atan: ct / (1 + x²). 1 - x² is computed as (1 - x) (1 + x),
 * which keeps its digits near 1.
 */

import type { Value } from '../tensor/index.js'
import { add } from './add.js'
import { div } from './div.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { mul } from './mul.js'
import { neg } from './neg.js'
import { sqrt } from './sqrt.js'
import { sub } from './sub.js'

/** √(1 - x²). */
const otherSide = (x: Value): Value => sqrt(mul(sub(filled(x, 1), x), add(filled(x, 1), x)))

export const { record: asinPrimitive, call: asin } = floatFunction({
  name: 'asin',
  range: [-0.9, 0.9],
  derivative: x => ct => div(ct, otherSide(x)),
  entry: Math.asin,
})

export const { record: acosPrimitive, call: acos } = floatFunction({
  name: 'acos',
  range: [-0.9, 0.9],
  derivative: x => ct => neg(div(ct, otherSide(x))),
  entry: Math.acos,
})

export const { record: atanPrimitive, call: atan } = floatFunction({
  name: 'atan',
  range: [-3, 3],
  derivative: x => ct => div(ct, add(filled(x, 1), mul(x, x))),
  entry: Math.atan,
})
