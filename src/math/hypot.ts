/**
 * `hypot`: √(x² + y²).
 *
 * Where a square could overflow, or lose digits because it is subnormal, both numbers are first multiplied by a power of two. An infinite
 * operand makes the result infinite, also beside NaN.
 *
 * Greatest error measured: float32 1.16 ulp, float64 1.09 ulp.
 */
import { elementary } from './elementary.js'
import { type Both, choose } from './format.js'
import { abs } from './signs.js'

/** Below the first and above the second, squares need the power of two. */
const ordinary: Both<readonly [least: number, greatest: number, power: number]> = {
  float32: [2 ** -40, 2 ** 60, 2 ** 80],
  float64: [2 ** -450, 2 ** 500, 2 ** 600],
}

export const hypot = elementary((f, x, y) => {
  const one = f.number(1)
  const infinity = f.number(Number.POSITIVE_INFINITY)
  const [least, greatest, power] = choose(f, ordinary)
  const [a, b] = [f.keep(abs(f, x)), f.keep(abs(f, y))]
  const size = f.keep(f.select(f.lt(a, b), b, a))
  const isLarge = f.keepMask(f.gt(size, f.number(greatest)))
  const isSmall = f.keepMask(f.lt(size, f.number(least)))
  const factor = f.keep(f.select(isLarge, f.number(1 / power), f.select(isSmall, f.number(power), one)))
  const inverse = f.select(isLarge, f.number(power), f.select(isSmall, f.number(1 / power), one))
  const [u, v] = [f.keep(f.mul(a, factor)), f.keep(f.mul(b, factor))]
  const root = f.keep(f.mul(f.sqrt(f.add(f.mul(u, u), f.mul(v, v))), inverse))
  return f.select(f.orMasks(f.eq(a, infinity), f.eq(b, infinity)), infinity, root)
})
