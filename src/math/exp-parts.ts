/**
 * The parts of `exp` that its relatives share: the reduction of x by the nearest multiple of log 2, e^r of what is left, and the power of
 * two.
 *
 * e^x = 2^n e^r, where n is the integer nearest to x / log 2, so that |r| ≤ log 2 / 2. e^r = 1 + r + r² q(r), where q is a minimax
 * polynomial (test/engine/math/fit.test.ts). The result is scaled by 2^n in two steps, so that subnormal results are rounded once and the
 * greatest results do not overflow on the way.
 * Source: Cody and Waite 1980, chapter 6, with a polynomial in the place of their quotient.
 */
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds, WordOf } from './formula.js'
import { polynomial } from './polynomial.js'

/** (e^r - 1 - r) / r², fitted so that the error of e^r is least relative to e^r. */
export const expCoefficients: Both<readonly number[]> = {
  float32: [0.49999994, 0.166665211, 0.041668389, 0.00836871378, 0.00138144812],
  float64: [
    0.5000000000000011, 0.1666666666666641, 0.04166666666653014, 0.008333333333495162, 0.0013888888943644428, 0.00019841269505760815,
    0.000024801493079025654, 0.0000027557586706249093, 2.763025641440566e-7, 2.5000039656045515e-8,
  ],
}

/** log 2 as a number of few digits, by which n can be multiplied exactly, and the rest. */
export const ln2High: Both<number> = { float32: 0.693359375, float64: 0.6931471803691238 }
export const ln2Low: Both<number> = { float32: -0.000212194442, float64: 1.9082149292705877e-10 }

/** x less the nearest multiple of log 2. `n` says which multiple, as a number, and `word` has the same integer in its low bits. */
export interface Reduced<K extends Kinds> {
  readonly word: WordOf<K>
  readonly n: FloatOf<K>
  readonly r: FloatOf<K>
  /** What r was rounded by. */
  readonly rest: FloatOf<K>
}

/**
 * Reduces x. With an offset, the word has n + offset in its low bits. With a number `below`, which is far smaller than x, it is x - below
 * that is reduced.
 */
export const reduce = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, offset = 0, below?: FloatOf<K>): Reduced<K> => {
  const rounder = f.number(f.format.rounder + offset)
  const rounded = f.keep(f.add(f.mul(x, f.number(Math.LOG2E)), rounder))
  const n = f.keep(f.sub(rounded, rounder))
  const high = f.keep(f.sub(x, f.mul(n, f.number(choose(f, ln2High)))))
  const known = f.mul(n, f.number(choose(f, ln2Low)))
  const low = f.keep(below ? f.add(known, below) : known)
  const r = f.keep(f.sub(high, low))
  return { word: f.bits(rounded), n, r, rest: f.sub(f.sub(high, r), low) }
}

/** 2^(n + by), from a word with n in its low bits; n + by must be the exponent of a normal number. */
export const powerOfTwo = <K extends Kinds>(f: Formula<K>, word: WordOf<K>, by = 0): FloatOf<K> =>
  f.float(f.addWords(f.shiftLeft(word, f.format.fraction), f.word(f.format.one + (BigInt(by) << BigInt(f.format.fraction)))))

/** y 2^n, for any n whose half is the exponent of a normal number. */
export const scale = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>, { word, n }: Pick<Reduced<K>, 'word' | 'n'>): FloatOf<K> => {
  const half = f.keep(f.add(f.mul(n, f.number(0.5)), f.number(f.format.rounder)))
  return f.mul(f.mul(y, powerOfTwo(f, f.bits(half))), powerOfTwo(f, f.subWords(word, f.bits(half))))
}

/** e^r - 1, as exactly as it counts beside 1. Given the rest of r, its error is little more than half a unit in the last place of e^r. */
export const expExcess = <K extends Kinds>(f: Formula<K>, r: FloatOf<K>, rest?: FloatOf<K>): FloatOf<K> => {
  const tail = f.mul(f.mul(r, r), polynomial(f, r, choose(f, expCoefficients), true))
  return f.add(r, rest ? f.add(rest, tail) : tail)
}

/** e^r. */
export const expReduced = <K extends Kinds>(f: Formula<K>, r: FloatOf<K>, rest?: FloatOf<K>): FloatOf<K> =>
  f.add(f.number(1), expExcess(f, r, rest))

/** Below the first the result is 0, above the second it is infinite. */
export const limits: Both<readonly [number, number]> = { float32: [-104, 89], float64: [-746, 710] }
