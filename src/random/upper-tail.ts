/**
 * Numbers from the upper tail of the normal distribution, where the distribution function has no digits left below 1.
 *
 * With Q = 1 - Φ and the hazard h = φ / Q, which grows almost like its argument, a number x beyond `low` is as rare as
 * Q(x) / Q(low) = e^-E(x - low) with E(t) = t (low + t/2) + log(h(low + t) / h(low)), whose derivative is h. E of a random number is
 * exponential; Newton's method finds the number, in float64.
 */
import { scale } from '../derived/index.js'
import { add, div, exp, expm1, filled, log, log1p, mul, neg, normalCdf, sqrt, sub } from '../primitives/index.js'
import { at, bufferOf, concrete, type Value } from '../tensor/index.js'
import { atOnce } from './at-once.js'

const raised = (x: Value, summand: number): Value => add(x, filled(x, summand))

/** x + 1 / (x + 2 / (x + … 8 / x)), which from 16 on is h to 1e-16. Source: Laplace's continued fraction, DLMF 7.9.3. */
const fraction = (x: Value): Value => {
  let below = x
  for (let n = 8; n >= 1; n -= 1) below = add(x, div(filled(x, n), below))
  return below
}

const quotient = (x: Value): Value => div(scale(exp(scale(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI)), normalCdf(neg(x)))

/** The value of a function of tensors at a number. Primitives compute it, so that it is the same on every machine. */
const numberOf = (f: (x: Value) => Value, x: number): number =>
  atOnce('truncatedNormal', () => at(bufferOf('truncatedNormal', f(concrete([], 'float64', x))), 0))

/** After three steps from the start below, the error is less than 1e-16 of the number for every `low` from 2 on. */
const steps = 3

/** Beyond this E, e^-E is so small that a uniform number cannot tell it from 0. */
const greatestE = 60

/** Numbers between low and high, 2 ≤ low < high ≤ ∞, from uniform ones on [0, 1) in float64; rounding may reach a bound. */
export const upperTail = (u: Value, low: number, high: number): Value => {
  const hazard = (t: Value): Value => (low < 16 ? quotient : fraction)(raised(t, low))
  const atLow = numberOf(hazard, 0)
  const E = (t: Value, hazardThere: Value): Value => add(mul(t, raised(scale(t, 0.5), low)), log(scale(hazardThere, 1 / atLow)))
  const width = high - low
  // How much of the tail beyond low lies below high.
  const share = width * (low + width / 2) > greatestE ? 1 : -numberOf(t => expm1(neg(E(t, hazard(t)))), width)
  const wanted = neg(log1p(scale(u, -share)))
  // Newton's method starts where the first two terms of the series of E at 0 give the wanted value.
  const curvature = atLow * (atLow - low)
  let t = div(scale(wanted, 2), raised(sqrt(raised(scale(wanted, 2 * curvature), atLow ** 2)), atLow))
  for (let step = 0; step < steps; step += 1) {
    const slope = hazard(t)
    t = sub(t, div(sub(E(t, slope), wanted), slope))
  }
  return raised(t, low)
}
