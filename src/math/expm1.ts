/**
 * `expm1`: e^x - 1.
 *
 * With n and r as in exp, e^x - 1 = 2^n (e^r - 1) + (2^n - 1). The second term is exact, or its error is far below that of the first.
 *
 * Greatest error measured: float32 1.61 ulp, float64 1.45 ulp.
 */
import { elementary } from './elementary.js'
import { powerOfTwo, type Reduced, reduce } from './exp-parts.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs } from './signs.js'

/** (e^r - 1 - r) / r², fitted so that the error of e^r - 1 is least relative to e^r - 1. */
export const expm1Coefficients: Both<readonly number[]> = {
  float32: [0.49999997, 0.166665435, 0.0416672006, 0.00836652052, 0.00138825574],
  float64: [
    0.5, 0.16666666666666677, 0.04166666666666651, 0.008333333333321693, 0.0013888888888962056, 0.00019841269885961506,
    0.000024801587173117645, 0.0000027557244378930266, 2.755740217552947e-7, 2.510897719896897e-8, 2.0875467687599e-9,
  ],
}

/** e^r - 1. */
export const expm1Reduced = <K extends Kinds>(f: Formula<K>, { r, rest }: Reduced<K>): FloatOf<K> => {
  const q = polynomial(f, r, choose(f, expm1Coefficients))
  return f.add(r, f.add(rest, f.mul(f.mul(r, r), q)))
}

/** Below the first the result is -1, above the second it is infinite. */
const limits: Both<readonly [number, number]> = { float32: [-20, 89], float64: [-40, 710] }

/** Where x² / 2 is less than half a unit in the last place of x. */
const tiny: Both<number> = { float32: 2 ** -25, float64: 2 ** -54 }

export const expm1 = elementary((f, x) => {
  const [least, greatest] = choose(f, limits)
  const reduced = reduce(f, f.keep(f.atMost(f.atLeast(x, least), greatest)))
  // Half the result is computed, since 2^n itself may overflow. Where half of it could be inexact, the result is x itself.
  const power = f.keep(powerOfTwo(f, reduced.word, -1))
  const half = f.keep(f.add(f.mul(power, expm1Reduced(f, reduced)), f.sub(power, f.number(0.5))))
  return f.select(f.lt(abs(f, x), f.number(choose(f, tiny))), x, f.add(half, half))
})
