/**
 * Elementary functions to hundreds of bits, in fixed point: the oracle for float64, and what coefficients are fitted to.
 *
 * A fixed-point number is an integer that counts units of 2^-bits. A `Precise` is a fixed-point number times a power of two.
 */

export const bits = 320n
export const one = 1n << bits

export interface Precise {
  readonly fixed: bigint
  readonly exponent: number
}

export const precise = (fixed: bigint, exponent = 0): Precise => ({ fixed, exponent })

export const times = (a: bigint, b: bigint): bigint => (a * b) >> bits
export const over = (a: bigint, b: bigint): bigint => (a << bits) / b
export const absolute = (a: bigint): bigint => (a < 0n ? -a : a)
/** Multiplies by 2^n, of either sign. */
export const shifted = (a: bigint, n: number): bigint => (n >= 0 ? a << BigInt(n) : a >> BigInt(-n))
export const bitLength = (a: bigint): number => {
  const hex = absolute(a).toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28
}

const view = new DataView(new ArrayBuffer(8))

/** A finite double as an integer times a power of two. */
export const exactOf = (x: number): { readonly whole: bigint; readonly exponent: number } => {
  view.setFloat64(0, x)
  const word = view.getBigUint64(0)
  const field = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xfffffffffffffn
  const whole = field === 0 ? fraction : fraction | 0x10000000000000n
  return { whole: word >> 63n === 1n ? -whole : whole, exponent: Math.max(field, 1) - 1075 }
}

/** A finite double in fixed point; exact where its last bit is at least 2^-bits. */
export const fixedOf = (x: number): bigint => {
  const { whole, exponent } = exactOf(x)
  return shifted(whole, exponent + Number(bits))
}

/** The nearest double, near enough, of a fixed-point number. */
export const numberOf = (a: bigint): number => {
  const drop = Math.max(bitLength(a) - 64, 0)
  return Number(shifted(a, -drop)) * 2 ** (drop - Number(bits))
}

/** Σ x^(2k+1) / (2k+1) of signs that alternate or not, at 1/n. */
const inverseArcs = (n: bigint, alternating: boolean): bigint => {
  let power = one / n
  let sum = 0n
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (alternating && k % 4n === 3n ? -power : power) / k
    power /= n * n
  }
  return sum
}

export const ln2 = 2n * inverseArcs(3n, false)
/** π with 1,100 bits more, for the reduction of large arguments. Source: Machin. */
const widePi = ((): bigint => {
  const extra = 1100n
  const arctangent = (n: bigint): bigint => {
    let power = (1n << (bits + extra)) / n
    let sum = 0n
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += (k % 4n === 3n ? -power : power) / k
      power /= n * n
    }
    return sum
  }
  return 4n * (4n * arctangent(5n) - arctangent(239n))
})()
export const pi = widePi >> 1100n
export const widePiBits = bits + 1100n
export { widePi }

/** e^r for |r| at most 1: the series at r / 2^16, squared 16 times. */
const smallExp = (r: bigint): bigint => {
  const x = r >> 16n
  let term = one
  let sum = one
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = times(term, x) / n
    sum += term
  }
  for (let i = 0; i < 16; i += 1) sum = times(sum, sum)
  return sum
}

export const expFixed = (x: bigint): Precise => {
  const n = (x + ln2 / 2n) / ln2
  return precise(smallExp(x - n * ln2), Number(n))
}

/** log m for m in [1/4, 4]: Halley's iteration triples the digits. */
export const logFixed = (m: bigint): bigint => {
  let y = fixedOf(Math.log(numberOf(m)))
  for (let i = 0; i < 2; i += 1) {
    const { fixed, exponent } = expFixed(y)
    const e = shifted(fixed, exponent)
    y += over(2n * (m - e), m + e)
  }
  return y
}

const plain = ({ fixed, exponent }: Precise): bigint => shifted(fixed, exponent)

/** The series of sine (from x) or cosine (from 1), of |x| at most π/4. */
const alternating = (x: bigint, first: bigint, start: bigint): bigint => {
  const square = times(x, x)
  let term = first
  let sum = first
  for (let n = start; term !== 0n && term !== -1n; n += 2n) {
    term = -times(term, square) / (n * (n + 1n))
    sum += term
  }
  return sum
}
export const sinFixed = (r: bigint): bigint => alternating(r, r, 2n)
export const cosFixed = (r: bigint): bigint => alternating(r, one, 1n)

/** A number beyond which the exponential is 0 or infinite in any format, for one that is greater. */
export const bounded = (x: number): bigint => fixedOf(Math.max(-2000, Math.min(x, 2000)))

export const tiny = (x: number): boolean => Math.abs(x) < 2 ** -60

/** x itself, to which a function is equal near 0 to more bits than anyone counts. */
export const itself = (x: number): Precise => {
  const { whole, exponent } = exactOf(x)
  return precise(whole, exponent + Number(bits))
}

/** The sine of the angle that is `quarters` quarter turns on. */
const turned = (x: number, quarters: bigint): Precise => {
  const { whole, exponent } = exactOf(x)
  const wide = shifted(whole, exponent + Number(widePiBits))
  const quarter = widePi / 2n
  const n = (2n * wide + (wide < 0n ? -quarter : quarter)) / (2n * quarter)
  const r = (wide - n * quarter) >> 1100n
  const q = (((n + quarters) % 4n) + 4n) % 4n
  const value = q % 2n === 0n ? sinFixed(r) : cosFixed(r)
  return precise(q < 2n ? value : -value)
}

export const erfFixed = (x: bigint): bigint => {
  const square = times(x, x)
  let term = x
  let sum = x
  for (let n = 1n; absolute(term) > 1n; n += 1n) {
    term = (2n * times(term, square)) / (2n * n + 1n)
    sum += term
  }
  const { fixed, exponent } = expFixed(-square)
  // 2 / √π = 2 √(2^bits) / √(π 2^bits), by the integer square root of 4 / π.
  return shifted(times(times(sum, twoOverRootPi), fixed), exponent)
}

export const rootFixed = (a: bigint): bigint => {
  if (a === 0n) return a
  const target = a << bits
  let y = fixedOf(Math.sqrt(numberOf(a)))
  for (let i = 0; i < 4; i += 1) y = (y + target / y) / 2n
  return y
}
const twoOverRootPi = rootFixed(over(4n * one, pi))

/**
 * e^(x²) (1 - erf x) for a positive x: from 8 on by the continued fraction, of which 120 terms give more than 320 bits there.
 * Source: DLMF 7.9.3.
 */
export const scaledErfcFixed = (x: bigint): bigint => {
  if (x < 8n * one) {
    const { fixed, exponent } = expFixed(times(x, x))
    return shifted(times(one - erfFixed(x), fixed), exponent)
  }
  let fraction = x
  for (let n = 120n; n >= 1n; n -= 1n) fraction = x + over(n * one, 2n * fraction)
  return over(twoOverRootPi, 2n * fraction)
}

export const logOf = (x: number): bigint => {
  const { whole, exponent } = exactOf(x)
  const length = bitLength(whole)
  return logFixed(shifted(whole, Number(bits) - length)) + BigInt(exponent + length) * ln2
}

/** Real values of the functions at finite arguments inside their domains. */
export const oracle = {
  exp: (x: number): Precise => expFixed(bounded(x)),
  expm1: (x: number): Precise => (tiny(x) ? itself(x) : x < -200 ? precise(-one) : precise(plain(expFixed(bounded(x))) - one)),
  log: (x: number): Precise => precise(x === 1 ? 0n : logOf(x)),
  log1p: (x: number): Precise => {
    if (tiny(x)) return itself(x)
    const u = one + fixedOf(x)
    const length = bitLength(u) - Number(bits)
    return precise(logFixed(shifted(u, -length)) + BigInt(length) * ln2)
  },
  log2: (x: number): Precise => precise(x === 1 ? 0n : over(logOf(x), ln2)),
  tanh: (x: number): Precise => {
    if (tiny(x)) return itself(x)
    if (Math.abs(x) > 100) return precise(x < 0 ? -one : one)
    const e = plain(expFixed(2n * fixedOf(x)))
    return precise(over(e - one, e + one))
  },
  sigmoid: (x: number): Precise => {
    const { fixed, exponent } = expFixed(-absolute(bounded(x)))
    const below = one + shifted(fixed, exponent)
    return x < 0 ? precise(over(fixed, below), exponent) : precise(over(one, below))
  },
  erf: (x: number): Precise =>
    Math.abs(x) < 2 ** -60
      ? precise((itself(x).fixed * twoOverRootPi) >> 200n, itself(x).exponent - Number(bits) + 200)
      : Math.abs(x) > 12
        ? precise(x < 0 ? -one : one)
        : precise(erfFixed(fixedOf(x))),
  erfc: (x: number): Precise => {
    if (x < 8) return precise(x < -12 ? 2n * one : one - erfFixed(fixedOf(x)))
    const from = fixedOf(Math.min(x, 50))
    const { fixed, exponent } = expFixed(-times(from, from))
    return precise(times(fixed, scaledErfcFixed(from)), exponent)
  },
  normalCdf: (x: number): Precise => {
    const from = fixedOf(Math.max(-60, Math.min(x, 20)))
    const y = times(-from, rootFixed(one / 2n))
    if (x > -3) return precise(x > 18 ? one : (one - erfFixed(y)) / 2n)
    const { fixed, exponent } = expFixed(-times(from, from) / 2n)
    return precise(times(fixed, scaledErfcFixed(y)) / 2n, exponent)
  },
  sin: (x: number): Precise => (tiny(x) ? itself(x) : turned(x, 0n)),
  cos: (x: number): Precise => turned(x, 1n),
}

/** x^y for a positive x. */
export const powOracle = (x: number, y: number): Precise => {
  const { whole, exponent } = exactOf(y)
  const product = shifted(logOf(x) * whole, exponent)
  const limit = 800n * one
  return expFixed(product > limit ? limit : product < -limit ? -limit : product)
}

/** A binary format: bits after the point, and the exponents of its least and greatest units in the last place. */
export interface Format {
  readonly fraction: number
  readonly least: number
  readonly greatest: number
}
export const float64: Format = { fraction: 52, least: -1074, greatest: 971 }

/** How far a float64 is from a real value, in units in the last place of the latter. An overflow is right where rounding gives it. */
export const ulpsFrom = (got: number, { fixed, exponent }: Precise, { fraction, least, greatest }: Format = float64): number => {
  if (fixed === 0n) return got === 0 ? 0 : Number.POSITIVE_INFINITY
  const unit = Math.max(bitLength(fixed) - 1 + exponent - Number(bits) - fraction, least)
  const overflows = unit > greatest
  if (!Number.isFinite(got)) return overflows && got > 0 === fixed > 0n ? 0 : Number.POSITIVE_INFINITY
  const parts = 40
  const exact = shifted(fixed, exponent - Number(bits) - unit + parts)
  const { whole, exponent: scale } = exactOf(got)
  return Number(absolute(shifted(whole, scale - unit + parts) - exact)) / 2 ** parts
}
