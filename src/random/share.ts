import { scale } from '../derived/index.js'
import { and, castTo, equal, filled, floor, less, lessEqual, or, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/**
 * Whether two random words, taken as one number, are among the least of a share p of all 2^64. The first words decide, so that these are
 * the entries for which `uniform` is less than p.
 */
export const amongLeast = (p: number, first: Value, second: Value): Value => {
  if (p === 0) return less(first, filled(first, 0))
  // The greatest number that is below p · 2^64: that is p · 2^64 rounded up, less 1.
  const whole = Math.floor(p * 2 ** 32)
  const rest = Math.ceil((p * 2 ** 32 - whole) * 2 ** 32)
  const [greatest, then] = rest === 0 ? [whole - 1, 2 ** 32 - 1] : [whole, rest - 1]
  const isLast = equal(first, filled(first, greatest))
  return or(less(first, filled(first, greatest)), and(isLast, lessEqual(second, filled(second, then))))
}

/**
 * The same for a share of float64 at each place, which may be a tensor's: below 0 or NaN none, above 1 all. Words and parts of shares are whole numbers
 * that float64 holds exactly.
 */
export const amongShares = (p: Value, first: Value, second: Value): Value => {
  const scaled = scale(p, 2 ** 32)
  const whole = floor(scaled)
  const [high, low] = [castTo(first, 'float64'), castTo(second, 'float64')]
  return or(less(high, whole), and(equal(high, whole), less(low, scale(sub(scaled, whole), 2 ** 32))))
}
