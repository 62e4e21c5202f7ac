/**
 * log Γ and ψ of one number, for plain loops. Around 2 by their power series, whose coefficients are those of Riemann's zeta function, from
 * 20 on by Stirling's series, and in between and below by Γ(x + 1) = x Γ(x). Source: DLMF 5.7.3, 5.7.4, 5.11.1, 5.11.2, 5.5.
 */

const euler = 0.5772156649015329
const terms = 60

/** ζ(k) - 1 for k from 2 on: sixty terms, and the rest by Euler and Maclaurin's formula. */
const zetaExcess = (k: number): number => {
  const from = 60
  const rest =
    from ** (1 - k) / (k - 1) +
    from ** -k / 2 +
    (k * from ** (-k - 1)) / 12 -
    (k * (k + 1) * (k + 2) * from ** (-k - 3)) / 720 +
    (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * from ** (-k - 5)) / 30240
  let sum = rest
  for (let n = from - 1; n >= 2; n -= 1) sum += n ** -k
  return sum
}

const excesses: number[] = []
/** ζ(k) - 1, which is computed once, and not while the module loads. */
const excessOf = (k: number): number => {
  const known = excesses[k] ?? zetaExcess(k)
  excesses[k] = known
  return known
}

/** log Γ(2 + t) for |t| at most ½. */
const aroundTwo = (t: number): number => {
  let sum = 0
  for (let k = terms; k >= 2; k -= 1) sum += ((k % 2 === 0 ? 1 : -1) * excessOf(k) * t ** k) / k
  return t * (1 - euler) + sum
}

/** ψ(2 + t) for |t| at most ½. */
const slopeAroundTwo = (t: number): number => {
  let sum = 0
  for (let k = terms; k >= 2; k -= 1) sum += (k % 2 === 0 ? 1 : -1) * excessOf(k) * t ** (k - 1)
  return 1 - euler + sum
}

/** sin πx and cos πx, by what x is beyond the nearest whole number. */
const halfTurns = (x: number): readonly [sine: number, cosine: number] => {
  const angle = Math.PI * (x - Math.round(x))
  return [Math.sin(angle), Math.cos(angle)]
}

const ofPositive = (x: number): number => {
  if (x >= 20)
    return (
      (x - 0.5) * (Math.log(x) - 1) +
      (Math.log(2 * Math.PI) - 1) / 2 +
      (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / x ** 2) / x ** 2) / x ** 2) / x
    )
  if (x < 0.5) return aroundTwo(x) - Math.log1p(x) - Math.log(x)
  if (x < 1.5) return aroundTwo(x - 1) - Math.log1p(x - 1)
  let [left, product] = [x, 1]
  while (left >= 2.5) {
    left -= 1
    product *= left
  }
  return aroundTwo(left - 2) + Math.log(product)
}

export const logGamma = (x: number): number => {
  if (Number.isNaN(x)) return x
  if (Math.abs(x) === Number.POSITIVE_INFINITY || (x <= 0 && Number.isInteger(x))) return Number.POSITIVE_INFINITY
  if (x > 0) return ofPositive(x)
  if (x > -1e-15) return -Math.log(-x)
  const [sine] = halfTurns(x)
  return Math.log(Math.PI / (-x * Math.abs(sine))) - ofPositive(-x)
}

const slopeOfPositive = (x: number): number => {
  if (x >= 20) {
    const w = 1 / x ** 2
    return Math.log(x) - 1 / (2 * x) - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w / 240)))
  }
  if (x < 0.5) return slopeAroundTwo(x) - 1 / (1 + x) - 1 / x
  if (x < 1.5) return slopeAroundTwo(x - 1) - 1 / x
  let [left, sum] = [x, 0]
  while (left >= 2.5) {
    left -= 1
    sum += 1 / left
  }
  return slopeAroundTwo(left - 2) + sum
}

/** ψ(x), the derivative of log Γ. */
export const digammaOf = (x: number): number => {
  if (x === 0) return -1 / x
  if (x === Number.POSITIVE_INFINITY) return x
  if (!(x < 0)) return slopeOfPositive(x)
  if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.NaN
  const [sine, cosine] = halfTurns(x)
  return slopeOfPositive(1 - x) - (Math.PI * cosine) / sine
}
