/**
 * `asinh`, `acosh` and `atanh`, by log1p.
 *
 * asinh |x| = log1p (|x| + x² / (1 + √(1 + x²))); acosh x = log1p (t + √(t (t + 2))) with t = x - 1; where 1 / x² is nothing beside 1, both are
 * log |x| + log 2. atanh |x| = ½ log1p (2 |x| / (1 - |x|)).
 * Source: the formulas of FreeBSD's s_asinh.c, e_acosh.c and e_atanh.c, as their comments explain them.
 *
 * Greatest errors measured: asinh float32 1.63 ulp, float64 1.35 ulp; acosh float32 2.25 ulp, float64 1.39 ulp; atanh float32
 * 1.76 ulp, float64 1.44 ulp.
 */
import { elementary } from './elementary.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds, MaskOf } from './formula.js'
import { log1p } from './log.js'
import { abs, withSignOf } from './signs.js'

/** From here on 1 / x² is nothing beside 1. */
const large: Both<number> = { float32: 2 ** 13, float64: 2 ** 28 }

/** log (1 + x), and log 2 more where the mask is set. */
const logOf = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, doubled: MaskOf<K>): FloatOf<K> =>
  f.add(log1p[f.format.name](f, x, x), f.where(doubled, f.number(Math.LN2)))

export const asinh = elementary((f, x) => {
  const one = f.number(1)
  const y = f.keep(abs(f, x))
  const isLarge = f.keepMask(f.ge(y, f.number(choose(f, large))))
  const square = f.keep(f.mul(y, y))
  const excess = f.add(y, f.div(square, f.add(one, f.sqrt(f.add(one, square)))))
  return withSignOf(f, logOf(f, f.keep(f.select(isLarge, f.sub(y, one), excess)), isLarge), x)
})

export const acosh = elementary((f, x) => {
  const isLarge = f.keepMask(f.ge(x, f.number(choose(f, large))))
  const t = f.keep(f.sub(x, f.number(1)))
  const excess = f.add(t, f.sqrt(f.mul(t, f.add(t, f.number(2)))))
  const result = f.keep(logOf(f, f.keep(f.select(isLarge, t, excess)), isLarge))
  return f.select(f.lt(x, f.number(1)), f.number(Number.NaN), result)
})

export const atanh = elementary((f, x) => {
  const y = f.keep(abs(f, x))
  const quotient = f.keep(f.div(y, f.sub(f.number(1), y)))
  const twice = f.keep(f.add(y, y))
  // Below ½ the difference is rounded, and the quotient is added as a correction; from there on it is exact.
  const isNear = f.lt(y, f.number(0.5))
  const argument = f.keep(f.select(isNear, f.add(twice, f.mul(twice, quotient)), f.add(quotient, quotient)))
  return withSignOf(f, f.mul(log1p[f.format.name](f, argument, argument), f.number(0.5)), x)
})
