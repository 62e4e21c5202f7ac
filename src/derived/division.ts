/** Division with a remainder that has the sign of the divisor. */
import {
  add,
  and,
  castTo,
  div,
  equal,
  filled,
  floor,
  less,
  neg,
  not,
  rem,
  round,
  select,
  stopGradient,
  sub,
  xor,
} from '../primitives/index.js'
import { isFloat, type Value } from '../tensor/index.js'

/** Whether the remainder has another sign than the divisor, and is not 0. */
const isApart = (remainder: Value, y: Value): Value => {
  const zero = filled(y, 0)
  return and(not(equal(remainder, zero)), xor(less(remainder, zero), less(y, zero)))
}

/** The remainder of the quotient rounded down. */
export const mod = (x: Value, y: Value): Value => {
  const remainder = rem(x, y)
  return select(isApart(remainder, y), add(remainder, y), remainder)
}

/** The quotient of floats rounded down: from x less its remainder, which is a multiple of y, so that no quotient is rounded up to a whole number. */
const ofFloats = (x: Value, y: Value): Value => {
  const remainder = rem(x, y)
  const towardsZero = round(div(sub(x, remainder), y))
  const below = sub(towardsZero, castTo(isApart(remainder, y), x.dtype))
  // By 0 the remainder is NaN, and the quotient infinite.
  return select(equal(y, filled(y, 0)), div(x, y), below)
}

/**
 * The quotient of integers rounded down, and 0 where the divisor is 0. Of two 32-bit integers, a quotient in float64 is never rounded up to a whole
 * number. The least integer by -1 is itself, as its negative is.
 */
const ofIntegers = (x: Value, y: Value): Value => {
  const quotient = castTo(floor(div(castTo(x, 'float64'), castTo(y, 'float64'))), x.dtype)
  const whole = x.dtype === 'int32' ? select(equal(y, filled(y, -1)), neg(x), quotient) : quotient
  return select(equal(y, filled(y, 0)), filled(x, 0), whole)
}

/** The quotient rounded down; its derivative is 0. */
export const floorDiv = (x: Value, y: Value): Value => (isFloat(x.dtype) ? stopGradient(ofFloats(x, y)) : ofIntegers(x, y))
