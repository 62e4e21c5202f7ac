/** The logarithm of the gamma function and its derivative, to hundreds of bits. */
import { logAny } from './arcs.js'
import { absolute, cosFixed, fixedOf, itself, logOf, one, over, type Precise, pi, precise, sinFixed, times } from './precise.js'

/** Bernoulli's numbers of even index from 2 on, as fractions. Source: DLMF 24.5.3. */
const bernoulli = ((): readonly (readonly [bigint, bigint])[] => {
  const found: [bigint, bigint][] = []
  const all: [bigint, bigint][] = [[1n, 1n]]
  const common = (a: bigint, b: bigint): bigint => (b === 0n ? absolute(a) : common(b, a % b))
  for (let m = 1; m <= 130; m += 1) {
    let [top, bottom] = [0n, 1n]
    let choose = 1n
    for (let k = 0; k < m; k += 1) {
      const [a, b] = all[k]!
      ;[top, bottom] = [top * b + choose * a * bottom, bottom * b]
      const shared = common(top, bottom)
      ;[top, bottom] = [top / shared, bottom / shared]
      choose = (choose * BigInt(m + 1 - k)) / BigInt(k + 1)
    }
    bottom *= -BigInt(m + 1)
    all.push([top, bottom])
    if (m % 2 === 0) found.push([top, bottom])
  }
  return found
})()

/** From here on 65 terms of Stirling's series have 320 bits. */
const far = 60n * one

/** How often 1 is added to x until it is far, and the sum. */
const lifted = (x: bigint): { readonly count: bigint; readonly from: bigint } => {
  const count = x >= far ? 0n : (far - x) / one + 1n
  return { count, from: x + count * one }
}

/** Of a positive x. Source: DLMF 5.11.1. */
export const lgammaFixed = (x: bigint): bigint => {
  const { count, from } = lifted(x)
  let product = one
  for (let i = 0n; i < count; i += 1n) product = times(product, x + i * one)
  let sum = times(from - one / 2n, logAny(from)) - from + logAny(2n * pi) / 2n
  let power = from
  const square = times(from, from)
  bernoulli.forEach(([top, bottom], i) => {
    const k = BigInt(2 * (i + 1))
    sum += over((top * one) / (bottom * k * (k - 1n)), power)
    power = times(power, square)
  })
  return sum - logAny(product)
}

/** Of a positive x. Source: DLMF 5.11.2. */
export const digammaFixed = (x: bigint): bigint => {
  const { count, from } = lifted(x)
  let sum = logAny(from) - over(one, 2n * from)
  const square = times(from, from)
  let power = square
  bernoulli.forEach(([top, bottom], i) => {
    sum -= over((top * one) / (bottom * BigInt(2 * (i + 1))), power)
    power = times(power, square)
  })
  for (let i = 0n; i < count; i += 1n) sum -= over(one, x + i * one)
  return sum
}

/** π times what x, which is no whole number, is beyond the nearest one. */
const beyond = (x: bigint): bigint => {
  const rest = ((x % one) + one) % one
  return times(pi, 2n * rest > one ? rest - one : rest)
}
/** The series is for angles up to π/4. */
const sineOf = (angle: bigint): bigint => 2n * times(sinFixed(angle / 2n), cosFixed(angle / 2n))
const cosineOf = (angle: bigint): bigint => one - 2n * times(sinFixed(angle / 2n), sinFixed(angle / 2n))

/** Real values at finite arguments; below 0 no whole numbers. */
export const gammas = {
  lgamma: (x: number): Precise => {
    if (Math.abs(x) < 2 ** -100) return precise(-logOf(Math.abs(x)))
    const y = fixedOf(x)
    if (x > 2 ** 200) return precise(times(y, logOf(x) - one))
    if (x > 0) return precise(x === 1 || x === 2 ? 0n : lgammaFixed(y))
    return precise(logAny(over(pi, times(-y, absolute(sineOf(beyond(y)))))) - lgammaFixed(-y))
  },
  digamma: (x: number): Precise => {
    if (Math.abs(x) < 2 ** -100) {
      // -1/x, whose exponent is that of x turned round.
      const { fixed, exponent } = itself(x)
      return precise(-over(one, fixed), -exponent)
    }
    const y = fixedOf(x)
    if (x > 2 ** 200) return precise(logOf(x))
    if (x > 0) return precise(digammaFixed(y))
    return precise(digammaFixed(one - y) - over(times(pi, cosineOf(beyond(y))), sineOf(beyond(y))))
  },
}
