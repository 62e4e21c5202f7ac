/**
 * `tanh`, computed for |x|, whose result is given the sign of x.
 *
 * float32: |x| = n log 2 + h with 0 ≤ h < log 2, and t = tanh h = h + h³ p(h²), where p is a minimax polynomial
 * (test/engine/math/fit.test.ts). Since 4^n = e^(2 n log 2), the addition formula is tanh |x| = 1 + 2 (t - 1) / (4^n + 1 + (4^n - 1) t).
 * From n = 1 on, the quotient in it is less than 0.4, and so its errors are small. For n = 0, the same formula with 0 in the place of the
 * two lone ones gives t itself.
 *
 * float64: t / (t + 2) with t = e^2x - 1, which needs no second polynomial.
 *
 * Greatest error measured: float32 1.25 ulp, float64 2.12 ulp.
 */
import { elementary } from './elementary.js'
import { powerOfTwo, reduce } from './exp-parts.js'
import { expm1Reduced } from './expm1.js'
import { polynomial } from './polynomial.js'
import { abs, withSignOf } from './signs.js'

/** (tanh h - h) / h³ in h², for h up to log 2. */
export const tanhCoefficients: readonly number[] = [-0.333332032, 0.133293897, -0.0535785891, 0.0201461911, -0.00518944627]

export const tanh = elementary(
  (f, x) => {
    // From 10 on the result is 1.
    const y = f.keep(f.atMost(abs(f, x), 10))
    const n = f.keep(f.floor(f.mul(y, f.number(Math.LOG2E))))
    // One constant is enough for log 2: its products for n = 1 and 2 are exact, and from n = 3 on an error of h is nothing beside the result.
    const h = f.keep(f.sub(y, f.mul(n, f.number(Math.LN2))))
    const z = f.keep(f.mul(h, h))
    const t = f.keep(f.add(h, f.mul(f.mul(z, h), polynomial(f, z, tanhCoefficients, true))))
    // 4^n / 2: the word has n + 63 in all bits of the exponent but the lowest.
    const half = f.keep(f.float(f.shiftLeft(f.bits(f.add(n, f.number(f.format.rounder + 63))), f.format.fraction + 1)))
    const one = f.keep(f.atMost(n, 1))
    const denominator = f.add(f.add(half, f.number(0.5)), f.mul(f.sub(half, f.number(0.5)), t))
    return withSignOf(f, f.add(one, f.div(f.sub(t, one), denominator)), x)
  },
  (f, x) => {
    const y = f.keep(f.atMost(abs(f, x), 20))
    const reduced = reduce(f, f.keep(f.add(y, y)))
    const power = f.keep(powerOfTwo(f, reduced.word))
    const t = f.keep(f.add(f.mul(power, expm1Reduced(f, reduced)), f.sub(power, f.number(1))))
    return withSignOf(f, f.div(t, f.add(t, f.number(2))), x)
  },
)
