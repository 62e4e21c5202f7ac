/**
 * `cbrt`: the cube root, of negative numbers too.
 *
 * |x| = 8^q t with t between 0.35 and 2.9. A polynomial gives the root of m, which is t without its factor of 2 or ½, to some ten bits. In
 * float64 a step of Halley's iteration triples them. The root y is then cut to half its digits, so that y² is exact, and corrected once:
 * y + y (t/y² - y) / (2 y + t/y²), which triples the digits again and has few roundings that count.
 * Source: the last step is that of FreeBSD's s_cbrt.c, as its comments explain it.
 *
 * Greatest error measured: float32 0.67 ulp, float64 0.67 ulp.
 */
import { elementary } from './elementary.js'
import { split } from './exact.js'
import { powerOfTwo } from './exp-parts.js'
import { type Both, choose } from './format.js'
import { partsOf } from './log.js'
import { polynomial } from './polynomial.js'
import { abs, withSignOf } from './signs.js'

/** The cube root of m from √½ to √2 in m - 1, with a relative error of 2^-13.7. */
export const cbrtCoefficients: readonly number[] = [1.00006922, 0.333622335, -0.115715381, 0.0582198929]

const subnormalScale: Both<readonly [factor: number, inverse: number]> = { float32: [2 ** 24, 2 ** -8], float64: [2 ** 54, 2 ** -18] }

export const cbrt = elementary((f, x) => {
  const size = f.keep(abs(f, x))
  const isTiny = f.keepMask(f.lt(size, f.number(f.format.leastNormal)))
  const [factor, inverse] = choose(f, subnormalScale)
  const { k, m } = partsOf(f, f.keep(f.select(isTiny, f.mul(size, f.number(factor)), size)))
  const q = f.keep(f.nearest(f.mul(k, f.number(1 / 3))))
  const left = f.keep(f.sub(k, f.mul(q, f.number(3))))
  const [isMore, isLess] = [f.keepMask(f.gt(left, f.number(0))), f.keepMask(f.lt(left, f.number(0)))]
  const byLeft = (more: number, less: number) => f.select(isMore, f.number(more), f.select(isLess, f.number(less), f.number(1)))
  const t = f.keep(f.mul(m, byLeft(2, 0.5)))
  const start = f.keep(f.mul(polynomial(f, f.keep(f.sub(m, f.number(1))), cbrtCoefficients, false), byLeft(Math.cbrt(2), Math.cbrt(0.5))))
  const nearer = () => {
    const cube = f.keep(f.mul(f.mul(start, start), start))
    return f.mul(start, f.div(f.add(cube, f.add(t, t)), f.add(f.add(cube, cube), t)))
  }
  const [y] = split(f, f.format.name === 'float32' ? start : f.keep(nearer()))
  const quotient = f.keep(f.div(t, f.mul(y, y)))
  const root = f.add(y, f.mul(y, f.div(f.sub(quotient, y), f.add(f.add(y, y), quotient))))
  const scaled = f.keep(f.mul(root, powerOfTwo(f, f.bits(f.add(q, f.number(f.format.rounder))))))
  const result = f.keep(f.select(isTiny, f.mul(scaled, f.number(inverse)), scaled))
  // 0, infinities and NaN are their own roots.
  const isRegular = f.andMasks(f.gt(size, f.number(0)), f.lt(size, f.number(Number.POSITIVE_INFINITY)))
  return withSignOf(f, f.select(isRegular, result, f.add(size, size)), x)
})
