/** What the error functions have in common: e^(-x²) and the like. x² is never rounded, neither in plain loops nor in derivatives. */
import type { Value } from '../../tensor/index.js'
import { add } from '../add.js'
import { less } from '../compare.js'
import { exp } from '../exp.js'
import { mul } from '../mul.js'
import { select } from '../select.js'
import { stopGradient } from '../stop.js'
import { sub } from '../sub.js'
import { filled } from './filled.js'

/**
 * The upper half of the digits of floats, so that products of halves are exact. NaN where x is so great that the constant's product overflows.
 * Source: Veltkamp; Dekker 1971.
 */
const upperDigits = (x: Value): Value => {
  const wide = mul(x, filled(x, x.dtype === 'float64' ? 2 ** 27 + 1 : 2 ** 12 + 1))
  return sub(wide, sub(wide, x))
}

/** height · e^(-steepness x²) for a steepness that is a power of two: the derivatives of the error functions. */
export const gaussian = (x: Value, steepness: number, height: number): Value => {
  const square = mul(x, x)
  const power = exp(mul(square, filled(x, -steepness)))
  const high = upperDigits(x)
  const low = sub(x, high)
  const lost = add(add(sub(mul(high, high), square), mul(high, add(low, low))), mul(low, low))
  // Far out `lost` may be NaN, but the power is 0 there whatever was lost. The correction is no part of the derivative, which is that of
  // the power alone.
  const rest = stopGradient(select(less(square, filled(x, 3000)), mul(lost, filled(x, steepness)), filled(x, 0)))
  return mul(sub(power, mul(power, rest)), filled(x, height))
}

/** a b and its rounding error, exactly. Source: Dekker 1971. */
export const exactProduct = (a: number, b: number): readonly [product: number, rest: number] => {
  const upper = (x: number): number => {
    const wide = x * (2 ** 27 + 1)
    return wide - (wide - x)
  }
  const [product, ah, bh] = [a * b, upper(a), upper(b)]
  const [al, bl] = [a - ah, b - bh]
  return [product, ah * bh - product + ah * bl + al * bh + al * bl]
}

/**
 * e^(-steepness x²) / (root f), where f = x + s / (x + 2s / (x + 3s / …)) for s = 1 / (2 steepness); `root` is a number and its rest. Within 1.6 units
 * in the last place from 0.7 on. Source: DLMF 7.9.3.
 */
export const gaussianTail = (x: number, steepness: number, [root, rootRest]: readonly [number, number]): number => {
  const [square, squareRest] = exactProduct(x, x)
  if (steepness * square > 800) return 0
  let below = 0
  for (let n = Math.ceil(20 + 250 / (steepness * square)); n >= 1; n -= 1) below = n / (2 * steepness) / (x + below)
  const f = x + below
  const [divisor, divisorRest] = exactProduct(root, f)
  const power = Math.exp(-steepness * square)
  const quotient = power / divisor
  // The quotient, corrected by its remainder and by all that was rounded before.
  const [product, productRest] = exactProduct(quotient, divisor)
  const rests = divisorRest + root * (below - (f - x)) + rootRest * f
  return quotient + ((power - product - productRest - quotient * rests) / divisor - quotient * steepness * squareRest)
}
