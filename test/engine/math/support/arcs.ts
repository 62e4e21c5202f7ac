/** Inverse and hyperbolic functions, exponentials and logarithms of other bases, to hundreds of bits, beside those of `precise.ts`. */
import { erfInv } from './double.js'
import {
  absolute,
  bitLength,
  bits,
  bounded,
  cosFixed,
  erfFixed,
  exactOf,
  expFixed,
  fixedOf,
  itself,
  ln2,
  logFixed,
  logOf,
  numberOf,
  one,
  over,
  type Precise,
  pi,
  precise,
  rootFixed,
  shifted,
  sinFixed,
  times,
  tiny,
} from './precise.js'

/** tan y is x: each round triples the digits of y, by the tangent of a difference. */
export const atanFixed = (x: bigint): bigint => {
  let y = fixedOf(Math.atan(numberOf(x)))
  for (let i = 0; i < 2; i += 1) {
    const [s, c] = [sinFixed(y), cosFixed(y)]
    y += over(times(x, c) - s, c + times(x, s))
  }
  return y
}

/** The angle of a point whose y is not below 0. */
export const angleFixed = (y: bigint, x: bigint): bigint =>
  absolute(x) >= y ? atanFixed(over(y, x)) + (x < 0n ? pi : 0n) : pi / 2n - atanFixed(over(x, y))

export const asinFixed = (x: bigint): bigint => (x < 0n ? -asinFixed(-x) : angleFixed(x, rootFixed(times(one - x, one + x))))

/** The logarithm of any positive fixed-point number. */
export const logAny = (u: bigint): bigint => {
  const length = bitLength(u) - Number(bits)
  return logFixed(shifted(u, -length)) + BigInt(length) * ln2
}

export const cubeRootFixed = (a: bigint): bigint => {
  let y = fixedOf(Math.cbrt(numberOf(a)))
  for (let i = 0; i < 4; i += 1) y = (2n * y + over(a, times(y, y))) / 3n
  return y
}

const signed = (x: number, size: bigint, exponent = 0): Precise => precise(x < 0 ? -size : size, exponent)

/** e^|x| with the sign of ± e^-|x| beside it, halved. */
const hyperbolic = (x: number, sign: 1n | -1n): Precise => {
  const { fixed, exponent } = expFixed(absolute(bounded(x)))
  return precise(fixed + (Math.abs(x) > 200 ? 0n : sign * shifted(over(one, fixed), -2 * exponent)), exponent - 1)
}

/** Newton's steps from a float64, each of which doubles the digits. */
const erfInvFixed = (x: number): bigint => {
  const target = fixedOf(x)
  let y = fixedOf(erfInv(x))
  for (let i = 0; i < 3; i += 1) {
    const { fixed, exponent } = expFixed(-times(y, y))
    y -= over(erfFixed(y) - target, times(shifted(fixed, exponent), over(2n * one, rootFixed(pi))))
  }
  return y
}

/** Real values at finite arguments inside their domains. */
export const arcs = {
  asin: (x: number): Precise => (tiny(x) ? itself(x) : precise(asinFixed(fixedOf(x)))),
  acos: (x: number): Precise => precise(pi / 2n - (tiny(x) ? fixedOf(x) : asinFixed(fixedOf(x)))),
  atan: (x: number): Precise => (tiny(x) ? itself(x) : signed(x, Math.abs(x) > 2 ** 300 ? pi / 2n : angleFixed(absolute(fixedOf(x)), one))),
  sinh: (x: number): Precise => {
    if (tiny(x)) return itself(x)
    const { fixed, exponent } = hyperbolic(x, -1n)
    return signed(x, fixed, exponent)
  },
  cosh: (x: number): Precise => hyperbolic(x, 1n),
  asinh: (x: number): Precise => {
    if (tiny(x)) return itself(x)
    const y = fixedOf(Math.abs(x))
    return signed(x, Math.abs(x) > 2 ** 200 ? ln2 + logOf(Math.abs(x)) : logAny(y + rootFixed(one + times(y, y))))
  },
  acosh: (x: number): Precise => {
    const y = fixedOf(x)
    return precise(x > 2 ** 200 ? ln2 + logOf(x) : x === 1 ? 0n : logAny(y + rootFixed(times(y, y) - one)))
  },
  atanh: (x: number): Precise => {
    if (tiny(x)) return itself(x)
    const y = fixedOf(x)
    return precise((logAny(one + y) - logAny(one - y)) / 2n)
  },
  exp2: (x: number): Precise => expFixed(times(bounded(x), ln2)),
  log10: (x: number): Precise => precise(x === 1 ? 0n : over(logOf(x), logOf(10))),
  erfInv: (x: number): Precise => {
    if (!tiny(x)) return precise(erfInvFixed(x))
    const { fixed, exponent } = itself(x)
    return precise(times(fixed << 100n, rootFixed(pi) / 2n), exponent - 100)
  },
  cbrt: (x: number): Precise => {
    if (x === 0) return itself(x)
    const { whole, exponent } = exactOf(x)
    const length = bitLength(whole)
    // The exponent of what is left is a multiple of 3.
    const left = ((((exponent + length) % 3) + 3) % 3) - 3
    return signed(x, cubeRootFixed(shifted(absolute(whole), Number(bits) - length + left)), (exponent + length - left) / 3)
  },
}
