/**
 * `erfInv`: the inverse of erf; infinite at -1 and 1, NaN beyond.
 *
 * Gradient: ct · √π/2 e^(y²).
 */

import { complementaryErrorFunction, errorFunction } from './erf.js'
import { exp } from './exp.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { mul } from './mul.js'

/**
 * By Newton's steps from below: erf is concave there, so that none goes too far, nor is the next one longer. Beyond ½ the complements are
 * compared, of which 1 - x is exact.
 */
const inverse = (x: number): number => {
  const size = Math.abs(x)
  if (!(size < 1)) return size === 1 ? x * Number.POSITIVE_INFINITY : Number.NaN
  let y = 0
  // After a step below a billionth of y the next one would be below a rounding of it.
  for (let round = 0, step = 1; round < 80 && step > 1e-9 * y; round += 1) {
    const short = size < 0.5 ? size - errorFunction(y) : complementaryErrorFunction(y) - (1 - size)
    step = (short * Math.sqrt(Math.PI)) / 2 / Math.exp(-y * y)
    y += step
  }
  return x < 0 || Object.is(x, -0) ? -y : y
}

export const { record: erfInvPrimitive, call: erfInv } = floatFunction({
  name: 'erfInv',
  range: [-0.9, 0.9],
  derivative: (x, y) => ct => mul(ct, mul(exp(mul(y, y)), filled(x, Math.sqrt(Math.PI) / 2))),
  entry: inverse,
})
