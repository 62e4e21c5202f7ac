/**
 * `lgamma`: log |Γ(x)|, infinite at 0 and at whole numbers below it; `digamma`: its derivative ψ(x), NaN at whole numbers below 0, and -∞ at 0
 * (∞ at -0).
 *
 * Gradient: lgamma: ct · ψ(x). digamma: ct · ψ′(x), which is the sum of 1 / (x + k)² over all k: twelve terms, and the rest by an asymptotic
 * series. It is made of primitives, so it can be differentiated again.
 * Source: DLMF 5.15.1, 5.15.8, 5.15.6.
 */

import type { Value } from '../tensor/index.js'
import { add } from './add.js'
import { less } from './compare.js'
import { div } from './div.js'
import { filled } from './family/filled.js'
import { floatFunction } from './family/function.js'
import { digammaOf, logGamma } from './family/gamma-series.js'
import { mul } from './mul.js'
import { round } from './round.js'
import { select } from './select.js'
import { sin } from './sin.js'
import { sub } from './sub.js'

/** Bernoulli's numbers B₂ₖ from k = 1 on. */
const bernoulli: readonly number[] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798]
const shift = 12

/** ψ′ of a positive number: Σ 1 / (x + k)², and 1/y + 1 / 2y² + Σ B₂ₖ / y^(2k+1) at y = x + 12. */
const slopeOfPositive = (x: Value): Value => {
  const inverse = div(filled(x, 1), add(x, filled(x, shift)))
  const square = mul(inverse, inverse)
  const series = bernoulli.reduceRight((sum, b) => mul(square, add(sum, filled(x, b))), filled(x, 0))
  const far = add(mul(inverse, add(filled(x, 1), series)), mul(square, filled(x, 0.5)))
  return Array.from({ length: shift }, (_, k) => div(filled(x, 1), add(x, filled(x, k)))).reduceRight((sum, y) => add(sum, mul(y, y)), far)
}

/** ψ′(x); below 0 it is π² / sin² πx - ψ′(1 - x), where the sine is that of what x is beyond the nearest whole number. */
const trigamma = (x: Value): Value => {
  const isBelow = less(x, filled(x, 0))
  const value = slopeOfPositive(select(isBelow, sub(filled(x, 1), x), x))
  const beyond = select(isBelow, sub(x, round(x)), filled(x, 0.5))
  const quotient = div(filled(x, Math.PI), sin(mul(beyond, filled(x, Math.PI))))
  return select(isBelow, sub(mul(quotient, quotient), value), value)
}

export const { record: lgammaPrimitive, call: lgamma } = floatFunction({
  name: 'lgamma',
  range: [2.2, 5],
  derivative: x => ct => mul(ct, digamma(x)),
  entry: logGamma,
})

export const { record: digammaPrimitive, call: digamma } = floatFunction({
  name: 'digamma',
  range: [2.2, 5],
  derivative: x => ct => mul(ct, trigamma(x)),
  entry: digammaOf,
})
