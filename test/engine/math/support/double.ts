/** The functions in float64, near enough to real values for float32's errors: the oracle of the float32 code. */

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
  sin: Math.sin,
  cos: Math.cos,
}

/** IEEE 754's pow: unlike JavaScript's, 1 to any power and -1 to an infinite one are 1. */
export const powIn64 = (x: number, y: number): number => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)
