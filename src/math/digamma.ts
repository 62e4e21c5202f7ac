/**
 * `digamma`: ψ(x), the derivative of log Γ.
 *
 * For x > 0, by where x lies:
 * - from 1 to 2: (x - x₀) r(x - 3/2), where x₀ is the zero, in two parts, and r is a minimax polynomial (test/engine/math/fit.test.ts);
 * - below 1: ψ(x + 1) - 1/x; up to 8: ψ(x - n) + 1/(x - 1) + … + 1/(x - n) (DLMF 5.5.2);
 * - beyond: log x - 1 / (2x) - Σ B₂ₖ / (2k x^2k) (DLMF 5.11.2).
 * For x < 0, ψ(1 - x) - π / tan πx (DLMF 5.5.4); at whole numbers below 0 it is NaN, and at 0 infinite, with the sign that 1/x does not have.
 *
 * Greatest errors measured for x > 0: float32 3.47 ulp, float64 2.62 ulp. Below 0 the result is a difference, which has zeros: there it is off
 * by as many units of the greater term.
 */
import { elementary } from './elementary.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { log } from './log.js'
import { polynomial } from './polynomial.js'
import { halfTurns } from './turn.js'

/** ψ(x) / (x - x₀) in x - 3/2, from 1 to 2. */
export const digammaCoefficients: Both<readonly number[]> = {
  float32: [
    0.951055876, -0.423627499, 0.240542615, -0.148398773, 0.094982085, -0.0620572792, 0.0408793884, -0.0257798071, 0.016979945,
    -0.0163864566, 0.0111196957,
  ],
  float64: [
    0.9510558760318328, -0.4236274212814606, 0.24054248424078725, -0.14840492305388014, 0.09498872445284932, -0.06192213327555665,
    0.04076083394342011, -0.026975796657023883, 0.017907248234614058, -0.011908220167309974, 0.007927023346079596, -0.005279936437458755,
    0.0035180884788637685, -0.002345501571844661, 0.0015635051662273877, -0.0010364224769024099, 0.0006902732593350615,
    -0.000486066660606402, 0.0003259084680816762, -0.00014459640120430254, 0.00009324624941796878, -0.00017838139123241945,
    0.00012121046588423265,
  ],
}

/** The zero x₀ as the nearest number of the format and what that lacks of it. */
export const digammaZero: Both<readonly [number, number]> = {
  float32: [1.4616321325302124, 1.2438149938918909e-8],
  float64: [1.4616321449683622, 9.549995429965697e-17],
}

/** B₂ₖ / 2k from k = 1 on. Source: DLMF 24.2.1. */
const asymptotic: Both<readonly number[]> = {
  float32: [1 / 12, -1 / 120, 1 / 252],
  float64: [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160, 43867 / 14364, -174611 / 6600, 77683 / 276],
}

/** Of a positive number. */
const ofPositive = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => {
  const [one, half] = [f.number(1), f.number(0.5)]
  const isFar = f.keepMask(f.ge(x, f.number(8)))
  const isSmall = f.keepMask(f.lt(x, one))
  const left = f.variable(f.select(isFar, one, f.add(x, f.where(isSmall, one))))
  const sum = f.variable(f.where(isSmall, f.div(f.number(-1), x)))
  f.when(f.any(f.ge(left.value, f.number(2))), () =>
    f.repeatWhile(() => {
      const isAbove = f.keepMask(f.ge(left.value, f.number(2)))
      left.set(f.sub(left.value, f.where(isAbove, one)))
      sum.set(f.add(sum.value, f.where(isAbove, f.div(one, left.value))))
      return f.ge(left.value, f.number(2))
    }),
  )
  const [high, low] = choose(f, digammaZero)
  const beyond = f.sub(f.sub(left.value, f.number(high)), f.number(low))
  const slope = polynomial(f, f.keep(f.sub(left.value, f.number(1.5))), choose(f, digammaCoefficients))
  const result = f.variable(f.add(sum.value, f.mul(beyond, slope)))
  f.when(f.any(isFar), () => {
    const inverse = f.keep(f.div(one, x))
    const square = f.keep(f.mul(inverse, inverse))
    const series = f.mul(square, polynomial(f, square, choose(f, asymptotic)))
    const far = f.sub(log[f.format.name](f, x, x), f.add(f.mul(inverse, half), series))
    result.set(f.select(isFar, f.keep(far), result.value))
  })
  return result.value
}

export const digamma = elementary((f, x) => {
  const isBelow = f.keepMask(f.lt(x, f.number(0)))
  const result = f.variable(ofPositive(f, f.keep(f.select(isBelow, f.sub(f.number(1), x), x))))
  f.when(f.any(isBelow), () => {
    const { sine, cosine } = halfTurns(f, f.keep(f.sub(x, f.nearest(x))))
    const isWhole = f.eq(x, f.nearest(x))
    const mirrored = f.sub(result.value, f.div(f.mul(f.number(Math.PI), cosine), sine))
    result.set(f.select(isBelow, f.select(isWhole, f.number(Number.NaN), mirrored), result.value))
  })
  return result.value
})
