/** Logarithms of sums and products, without overflow on the way. */
import { abs, add, and, equal, exp, exp2, filled, less, lessEqual, log, log1p, mul, or, select, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/**
 * The greater number and log(1 + power of the difference) beside it. Each side of x = y has the same formula, so that all derivatives agree there;
 * of two equal infinities the difference is taken as 0, and the derivative is that by y.
 */
const ofSum = (x: Value, y: Value, tail: (difference: Value) => Value): Value => {
  const above = less(y, x)
  const [high, low] = [select(above, x, y), select(above, y, x)]
  const same = and(equal(x, y), equal(abs(x), filled(x, Number.POSITIVE_INFINITY)))
  return add(high, tail(select(same, filled(x, 0), sub(low, high))))
}

/** log(e^x + e^y). */
export const logAddExp = (x: Value, y: Value): Value => ofSum(x, y, t => log1p(exp(t)))
/** log₂(2^x + 2^y). */
export const logAddExp2 = (x: Value, y: Value): Value => ofSum(x, y, t => mul(log1p(exp2(t)), filled(t, Math.LOG2E)))

/** x times the logarithm of a number that starts at `least`, and 0 where x is 0: there the logarithm is taken of something else unless it is finite. */
const times = (x: Value, y: Value, least: number, other: number, logarithm: (y: Value) => Value): Value => {
  const isOutside = or(lessEqual(y, filled(y, least)), equal(y, filled(y, Number.POSITIVE_INFINITY)))
  return mul(x, logarithm(select(and(equal(x, filled(x, 0)), isOutside), filled(y, other), y)))
}

/** x log y. */
export const xlogy = (x: Value, y: Value): Value => times(x, y, 0, 1, log)
/** x log(1 + y). */
export const xlog1py = (x: Value, y: Value): Value => times(x, y, -1, 0, log1p)
