/**
 * `lgamma`: log |Γ(x)|.
 *
 * For x > 0, by where x lies:
 * - below √½: g(x) - log(x (1 + x)), where g(t) = log Γ(2 + t) = (1 - γ) t + t² h(t), and h is a minimax polynomial
 *   (test/engine/math/fit.test.ts);
 * - up to √2: g(t) - log(1 + t) with t = x - 1. The two nearly cancel near 1: the terms t of both are taken off each other first;
 * - up to 2½: g(x - 2);
 * - up to 8: g(x - n - 2) + log((x - 1) … (x - n)), where x - n is between 1½ and 2½, and the differences are exact;
 * - beyond: Stirling's series, (x - ½) (log x - 1) + (log 2π - 1) / 2 + Σ B₂ₖ / (2k (2k - 1) x^(2k-1)) (DLMF 5.11.1).
 * For x < 0, log(π / (|x| |sin πx|)) - log Γ(|x|) (DLMF 5.5.3); at whole numbers it is infinite.
 *
 * Greatest errors measured for x > 0: float32 3.50 ulp, float64 2.48 ulp. Below 0 the result is a difference, which has zeros: there it is off
 * by as many units of the greater term.
 */
import { elementary } from './elementary.js'
import { fastTwoSum, type Pair, twoProduct } from './exact.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { log, logTerms } from './log.js'
import { polynomial } from './polynomial.js'
import { abs } from './signs.js'
import { halfTurns } from './turn.js'

/** (log Γ(2 + t) - (1 - γ) t) / t² in t, from √2 - 2 to √½. */
export const lgammaCoefficients: Both<readonly number[]> = {
  float32: [
    0.322467032, -0.067352198, 0.0205809402, -0.00738789919, 0.0028890029, -0.00117580847, 0.000513487265, -0.000271676418, 0.000105650193,
  ],
  float64: [
    0.3224670334241132, -0.06735230105319848, 0.020580808427786607, -0.007385551028633022, 0.00289051033063047, -0.0011927539131883877,
    0.0005096695275888034, -0.00022315473214364127, 0.00009945747085254205, -0.00004492649904087742, 0.000020507598124957368,
    -0.000009437925026964523, 0.000004372594295019402, -0.000002044826965924271, 9.636817681669611e-7, -4.377731514732876e-7,
    1.9251971082774946e-7, -1.1116967928756292e-7, 7.188925540463623e-8, -2.3208058471155864e-8,
  ],
}

/** Euler's constant γ. */
const euler = 0.5772156649015329

/** B₂ₖ / (2k (2k - 1)) from k = 1 on. Source: DLMF 24.2.1. */
const stirling: Both<readonly number[]> = {
  float32: [1 / 12, -1 / 360, 1 / 1260],
  float64: [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188],
}

/** x (1 + x) for x from 0 to 1, and by what part of it that was rounded; near 0 no part counts beside the logarithm. */
const risen = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Pair<K> => {
  const [square, first] = twoProduct(f, x, x)
  const [sum, second] = fastTwoSum(f, x, square)
  return [sum, f.keep(f.div(f.add(first, second), f.atLeast(sum, 2 ** -30)))]
}

/** Where 2 γ x is nothing beside log x. */
const tiny: Both<number> = { float32: 2 ** -30, float64: 2 ** -60 }

/** Of a positive number, or 0. */
const ofPositive = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => {
  const [one, half] = [f.number(1), f.number(0.5)]
  const isSmall = f.keepMask(f.lt(x, f.number(Math.SQRT1_2)))
  const isNearOne = f.keepMask(f.exceptMasks(f.lt(x, f.number(Math.SQRT2)), isSmall))
  const isFar = f.keepMask(f.ge(x, f.number(8)))
  // x - n, and the product of the numbers on the way down to it.
  const left = f.variable(f.select(isFar, f.number(2), x))
  const product = f.variable(one)
  f.when(f.any(f.ge(left.value, f.number(2.5))), () =>
    f.repeatWhile(() => {
      const isAbove = f.keepMask(f.ge(left.value, f.number(2.5)))
      left.set(f.sub(left.value, f.where(isAbove, one)))
      product.set(f.mul(product.value, f.select(isAbove, left.value, one)))
      return f.ge(left.value, f.number(2.5))
    }),
  )
  const t = f.keep(f.sub(left.value, f.select(isSmall, f.number(0), f.select(isNearOne, one, f.number(2)))))
  const square = f.keep(f.mul(t, t))
  const tail = f.keep(f.mul(square, polynomial(f, t, choose(f, lgammaCoefficients))))
  const [raised, error] = risen(f, x)
  const argument = f.keep(f.select(isFar, x, f.select(isSmall, raised, product.value)))
  const plain = f.keep(log[f.format.name](f, argument, argument))
  const logarithm = f.keep(f.add(plain, f.where(isSmall, error)))
  const ofTwo = f.add(f.mul(t, f.number(1 - euler)), tail)
  const near = f.keep(f.add(ofTwo, f.select(isSmall, f.sub(f.number(0), logarithm), logarithm)))
  const { half: quadratic, small } = logTerms(f, f.keep(f.select(isNearOne, t, half)))
  const nearOne = f.keep(f.add(f.mul(t, f.number(-euler)), f.add(tail, f.sub(quadratic, small))))
  const result = f.variable(f.select(isNearOne, nearOne, near))
  f.when(f.any(isFar), () => {
    const inverse = f.keep(f.div(one, x))
    const series = f.mul(inverse, polynomial(f, f.keep(f.mul(inverse, inverse)), choose(f, stirling)))
    const leading = f.mul(f.sub(x, half), f.sub(logarithm, one))
    result.set(f.select(isFar, f.add(leading, f.add(f.number((Math.log(2 * Math.PI) - 1) / 2), series)), result.value))
  })
  return result.value
}

export const lgamma = elementary((f, x) => {
  const infinity = f.number(Number.POSITIVE_INFINITY)
  const y = f.keep(abs(f, x))
  const result = f.variable(ofPositive(f, y))
  const isBelow = f.keepMask(f.lt(x, f.number(0)))
  f.when(f.any(isBelow), () => {
    const { sine } = halfTurns(f, f.keep(f.sub(y, f.nearest(y))))
    const quotient = f.keep(f.div(f.number(Math.PI), f.mul(y, abs(f, sine))))
    const mirrored = f.keep(f.sub(log[f.format.name](f, quotient, quotient), result.value))
    // Near 0 the product could underflow; there the value is that of |x|.
    const isMirrored = f.andMasks(isBelow, f.ge(y, f.number(choose(f, tiny))))
    result.set(f.select(isMirrored, f.select(f.eq(y, f.nearest(y)), infinity, mirrored), result.value))
  })
  return f.select(f.eq(y, infinity), infinity, result.value)
})
