/**
 * The inverse of the error function, for normal numbers from uniform ones.
 *
 * Source: the single precision polynomials of M. Giles, "Approximating the erfinv function", GPU Computing Gems 2, 2010, which JAX uses
 * too; for float64 two Newton steps with the error function bring them to full precision.
 */
import { scale } from '../derived/index.js'
import { abs, add, castTo, div, equal, erf, erfc, exp, filled, less, log, mul, neg, select, sign, sqrt, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const central = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
]
const tail = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
]
/**
 * The inverse of erfc at e^(-s²), as a polynomial in s - 4.25, with a relative error of 5e-6 for e^(-s²) from 2^-53 to 2^-10. Fitted by
 * least squares.
 */
const farTail = [0.000411405432, -0.00397417802, 1.02983575, 4.0090748]

/** Horner's scheme, the highest power first. */
const polynomial = (coefficients: readonly number[], w: Value): Value =>
  coefficients.slice(1).reduce((sum, c) => add(mul(sum, w), filled(w, c)), filled(w, coefficients[0] ?? 0))

const single = (x: Value): Value => {
  const w = neg(log(mul(sub(filled(x, 1), x), add(filled(x, 1), x))))
  const near = less(w, filled(w, 5))
  const factor = select(near, polynomial(central, sub(w, filled(w, 2.5))), polynomial(tail, sub(sqrt(w), filled(w, 3))))
  // At ±1, where w is infinite, the polynomial is -∞.
  return mul(abs(factor), x)
}

/** A Newton step from y, where `error` says by how much erf y is too great. */
const newton = (y: Value, error: (y: Value) => Value): Value => {
  const slope = scale(exp(neg(mul(y, y))), 2 / Math.sqrt(Math.PI))
  return sub(y, div(error(y), slope))
}

/** From here to 1, float32 does not hold the digits of 1 - |x|, and 1 - erf y has lost them, too. */
const far = 1 - 2 ** -10

/** The inverse where |x| stays below `far`. */
const near = (x: Value): Value => {
  const error = (y: Value): Value => sub(erf(y), x)
  return newton(newton(castTo(single(castTo(x, 'float32')), 'float64'), error), error)
}

const double = (x: Value): Value => {
  const size = abs(x)
  const rest = sub(filled(x, 1), size)
  const isFar = less(filled(x, far), size)
  const farStart = polynomial(farTail, sub(sqrt(neg(log(rest))), filled(x, 4.25)))
  const start = select(isFar, farStart, castTo(single(castTo(size, 'float32')), 'float64'))
  const error = (y: Value): Value => select(isFar, sub(rest, erfc(y)), sub(erf(y), size))
  const y = newton(newton(start, error), error)
  return mul(sign(x), select(equal(rest, filled(x, 0)), filled(x, Number.POSITIVE_INFINITY), y))
}

/** erf⁻¹(x) for -1 ≤ x ≤ 1, where |x| is at most `greatest`. Less is computed where that is below `far`. */
export const erfInv = (x: Value, greatest = 1): Value => {
  if (x.dtype !== 'float64') return single(x)
  return greatest < far ? near(x) : double(x)
}
