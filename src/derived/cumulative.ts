/** Cumulative functions that are made of others. */
import {
  abs,
  add,
  type CumulativeParams,
  castTo,
  cumMax,
  equal,
  exp,
  filled,
  less,
  log,
  recurrence,
  select,
  shiftedAlong,
  stopGradient,
  sub,
} from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const nothing = Number.NEGATIVE_INFINITY

/**
 * m + log s, where m is the greatest entry up to each, held constant in derivatives, and s the sum of e^(x - m) up to each: with every new
 * greatest entry the sum before it is scaled to that, so s is a recurrence. In float64, because the factors of many small steps would
 * otherwise have too few digits. An infinite m is replaced by 0, and of a sum of nothing but -∞ no logarithm is taken, as in `logSumExp`.
 */
export const cumLogSumExp = (x: Value, { axis, reverse, exclusive }: CumulativeParams): Value => {
  const wide = castTo(x, 'float64')
  const greatest = stopGradient(cumMax(wide, { axis, reverse, exclusive: false }))
  const shift = select(less(abs(greatest), filled(greatest, Number.POSITIVE_INFINITY)), greatest, filled(greatest, 0))
  const isNothing = equal(greatest, filled(greatest, nothing))
  const before = shiftedAlong(greatest, axis, reverse, nothing)
  const rescaled = exp(sub(shiftedAlong(shift, axis, reverse, 0), shift))
  const factors = select(equal(before, filled(before, nothing)), filled(before, 0), rescaled)
  const sums = recurrence(factors, exp(sub(wide, shift)), { axis, reverse })
  const upTo = select(isNothing, greatest, add(log(select(isNothing, filled(sums, 1), sums)), shift))
  return castTo(exclusive ? shiftedAlong(upTo, axis, reverse, nothing) : upTo, x.dtype)
}
