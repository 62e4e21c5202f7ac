/** sin πx / πx, with its digits in every place, and those of its derivatives. */
import { abs, add, div, equal, filled, less, mul, rem, round, select, sin, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/** (-1)^k / (2k + 1)! from k = 0 on: enough for |πx| up to π/2. */
const coefficients: readonly number[] = Array.from({ length: 12 }, (_, k) => {
  let c = k % 2 === 0 ? 1 : -1
  for (let n = 2; n <= 2 * k + 1; n += 1) c /= n
  return c
})

/**
 * Up to ½ by its power series, whose derivatives are right at 0 and near it. Beyond, by the sine of what x is beyond the nearest whole number: at
 * whole numbers the result is 0, and its error does not grow with x.
 */
export const sinc = (x: Value): Value => {
  const isNear = less(abs(x), filled(x, 0.5))
  const angle = mul(x, filled(x, Math.PI))
  const square = mul(angle, angle)
  const bounded = select(isNear, square, filled(x, 0))
  const near = coefficients.reduceRight((sum, c) => add(mul(sum, bounded), filled(x, c)), filled(x, 0))
  const whole = round(x)
  const isOdd = equal(rem(abs(whole), filled(x, 2)), filled(x, 1))
  const sine = sin(mul(sub(x, whole), filled(x, Math.PI)))
  const far = div(mul(sine, select(isOdd, filled(x, -1), filled(x, 1))), select(isNear, filled(x, 1), angle))
  return select(isNear, near, far)
}
