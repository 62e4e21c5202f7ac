/**
 * `sigmoid`: z / (z + 1) with z = e^x.
 *
 * Numerator and denominator are both times 2^offset: z then never leaves the normal numbers, so that 2^(n + offset) is n in the field of the
 * exponent, and the quotient, which may be subnormal, is rounded once.
 *
 * Greatest error measured: float32 1.97 ulp, float64 1.75 ulp.
 */
import { expReduced, reduce } from './exp-parts.js'
import type { Both } from './format.js'
import { unary } from './vector-function.js'

/** Below the first the result is 0, above the second it is 1. */
const limits: Both<readonly [number, number]> = { f32x4: [-104, 18], f64x2: [-746, 38] }

const offset: Both<number> = { f32x4: 24, f64x2: 64 }

export const sigmoid = unary((f, x) => {
  const [least, greatest] = f.choose(limits)
  const one = f.number(2 ** f.choose(offset))
  const { r, rest, word } = reduce(f, f.keep(f.atMost(f.atLeast(x, least), greatest)), f.format.bias + f.choose(offset))
  // A product, and not a sum of exponents, so that a NaN stays one.
  const z = f.keep(f.mul(expReduced(f, r, rest), f.left(word, f.format.fraction)))
  const below = f.keep(f.add(z, one))
  // What z + 1 was rounded by counts where z is small: the quotient falls short by about as great a part of itself. From z = 1 on it may stay.
  const lost = f.sub(z, f.sub(below, one))
  const share = f.mul(f.mul(lost, f.number(4 ** -f.choose(offset))), f.atLeast(f.sub(one, z), 0))
  const quotient = f.keep(f.div(z, below))
  return f.sub(quotient, f.mul(quotient, share))
})
