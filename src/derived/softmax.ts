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
  not,
  select,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import type { Value } from '../tensor/index.js'
import { spread } from './moments.js'
import { kept, type TakenEntries } from './taken.js'

/**
 * x less its greatest entry. The latter is held constant in derivatives, which changes them in nothing, and no power of what is left
 * overflows.
 */
const shifted = (x: Value, axis: number): Value => sub(x, broadcastAxes(stopGradient(maxAxes(x, [axis])), x.sizes, [axis]))

/** e^x / Σ e^x along an axis. */
export const softmax = (x: Value, axis: number): Value => {
  const powers = exp(shifted(x, axis))
  const sums = sumAxes(powers, [axis])
  // One division for each sum, and not for each entry: that costs half a unit in the last place of accuracy and takes a third of the time.
  return mul(powers, broadcastAxes(div(filled(sums, 1), sums), x.sizes, [axis]))
}

/**
 * The sum of powers less 1, where the powers of the greatest entries are 1. Where one entry is far above the others, the sum is 1 and very
 * little more, and log of it would lose the digits of that little. So the 1 of each greatest entry is subtracted before the sum, and all
 * but one of them are added after it; `log1p` takes what is left.
 */
const sumBeyondOne = (powers: Value, isGreatest: Value, axes: readonly number[], weights?: Value): Value => {
  const weighed = (entries: Value): Value => (weights === undefined ? entries : mul(weights, entries))
  const rest = sumAxes(weighed(sub(powers, isGreatest)), axes)
  const others = sumAxes(weighed(isGreatest), axes)
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
 * m + log Σ w e^(x - m), where m is the maximum of the entries that count, held constant in derivatives; an infinite m is replaced by 0. Where
 * every entry is -∞, the logarithm of 0 is not taken, and neither is its slope: the result is -∞ and the derivative 0.
 */
export const logSumExp = (x: Value, axes: readonly number[], { mask, weights }: TakenEntries = {}): Value => {
  const counted = weights === undefined ? x : kept(x, not(equal(weights, filled(weights, 0))), Number.NEGATIVE_INFINITY)
  const entries = kept(counted, mask, Number.NEGATIVE_INFINITY)
  const greatest = stopGradient(maxAxes(entries, axes))
  const isBounded = less(abs(greatest), filled(greatest, Number.POSITIVE_INFINITY))
  const shift = select(isBounded, greatest, filled(greatest, 0))
  const isGreatest = castTo(equal(entries, spread(greatest, x, axes)), x.dtype)
  const shares = weights === undefined ? undefined : kept(weights, mask, 0)
  const beyond = sumBeyondOne(exp(sub(entries, spread(shift, x, axes))), isGreatest, axes, shares)
  const isNothing = equal(greatest, filled(greatest, Number.NEGATIVE_INFINITY))
  return add(log1p(select(isNothing, filled(beyond, 0), beyond)), select(isNothing, greatest, shift))
}
