/** The functions in float64, near enough to real values for float32's errors: the oracle of the float32 code. */

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
  let fraction = size
  for (let n = 60; n >= 1; n -= 1) fraction = size + n / 2 / fraction
  return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction))
}

export const inFloat64 = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sigmoid: (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  erf,
  sin: Math.sin,
  cos: Math.cos,
}

/** IEEE 754's pow: unlike JavaScript's, 1 to any power and -1 to an infinite one are 1. */
export const powIn64 = (x: number, y: number): number => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)
