/**
 * `log`, `log1p`, `log2` and `log10`.
 *
 * x = 2^k (1 + f) with 1 + f between √½ and √2. With s = f / (2 + f), log(1 + f) = 2 s + s R(s²) = f - (f²/2 - s (f²/2 + R)), where R is a
 * minimax polynomial (test/engine/math/fit.test.ts).
 * log2 x = k + log(1 + f) / log 2, where log(1 + f) and 1 / log 2 are each the sum of a number of half the digits and a rest; log10 x likewise,
 * with k log 2 / log 10, which is such a sum too, in the place of k.
 * Source: the formulas of FreeBSD's e_log.c (K. C. Ng, 1993) and e_log2.c, as their comments explain them.
 *
 * Greatest errors measured: log float32 0.83 ulp, float64 0.78 ulp; log1p float32 0.88 ulp, float64 0.76 ulp; log2 float32 0.87 ulp,
 * float64 0.74 ulp, and none at powers of two; log10 float32 0.67 ulp, float64 0.62 ulp, and none at powers of ten.
 */
import { elementary, type FormulaBody, type NarrowFunction } from './elementary.js'
import { fastTwoSum, split, twoSum } from './exact.js'
import { ln2High, ln2Low } from './exp-parts.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds, MaskOf } from './formula.js'
import { polynomial } from './polynomial.js'
import { withSignOf } from './signs.js'

/** (log((1 + s) / (1 - s)) - 2 s) / s³ in s². */
export const logCoefficients: Both<readonly number[]> = {
  float32: [0.666667759, 0.399774939, 0.298731297],
  float64: [
    0.6666666666666735, 0.3999999999941123, 0.28571428743225114, 0.2222219848041578, 0.1818356948502515, 0.15313910290929975,
    0.14797432826636175,
  ],
}

/** 1 / log 2 as a number of half the digits, and the rest. */
export const log2eHigh: Both<number> = { float32: 1.44287109375, float64: 1.4426950514316559 }
export const log2eLow: Both<number> = { float32: -0.000176052861, float64: -1.0542692476429138e-8 }

/** 1 / log 10 likewise; log 2 / log 10 as a number of few digits, by which k can be multiplied exactly, and the rest. */
export const log10eHigh: Both<number> = { float32: 0.434326171875, float64: 0.434294480830431 }
export const log10eLow: Both<number> = { float32: -0.00003168997136526741, float64: 1.0728208431540585e-9 }
export const log10Of2High: Both<number> = { float32: 0.30103302001953125, float64: 0.30102999566395283 }
export const log10Of2Low: Both<number> = { float32: -0.000003024355464731343, float64: 2.8363394551044964e-14 }

const rootHalf: Both<bigint> = { float32: 0x3f3504f3n, float64: 0x3fe6a09e667f3bcdn }

interface Parts<K extends Kinds> {
  /** The exponent as a number. */
  readonly k: FloatOf<K>
  /** Between √½ and √2. */
  readonly m: FloatOf<K>
}

/** A positive normal number as 2^k m. */
export const partsOf = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Parts<K> => {
  const { fraction, bias, one, infinity, sign } = f.format
  const root = choose(f, rootHalf)
  const shifted = f.keepWord(f.addWords(f.bits(x), f.word(one - root)))
  const m = f.float(f.addWords(f.clearWords(shifted, f.word(infinity | sign)), f.word(root)))
  // With the bits of 2^fraction an integer in the low bits is that power plus the integer, so the power is subtracted.
  const unit = 2 ** fraction
  const unitBits = one + (BigInt(fraction) << BigInt(fraction))
  const k = f.sub(f.float(f.orWords(f.shiftRight(shifted, fraction), f.word(unitBits))), f.number(unit + bias))
  return { k: f.keep(k), m: f.keep(m) }
}

/** log(1 + y) as y - half + small. */
export const logTerms = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>): { readonly half: FloatOf<K>; readonly small: FloatOf<K> } => {
  const s = f.keep(f.div(y, f.add(y, f.number(2))))
  const z = f.keep(f.mul(s, s))
  const half = f.keep(f.mul(f.mul(y, y), f.number(0.5)))
  const R = f.mul(z, polynomial(f, z, choose(f, logCoefficients)))
  return { half, small: f.mul(s, f.add(half, R)) }
}

/** k log 2 + log(1 + y) + rest, where rest is far below y. */
const logSum = <K extends Kinds>(f: Formula<K>, k: FloatOf<K>, y: FloatOf<K>, rest: FloatOf<K> | undefined): FloatOf<K> => {
  const { half, small } = logTerms(f, y)
  const low = f.mul(k, f.number(choose(f, ln2Low)))
  const correction = f.add(small, rest ? f.add(low, rest) : low)
  return f.sub(f.mul(k, f.number(choose(f, ln2High))), f.sub(f.sub(half, correction), y))
}

interface Scaled<K extends Kinds> {
  /** A product without an error, which has the leading digits. */
  readonly product: FloatOf<K>
  readonly rest: FloatOf<K>
}

/** log(1 + y) times a constant in two parts. */
const scaledLog = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>, ofHigh: Both<number>, ofLow: Both<number>): Scaled<K> => {
  const { half, small } = logTerms(f, y)
  const [high] = split(f, f.sub(y, half))
  const low = f.keep(f.add(f.sub(f.sub(y, high), half), small))
  const product = f.keep(f.mul(high, f.number(choose(f, ofHigh))))
  return { product, rest: f.add(f.mul(f.add(high, low), f.number(choose(f, ofLow))), f.mul(low, f.number(choose(f, ofHigh)))) }
}

/** k + log(1 + y) / log 2. The products and the sum that carry the leading digits are exact. Where y is 0, the result is k. */
const log2Sum = <K extends Kinds>(f: Formula<K>, k: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const { product, rest } = scaledLog(f, y, log2eHigh, log2eLow)
  const [sum, error] = fastTwoSum(f, k, product)
  return f.add(sum, f.add(error, rest))
}

/** k log 2 / log 10 + log(1 + y) / log 10, likewise. */
const log10Sum = <K extends Kinds>(f: Formula<K>, k: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const { product, rest } = scaledLog(f, y, log10eHigh, log10eLow)
  const [sum, error] = fastTwoSum(f, f.keep(f.mul(k, f.number(choose(f, log10Of2High)))), product)
  return f.add(sum, f.add(error, f.add(rest, f.mul(k, f.number(choose(f, log10Of2Low))))))
}

/** The result inside is that of finite x > 0. At 0 it is -∞ and below it NaN; ∞ and NaN stay. */
const withEdges = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, inside: FloatOf<K>): FloatOf<K> => {
  const zero = f.number(0)
  const infinity = f.number(Number.POSITIVE_INFINITY)
  const edge = f.select(f.eq(x, zero), f.number(Number.NEGATIVE_INFINITY), f.number(Number.NaN))
  return f.select(f.lt(x, infinity), f.select(f.gt(x, zero), inside, edge), f.add(x, infinity))
}

/** Where x is a positive normal number. */
const isOrdinary = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): MaskOf<K> =>
  f.andMasks(f.ge(x, f.number(f.format.leastNormal)), f.lt(x, f.number(Number.POSITIVE_INFINITY)))

const subnormalShift: Both<number> = { float32: 24, float64: 54 }

/** A logarithm, from its formula for 2^k (1 + y). */
const logarithm = (formula: FormulaBody): NarrowFunction =>
  elementary((f, x) => {
    const rare = f.anyNot(isOrdinary(f, x))
    const normal = f.variable(x)
    const shift = f.variable(f.number(0))
    f.when(rare, () => {
      const subnormal = f.keepMask(f.lt(x, f.number(f.format.leastNormal)))
      const count = choose(f, subnormalShift)
      normal.set(f.select(subnormal, f.mul(x, f.number(2 ** count)), x))
      shift.set(f.where(subnormal, f.number(count)))
    })
    const { k, m } = partsOf(f, normal.value)
    const y = f.keep(f.sub(m, f.number(1)))
    const result = f.variable(formula(f, f.keep(f.sub(k, shift.value)), y))
    f.when(rare, () => {
      result.set(withEdges(f, x, result.value))
    })
    return result.value
  })

export const log = logarithm((f, k, y) => logSum(f, k, y, undefined))

export const log2 = logarithm(log2Sum)

export const log10 = logarithm(log10Sum)

/** The logarithm of u = 1 + x, whose rounding error is carried along. For small x, where k is 0, the sum m - 1 + rest is x itself. */
export const log1p = elementary((f, x) => {
  const one = f.number(1)
  const [u, error] = twoSum(f, one, x)
  const { k, m } = partsOf(f, u)
  // 2^-k. Where k is so great that this is no normal number, the error is nothing beside u, and 2^-100 will do.
  const exponent = f.bits(f.sub(f.number(f.format.rounder + f.format.bias), f.atMost(k, 100)))
  const inverse = f.float(f.shiftLeft(exponent, f.format.fraction))
  const rest = f.keep(f.mul(error, inverse))
  const high = f.keep(f.sub(m, one))
  const y = f.keep(f.add(high, rest))
  const result = f.variable(logSum(f, k, y, f.add(f.sub(high, y), rest)))
  f.when(f.anyNot(isOrdinary(f, u)), () => {
    result.set(withEdges(f, u, result.value))
  })
  return withSignOf(f, result.value, x)
})
