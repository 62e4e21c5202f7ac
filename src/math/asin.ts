/**
 * `asin` and `acos`.
 *
 * Up to ½, asin s = s + s³ p(s²), where p is a minimax polynomial (test/engine/math/fit.test.ts). Beyond, with s = √((1 - |x|) / 2), asin |x| =
 * π/2 - 2 asin s and acos |x| = 2 asin s; the difference 1 - |x| is exact there. A root of a number below 0 is NaN, and so is the result
 * where |x| > 1.
 * Source: Cody and Waite 1980, chapter 10, with a polynomial in the place of their quotient.
 *
 * Greatest errors measured: asin float32 2.02 ulp, float64 1.89 ulp; acos float32 1.15 ulp, float64 1.10 ulp.
 */
import { elementary } from './elementary.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds, MaskOf } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs, withSignOf } from './signs.js'

/** (asin s - s) / s³ in s², for s from 0 to ½. */
export const asinCoefficients: Both<readonly number[]> = {
  float32: [0.166667525, 0.0749529842, 0.0454702821, 0.0241799638, 0.0421655581],
  float64: [
    0.1666666666666676, 0.07499999999970787, 0.04464285717462261, 0.030381942707333416, 0.022372214998913145, 0.017351611832917627,
    0.013980822484359895, 0.011398898051738637, 0.01078032382953278, 0.0037061691263053876, 0.02170796582847047, -0.02099971216570566,
    0.03262898069682391,
  ],
}

/** π/2 as the nearest number of the format and what that lacks of it. */
export const quarterTurn: Both<readonly [number, number]> = {
  float32: [1.5707963705062866, -4.371139000186241e-8],
  float64: [1.5707963267948966, 6.123233995736766e-17],
}

interface Arc<K extends Kinds> {
  /** Where |x| is above ½. */
  readonly isFar: MaskOf<K>
  /** |x|, or √((1 - |x|) / 2) where |x| is above ½. */
  readonly s: FloatOf<K>
  /** asin s less s. */
  readonly excess: FloatOf<K>
}

const arcOf = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Arc<K> => {
  const half = f.number(0.5)
  const y = f.keep(abs(f, x))
  const isFar = f.keepMask(f.gt(y, half))
  const z = f.keep(f.select(isFar, f.mul(f.sub(f.number(1), y), half), f.mul(y, y)))
  const s = f.keep(f.select(isFar, f.sqrt(z), y))
  return { isFar, s, excess: f.keep(f.mul(f.mul(s, z), polynomial(f, z, choose(f, asinCoefficients)))) }
}

/** A number of quarter turns less x, which is the sum of a greater part and a lesser one. */
export const turnsLess = <K extends Kinds>(f: Formula<K>, turns: 1 | 2, x: FloatOf<K>, lesser?: FloatOf<K>): FloatOf<K> => {
  const [high, low] = choose(f, quarterTurn)
  const rest = f.number(turns * low)
  return lesser ? f.sub(f.sub(f.number(turns * high), x), f.sub(lesser, rest)) : f.sub(f.number(turns * high), f.sub(x, rest))
}

export const asin = elementary((f, x) => {
  const { isFar, s, excess } = arcOf(f, x)
  return withSignOf(f, f.select(isFar, turnsLess(f, 1, f.add(s, s), f.add(excess, excess)), f.add(s, excess)), x)
})

export const acos = elementary((f, x) => {
  const { isFar, s, excess } = arcOf(f, x)
  const isNegative = f.keepMask(f.lt(x, f.number(0)))
  const arc = f.keep(f.add(s, excess))
  const twice = f.keep(f.add(arc, arc))
  const far = f.select(isNegative, turnsLess(f, 2, f.add(s, s), f.add(excess, excess)), twice)
  return f.select(isFar, far, turnsLess(f, 1, withSignOf(f, arc, x)))
})
