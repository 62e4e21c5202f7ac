/**
 * The norm of order p, (Σ |x|^p)^(1/p), of the entries along axes.
 *
 * Squares are taken of scaled numbers, as in `stdOf`. For other orders the magnitudes are divided by the one whose power is greatest, so that
 * every power lies between 0 and 1. Both scales are held constant in derivatives, which changes them in nothing, for a norm is homogeneous.
 */
import {
  abs,
  and,
  castTo,
  div,
  equal,
  filled,
  less,
  maxAxes,
  minAxes,
  mul,
  pow,
  select,
  stopGradient,
  sumAxes,
} from '../primitives/index.js'
import type { Value } from '../tensor/index.js'
import { rootOf, scaled, spread } from './moments.js'
import { countNonzero, max, min } from './reduce.js'
import { kept, type TakenEntries } from './taken.js'

const isZeroOf = (x: Value): Value => equal(x, filled(x, 0))

/** x^p of numbers from 0 up, whose derivative is 0 at 0 and not infinite or NaN. */
const powerOf = (x: Value, p: number): Value => {
  const isZero = isZeroOf(x)
  const power = pow(select(isZero, filled(x, 1), x), filled(x, p))
  return select(isZero, filled(x, p < 0 ? Number.POSITIVE_INFINITY : 0), power)
}

const powerNorm = (magnitudes: Value, axes: readonly number[], p: number): Value => {
  const extreme = stopGradient(p > 0 ? maxAxes(magnitudes, axes) : minAxes(magnitudes, axes))
  const isOrdinary = and(less(filled(extreme, 0), extreme), less(extreme, filled(extreme, Number.POSITIVE_INFINITY)))
  const scale = select(isOrdinary, extreme, filled(extreme, 1))
  const total = sumAxes(powerOf(div(magnitudes, spread(scale, magnitudes, axes)), p), axes)
  return mul(powerOf(total, 1 / p), scale)
}

export const norm = (x: Value, axes: readonly number[], { mask, ord: p = 2 }: TakenEntries): Value => {
  if (p === 0) return castTo(countNonzero(x, axes, { mask }), x.dtype)
  const entries = kept(x, mask, p < 0 ? Number.POSITIVE_INFINITY : 0)
  if (p === 2) {
    const { scale, ratio } = scaled(entries, axes)
    return mul(rootOf(sumAxes(mul(ratio, ratio), axes)), scale)
  }
  const magnitudes = abs(entries)
  if (p === 1) return sumAxes(magnitudes, axes)
  if (p === Number.POSITIVE_INFINITY) {
    const greatest = max(magnitudes, axes)
    // The greatest of none is -Infinity, and a norm is 0 there.
    return select(less(greatest, filled(greatest, 0)), filled(greatest, 0), greatest)
  }
  return p === Number.NEGATIVE_INFINITY ? min(magnitudes, axes) : powerNorm(magnitudes, axes, p)
}
