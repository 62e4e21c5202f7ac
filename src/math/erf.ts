/**
 * `erf`.
 *
 * Below 1, erf x = x + x p(x²). From 1 on, float32 computes 1 - e^q(x-2), where q is fitted to log(1 - erf x), and float64 computes 1 -
 * e^(-x²) g((x - 2) / (x + 2)), where g is fitted to e^(x²) (1 - erf x), which is smooth in that variable (Shepherd and Laframboise 1981).
 * All three polynomials are minimax: test/engine/math/fit.test.ts shows it.
 *
 * Greatest error measured: float32 1.51 ulp, float64 1.27 ulp.
 */
import { elementary } from './elementary.js'
import { expReduced, powerOfTwo, reduce } from './exp-parts.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs, negated, withSignOf } from './signs.js'

/** erf x / x - 1 in x², from 0 to 1. */
export const erfCoefficients: Both<readonly number[]> = {
  float32: [0.128379166, -0.37612626, 0.112836003, -0.0268544443, 0.00518953474, -0.000802083756, 0.0000788911202],
  float64: [
    0.1283791670955126, -0.3761263890318375, 0.11283791670954885, -0.026866170645077868, 0.005223977624828387, -0.0008548326981423636,
    0.00012055331132902262, -0.000014925595771215512, 0.000001646100846709585, -1.635039615844057e-7, 1.4660328613604038e-8,
    -1.1374956544150675e-9, 5.960688736040551e-11,
  ],
}

/** log(1 - erf x) in x - 2, from 1 to 4. */
export const logErfcCoefficients: readonly number[] = [
  -5.36494112, -4.41815948, -0.9237535, -0.0164878983, 0.00354421558, -0.00071113609, 0.000186367208,
]

/** e^(x²) (1 - erf x) in (x - 2) / (x + 2), for x from 1 to 6. */
export const scaledErfcCoefficients: readonly number[] = [
  0.25539567631050575, -0.42718584741395677, 0.24165819424246696, -0.07897858101645537, 0.003732892398593265, 0.006997461790071593,
  -0.000847142572620517, -0.0009819765836061672, 0.000043535317960073664, 0.000174287702344149, 0.000027630822446841603,
  -0.000026587202784920262, -0.000012622247197799845,
]

/** e^x where the result is far from subnormal. */
const normalExp = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => {
  const { word, r } = reduce(f, f.keep(x))
  return f.mul(expReduced(f, r), powerOfTwo(f, word))
}

const inner = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>): FloatOf<K> =>
  f.add(y, f.mul(y, polynomial(f, f.keep(f.mul(y, y)), choose(f, erfCoefficients))))

const combined = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>, complement: FloatOf<K>): FloatOf<K> => {
  const outer = f.keep(f.sub(f.number(1), complement))
  return withSignOf(f, f.select(f.lt(y, f.number(1)), f.keep(inner(f, y)), outer), x)
}

export const erf = elementary(
  (f, x) => {
    const y = f.keep(f.atMost(abs(f, x), 4))
    return combined(f, x, y, normalExp(f, polynomial(f, f.keep(f.sub(y, f.number(2))), logErfcCoefficients)))
  },
  (f, x) => {
    const y = f.keep(f.atMost(abs(f, x), 6))
    const w = f.keep(f.div(f.sub(y, f.number(2)), f.add(y, f.number(2))))
    const minus = negated(f, f.mul(y, y))
    return combined(f, x, y, f.mul(normalExp(f, minus), polynomial(f, w, scaledErfcCoefficients)))
  },
)
