/**
 * `round`: the nearest whole number, the even one of two; `trunc`: the whole number next to x towards 0. The sign of a zero stays.
 *
 * Gradient: 0.
 */

import { floatFunction } from './family/function.js'

const halfToEven = (x: number): number => {
  const below = Math.floor(x)
  const rest = x - below
  const nearest = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1
  // A difference of infinities is NaN, and a zero has the sign of the number.
  return Number.isFinite(x) ? (nearest === 0 ? x * 0 : nearest) : x
}

export const { record: roundPrimitive, call: round } = floatFunction({
  name: 'round',
  range: [0.6, 1.4],
  derivative: 'zero',
  entry: halfToEven,
})

export const { record: truncPrimitive, call: trunc } = floatFunction({
  name: 'trunc',
  range: [1.1, 1.9],
  derivative: 'zero',
  entry: Math.trunc,
})
