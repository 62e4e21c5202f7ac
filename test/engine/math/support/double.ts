/** The functions in float64, near enough to real values for float32's errors: the oracle of the float32 code. */
import { digammaOf, logGamma } from '../../../../src/primitives/family/gamma-series.js'

/** e^(-factor x²). The square is split so that its rounding does not grow. */
const minusSquarePower = (x: number, factor: number): number => {
  const high = Math.fround(x)
  return Math.exp(-factor * high * high) * Math.exp(factor * (high - x) * (high + x))
}

/** e^(x²) (1 - erf x) for x from 2 on. Source: DLMF 7.9.3. */
const scaledComplement = (x: number): number => {
  let fraction = x
  for (let n = 90; n >= 1; n -= 1) fraction = x + n / 2 / fraction
  return 1 / (Math.sqrt(Math.PI) * fraction)
}
const complement = (x: number): number => minusSquarePower(x, 1) * scaledComplement(x)

/** Source: DLMF 7.6.2 below 3, 7.9.3 above. */
const erf = (x: number): number => {
  const size = Math.abs(x)
  if (!(size < 6)) return Math.sign(x)
  if (size < 3) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n += 1) {
      term *= (2 * x * x) / (2 * n + 1)
      sum += term
    }
    return ((2 / Math.sqrt(Math.PI)) * sum) / Math.exp(x * x)
  }
  return Math.sign(x) * (1 - complement(size))
}

const erfc = (x: number): number => (x < 3 ? 1 - erf(x) : x < 30 ? complement(x) : Number.isNaN(x) ? x : 0)

/** Newton's steps from below, where erf is concave; from ½ on for the complement, of which 1 - x is exact. */
export const erfInv = (x: number): number => {
  const size = Math.abs(x)
  if (!(size < 1)) return size === 1 ? x * Number.POSITIVE_INFINITY : Number.NaN
  let y = 0
  for (let round = 0, step = 1; round < 80 && step > y * 1e-9; round += 1) {
    const short = size < 0.5 ? size - erf(y) : erfc(y) - (1 - size)
    step = (short * Math.sqrt(Math.PI)) / 2 / Math.exp(-y * y)
    // A step of which a billionth part is left to do is the last one: the next would be as small as its square.
    y += step
  }
  return x < 0 || Object.is(x, -0) ? -y : y
}

export const inFloat64 = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  tanh: Math.tanh,
  sigmoid: (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  erf,
  erfc,
  normalCdf: (x: number): number => {
    if (!(x < -3)) return (1 + erf(x * Math.SQRT1_2)) / 2
    // The rounding of x / √2 must not grow either.
    return x < -40 ? 0 : (scaledComplement(-x * Math.SQRT1_2) * minusSquarePower(-x, 0.5)) / 2
  },
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  exp2: (x: number): number => 2 ** x,
  log10: Math.log10,
  cbrt: Math.cbrt,
  erfInv,
  lgamma: logGamma,
  digamma: digammaOf,
  sin: Math.sin,
  cos: Math.cos,
}

/** IEEE 754's pow: unlike JavaScript's, 1 to any power and -1 to an infinite one are 1. */
export const powIn64 = (x: number, y: number): number => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)
