/**
 * How a gamma number grows with its shape parameter, where its distribution function stays what it was: the implicit derivative.
 *
 * With the density p(t) = t^(a-1) e^-t / Γ(a) and the distribution function F, F(x; a) = constant gives dx/da = -(∂F/∂a) / p(x), and ∂p/∂a is
 * p(t) (log t - ψ(a)). With t = x e^v this is
 *
 *   d log x / da = ± ∫₀^∞ e^(a v - x (e^v - 1)) (log x + v - ψ(a)) dw,  v = ±w,
 *
 * with the upper signs, over the part of the distribution above x, where x is greater than a, and with the lower ones, over the part below it,
 * elsewhere; from there the exponent falls from 0 on. The integral is a sum over points w = L exp(τ - exp(-τ)), evenly spaced in τ, where L is about
 * where the exponent is -1. The points end where what is left is below the error of the sum, 1e-9 of it.
 *
 * For a below 1 the exponent falls at two very different rates, and for x up to 2 the series of F takes the integral's place: with S the sum of
 * sₙ = xⁿ / ((a + 1) … (a + n)), F = x^a e^-x S / Γ(a + 1), and so d log x / da = -(S (log x - ψ(a + 1)) + ∂S/∂a) / a.
 *
 * Source: M. Figurnov, S. Mohamed, A. Mnih, "Implicit reparameterization gradients", NeurIPS 2018; the points: H. Takahasi and M. Mori,
 * "Double exponential formulas for numerical integration", 1974; the series: DLMF 8.11.4.
 */
import { fori } from '../control/index.js'
import { scale } from '../derived/index.js'
import {
  abs,
  add,
  and,
  broadcastAxes,
  castTo,
  digamma,
  div,
  exp,
  expm1,
  filled,
  less,
  lessEqual,
  mul,
  neg,
  or,
  select,
  sqrt,
  sub,
} from '../primitives/index.js'
import { concrete, typed, type Value } from '../tensor/index.js'

const points = 80
const [first, last] = [-3.7, 4.6]
const width = (last - first) / (points - 1)

/** A loop of rounds over a list of values. */
const rounds: (
  count: number,
) => (f: (round: Value, carry: readonly Value[]) => readonly Value[]) => (first: readonly Value[]) => readonly Value[] = typed(fori)

const byIntegral = (a: Value, logarithm: Value): Value => {
  const x = exp(logarithm)
  const above = less(a, x)
  const sign = select(above, filled(x, 1), filled(x, -1))
  const distance = abs(sub(a, x))
  const near = div(filled(x, 2), add(distance, sqrt(add(mul(distance, distance), scale(x, 2)))))
  const far = div(add(x, filled(x, 1)), a)
  const length = select(or(above, less(near, filled(near, 1))), near, far)
  const centre = sub(logarithm, digamma(a))
  const everywhere = (number: Value): Value =>
    broadcastAxes(
      number,
      x.sizes,
      x.sizes.map((_, axis) => axis),
    )
  const [sum = x] = rounds(points)((round, [sum = x]) => {
    const tau = add(scale(castTo(round, 'float64'), width), concrete([], 'float64', first))
    const inner = exp(neg(tau))
    const point = exp(sub(tau, inner))
    const weight = mul(point, add(inner, concrete([], 'float64', 1)))
    const v = mul(mul(sign, length), everywhere(point))
    const density = exp(sub(mul(a, v), mul(x, expm1(v))))
    return [add(sum, mul(everywhere(weight), mul(density, add(centre, v))))]
  })([filled(x, 0)])
  return mul(mul(sign, scale(length, width)), sum)
}

/** 2ⁿ / n! is below 1e-17 from here on. */
const terms = 25

const bySeries = (a: Value, logarithm: Value): Value => {
  const x = exp(logarithm)
  const [none, one] = [filled(x, 0), filled(x, 1)]
  // The carry: n + a, sₙ, the sum of 1 / (a + k) up to n, S and -∂S/∂a.
  const [, , , sum = one, slope = none] = rounds(terms)((_, [place = a, term = one, harmonic = none, sum = one, slope = none]) => {
    const next = add(place, one)
    const [nextTerm, nextHarmonic] = [div(mul(term, x), next), add(harmonic, div(one, next))]
    return [next, nextTerm, nextHarmonic, add(sum, nextTerm), add(slope, mul(nextTerm, nextHarmonic))]
  })([a, one, none, one, none])
  return div(sub(slope, mul(sum, sub(logarithm, digamma(add(a, one))))), a)
}

/** d log x / da for x of the gamma distribution with the parameter a, in float64. */
export const logGammaSlope = (a: Value, logarithm: Value): Value => {
  const isSmall = and(less(a, filled(a, 1)), lessEqual(logarithm, filled(a, Math.LN2)))
  const [one, none] = [filled(a, 1), filled(a, 0)]
  // Each is given what it is good for, also where the other is taken.
  const series = bySeries(select(isSmall, a, one), select(isSmall, logarithm, none))
  return select(isSmall, series, byIntegral(select(isSmall, one, a), select(isSmall, none, logarithm)))
}
