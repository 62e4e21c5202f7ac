/**
 * `sigmoid`: z / (z + 1) with z = e^x.
 *
 * Numerator and denominator are both multiplied by 2^offset. z is then always a normal number, so that 2^(n + offset) has n in the field of
 * its exponent, and the quotient, which may be subnormal, is rounded once.
 *
 * Greatest error measured: float32 1.97 ulp, float64 1.75 ulp.
 */
import { elementary } from './elementary.js'
import { expReduced, reduce } from './exp-parts.js'
import { type Both, choose } from './format.js'

/** Below the first the result is 0, above the second it is 1. */
const limits: Both<readonly [number, number]> = { float32: [-104, 18], float64: [-746, 38] }

const offset: Both<number> = { float32: 24, float64: 64 }

export const sigmoid = elementary((f, x) => {
  const [least, greatest] = choose(f, limits)
  const one = f.number(2 ** choose(f, offset))
  const { r, rest, word } = reduce(f, f.keep(f.atMost(f.atLeast(x, least), greatest)), f.format.bias + choose(f, offset))
  // The power is multiplied and not added to the exponent, so that a NaN stays one.
  const z = f.keep(f.mul(expReduced(f, r, rest), f.float(f.shiftLeft(word, f.format.fraction))))
  const below = f.keep(f.add(z, one))
  // What z + 1 was rounded by counts where z is small: it makes the quotient wrong by about as great a part of itself. From z = 1 on it may
  // stay.
  const lost = f.sub(z, f.sub(below, one))
  const share = f.mul(f.mul(lost, f.number(4 ** -choose(f, offset))), f.atLeast(f.sub(one, z), 0))
  const quotient = f.keep(f.div(z, below))
  return f.sub(quotient, f.mul(quotient, share))
})
