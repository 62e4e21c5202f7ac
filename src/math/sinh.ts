/**
 * `sinh` and `cosh`.
 *
 * With n and r as in exp, and quarters so that nothing overflows before the result does: from q = (e^|x| - 1) / 4, whose digits are those of
 * expm1, sinh |x| = 2 (q + q / (4 q + 1)); from q = e^|x| / 4, cosh x = 2 (q + 1 / (16 q)).
 *
 * Greatest errors measured: sinh float32 2.05 ulp, float64 1.89 ulp; cosh float32 1.35 ulp, float64 1.28 ulp.
 */
import { elementary } from './elementary.js'
import { expReduced, powerOfTwo, reduce } from './exp-parts.js'
import { expm1Reduced } from './expm1.js'
import { type Both, choose } from './format.js'
import { abs, withSignOf } from './signs.js'

/** From here on the result is infinite. */
const limits: Both<number> = { float32: 89.5, float64: 710.6 }

/** Where x³ / 6 is less than half a unit in the last place of x. */
const tiny: Both<number> = { float32: 2 ** -12, float64: 2 ** -27 }

export const sinh = elementary((f, x) => {
  const y = f.keep(abs(f, x))
  const reduced = reduce(f, f.keep(f.atMost(y, choose(f, limits))))
  const power = f.keep(powerOfTwo(f, reduced.word, -2))
  const q = f.keep(f.add(f.mul(power, expm1Reduced(f, reduced)), f.sub(power, f.number(0.25))))
  const sum = f.keep(f.add(q, f.div(q, f.add(f.mul(q, f.number(4)), f.number(1)))))
  return withSignOf(f, f.select(f.lt(y, f.number(choose(f, tiny))), y, f.add(sum, sum)), x)
})

export const cosh = elementary((f, x) => {
  const { r, rest, word } = reduce(f, f.keep(f.atMost(abs(f, x), choose(f, limits))))
  const q = f.keep(f.mul(powerOfTwo(f, word, -2), expReduced(f, r, rest)))
  const sum = f.keep(f.add(q, f.div(f.number(0.0625), q)))
  return f.add(sum, sum)
})
