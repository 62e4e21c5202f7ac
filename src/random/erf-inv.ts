/**
 * The inverse of the error function on (-1, 1), for normal numbers from uniform ones.
 *
 * Source: the single precision polynomials of M. Giles, "Approximating the erfinv function", GPU Computing Gems 2, 2010, which JAX uses
 * too; for float64 two Newton steps with the error function bring them to full precision.
 */
import { add, castTo, div, erf, exp, filled, less, log, mul, neg, select, sqrt, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const central = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
]
const tail = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
]

/** Horner's scheme, the highest power first. */
const polynomial = (coefficients: readonly number[], w: Value): Value =>
  coefficients.slice(1).reduce((sum, c) => add(mul(sum, w), filled(w, c)), filled(w, coefficients[0] ?? 0))

const single = (x: Value): Value => {
  const w = neg(log(mul(sub(filled(x, 1), x), add(filled(x, 1), x))))
  const near = less(w, filled(w, 5))
  const factor = select(near, polynomial(central, sub(w, filled(w, 2.5))), polynomial(tail, sub(sqrt(w), filled(w, 3))))
  return mul(factor, x)
}

const newton = (x: Value, y: Value): Value => {
  const error = sub(erf(y), x)
  const slope = mul(exp(neg(mul(y, y))), filled(y, 2 / Math.sqrt(Math.PI)))
  return sub(y, div(error, slope))
}

/** erf⁻¹(x) for -1 < x < 1. */
export const erfInv = (x: Value): Value =>
  x.dtype === 'float64' ? newton(x, newton(x, castTo(single(castTo(x, 'float32')), 'float64'))) : single(x)
