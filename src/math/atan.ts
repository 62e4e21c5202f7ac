/**
 * `atan` and `atan2`.
 *
 * Both are the arc of a quotient n / d with 0 ≤ n ≤ d, turned into its octant. Up to ½ the arc of q = n / d is q + q³ p(q²), where p is a
 * minimax polynomial (test/engine/math/fit.test.ts). Beyond, atan (n / d) = π/4 + atan ((n - d) / (n + d)), and the difference is exact.
 * Source: Cody and Waite 1980, chapter 11, with a polynomial in the place of their quotient; special values as in C's atan2.
 *
 * Greatest errors measured: atan float32 1.67 ulp, float64 1.67 ulp; atan2 float32 1.83 ulp, float64 1.70 ulp.
 */
import { turnsLess } from './asin.js'
import { elementary } from './elementary.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs, withSignOf } from './signs.js'

/** (atan q - q) / q³ in q², for q from 0 to ½. */
export const atanCoefficients: Both<readonly number[]> = {
  float32: [-0.333332343, 0.199942277, -0.141750218, 0.101600663, -0.0513267992],
  float64: [
    -0.3333333333333298, 0.1999999999990319, -0.142857142763918, 0.11111110659854324, -0.0909089624938979, 0.07692073975256813,
    -0.06663811174291477, 0.05858302236839843, -0.05122018941771215, 0.04186537560160339, -0.027435435615513114, 0.01011716047325643,
  ],
}

/** π/4 as the nearest number of the format and what that lacks of it. */
const eighthTurn: Both<readonly [number, number]> = {
  float32: [0.7853981852531433, -2.1855695000931206e-8],
  float64: [0.7853981633974483, 3.061616997868383e-17],
}

/** atan (n / d) for 0 ≤ n ≤ d. Of two infinities it is that of 1, of two zeros that of 0. */
const arcOf = <K extends Kinds>(f: Formula<K>, n: FloatOf<K>, d: FloatOf<K>): FloatOf<K> => {
  const isFar = f.keepMask(f.andMasks(f.ge(n, f.mul(d, f.number(0.5))), f.gt(n, f.number(0))))
  const quotient = f.div(f.select(isFar, f.sub(n, d), n), f.select(isFar, f.add(n, d), d))
  const q = f.keep(f.whereNot(f.eq(n, d), quotient))
  const z = f.keep(f.mul(q, q))
  const arc = f.keep(f.add(q, f.mul(f.mul(q, z), polynomial(f, z, choose(f, atanCoefficients)))))
  const [high, low] = choose(f, eighthTurn)
  return f.select(isFar, f.add(f.number(high), f.add(arc, f.number(low))), arc)
}

export const atan = elementary((f, x) => {
  const one = f.number(1)
  const y = f.keep(abs(f, x))
  const isSteep = f.keepMask(f.gt(y, one))
  const arc = f.keep(arcOf(f, f.keep(f.select(isSteep, one, y)), f.keep(f.select(isSteep, y, one))))
  return withSignOf(f, f.select(isSteep, turnsLess(f, 1, arc), arc), x)
})

/** From here on two numbers are quartered, so that their sum does not overflow. */
const large: Both<number> = { float32: 2 ** 126, float64: 2 ** 1022 }

/** The angle of the point (x, y). */
export const atan2 = elementary((f, y, x) => {
  const [a, b] = [f.keep(abs(f, y)), f.keep(abs(f, x))]
  const isSteep = f.keepMask(f.gt(a, b))
  const [least, greatest] = [f.keep(f.select(isSteep, b, a)), f.keep(f.select(isSteep, a, b))]
  const scale = f.keep(f.select(f.ge(greatest, f.number(choose(f, large))), f.number(0.25), f.number(1)))
  const arc = f.keep(arcOf(f, f.keep(f.mul(least, scale)), f.keep(f.mul(greatest, scale))))
  const quarter = f.keep(f.select(isSteep, turnsLess(f, 1, arc), arc))
  // The sign of x is looked at, and not whether it is below 0: -0 counts as negative.
  const isLeft = f.lt(withSignOf(f, f.number(1), x), f.number(0))
  return withSignOf(f, f.select(isLeft, turnsLess(f, 2, quarter), quarter), y)
})
