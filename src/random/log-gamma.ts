/**
 * The logarithm of the gamma function and its derivative, for positive numbers in float64.
 *
 * The argument is raised by ten, from where on six terms of Stirling's series have all digits of float64; what the recurrence
 * Γ(x + 1) = x Γ(x) says of the ten steps is taken back. Source: DLMF 5.5.1, 5.11.1 and 5.11.2.
 */
import { scale } from '../derived/index.js'
import { add, div, filled, log, mul, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const steps = 10
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730]
const places = Array.from({ length: steps }, (_, k) => k)

/** Σ cₖ s^k, k from 0. */
const series = (coefficients: readonly number[], s: Value): Value =>
  coefficients.reduceRight((sum, c) => add(mul(sum, s), filled(s, c)), filled(s, 0))

/** log Γ(x) for 0 < x < 2^40, beyond which the product of the steps overflows. */
export const logGamma = (x: Value): Value => {
  const y = add(x, filled(x, steps))
  const inverse = div(filled(x, 1), y)
  const rest = mul(
    inverse,
    series(
      bernoulli.map((b, i) => b / ((2 * i + 2) * (2 * i + 1))),
      mul(inverse, inverse),
    ),
  )
  const product = places.slice(1).reduce((all, k) => mul(all, add(x, filled(x, k))), x)
  const main = sub(mul(sub(y, filled(x, 0.5)), log(y)), y)
  return sub(add(add(main, filled(x, Math.log(2 * Math.PI) / 2)), rest), log(product))
}

/** ψ(x), the derivative of log Γ(x), for x > 0. */
export const digamma = (x: Value): Value => {
  const y = add(x, filled(x, steps))
  const inverse = div(filled(x, 1), y)
  const square = mul(inverse, inverse)
  const rest = mul(
    square,
    series(
      bernoulli.map((b, i) => b / (2 * i + 2)),
      square,
    ),
  )
  const below = places.map(k => div(filled(x, 1), add(x, filled(x, k)))).reduce((all, term) => add(all, term))
  return sub(sub(add(log(y), scale(inverse, -0.5)), rest), below)
}
