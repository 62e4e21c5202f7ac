/** The softmax, its logarithm, and the logarithm of its sum, none of which overflows. */
import {
  abs,
  add,
  broadcastAxes,
  castTo,
  div,
  equal,
  exp,
  filled,
  less,
  log1p,
  maxAxes,
  mul,
  select,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import type { Value } from '../tensor/index.js'
import { spread } from './moments.js'

/** x less its greatest entry, which is held constant: the derivative is the same and nothing overflows. */
const shifted = (x: Value, axis: number): Value => sub(x, broadcastAxes(stopGradient(maxAxes(x, [axis])), x.sizes, [axis]))

/** e^x / Σ e^x along an axis. */
export const softmax = (x: Value, axis: number): Value => {
  const powers = exp(shifted(x, axis))
  const sums = sumAxes(powers, [axis])
  // One division for a sum, rather than one for an entry: half a unit in the last place more, and a third of the time.
  return mul(powers, broadcastAxes(div(filled(sums, 1), sums), x.sizes, [axis]))
}

/**
 * The sum of powers, less 1, where those of the greatest entries are 1. One entry far above the others makes the sum 1 and little more: the 1 of
 * each greatest entry is taken away before the sum, and all but one of them added after it, so that log1p sees the rest with its digits.
 */
const sumBeyondOne = (powers: Value, isGreatest: Value, axes: readonly number[]): Value => {
  const rest = sumAxes(sub(powers, isGreatest), axes)
  const others = sumAxes(isGreatest, axes)
  return add(rest, sub(others, filled(others, 1)))
}

/** x - log Σ e^x along an axis. */
export const logSoftmax = (x: Value, axis: number): Value => {
  const centred = shifted(x, axis)
  const isGreatest = castTo(equal(centred, filled(centred, 0)), x.dtype)
  const total = log1p(sumBeyondOne(exp(centred), isGreatest, [axis]))
  return sub(centred, broadcastAxes(total, x.sizes, [axis]))
}

/**
 * m + log Σ e^(x - m), where m is the maximum, itself no part of the derivative; infinite m are replaced by 0. Where every entry is -∞ nothing near
 * there adds anything: neither the logarithm nor its slope is taken, so the derivative is 0.
 */
export const logSumExp = (x: Value, axes: readonly number[]): Value => {
  const greatest = stopGradient(maxAxes(x, axes))
  const isBounded = less(abs(greatest), filled(greatest, Number.POSITIVE_INFINITY))
  const shift = select(isBounded, greatest, filled(greatest, 0))
  const isGreatest = castTo(equal(x, spread(greatest, x, axes)), x.dtype)
  const beyond = sumBeyondOne(exp(sub(x, spread(shift, x, axes))), isGreatest, axes)
  const isNothing = equal(greatest, filled(greatest, Number.NEGATIVE_INFINITY))
  return add(log1p(select(isNothing, filled(beyond, 0), beyond)), select(isNothing, greatest, shift))
}
