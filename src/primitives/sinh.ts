/**
 * `sinh` and `cosh`: (e^x - e^-x) / 2 and (e^x + e^-x) / 2, finite where these are; each is the other's derivative.
 *
 * Gradient: sinh: ct · cosh x. cosh: ct · sinh x.
 */

import { floatFunction } from './family/function.js'
import { mul } from './mul.js'

export const { record: sinhPrimitive, call: sinh } = floatFunction({
  name: 'sinh',
  range: [-2, 2],
  derivative: x => ct => mul(ct, cosh(x)),
  entry: Math.sinh,
})

export const { record: coshPrimitive, call: cosh } = floatFunction({
  name: 'cosh',
  range: [-2, 2],
  derivative: x => ct => mul(ct, sinh(x)),
  entry: Math.cosh,
})
