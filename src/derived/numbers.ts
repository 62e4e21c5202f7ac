/** What kind of number each entry is, and numbers in the place of those that are none. */
import { abs, add, and, castTo, copySign, equal, filled, less, lessEqual, mul, not, or, select, sub } from '../primitives/index.js'
import { concrete, isFloat, type Value } from '../tensor/index.js'

const everywhere = (x: Value, flag: 0 | 1): Value => concrete(x.sizes, 'bool', flag)

export const isNotANumber = (x: Value): Value => not(equal(x, x))
export const isInfinite = (x: Value): Value => (isFloat(x.dtype) ? equal(abs(x), filled(x, Number.POSITIVE_INFINITY)) : everywhere(x, 0))
/** Neither infinite nor NaN. */
export const isRegular = (x: Value): Value => (isFloat(x.dtype) ? less(abs(x), filled(x, Number.POSITIVE_INFINITY)) : everywhere(x, 1))
/** Whether x has the sign of negative numbers, which -0 has. */
export const hasSign = (x: Value): Value => less(isFloat(x.dtype) ? copySign(filled(x, 1), x) : x, filled(x, 0))

/** Three numbers in the place of NaN, ∞ and -∞. */
export const withNumbers = (x: Value, nan: Value, high: Value, low: Value): Value =>
  select(isNotANumber(x), nan, select(isInfinite(x), select(less(x, filled(x, 0)), low, high), x))

/** How far two numbers may be from each other: `atol` + `rtol` times the size of the second. */
export interface Within {
  readonly rtol: number
  readonly atol: number
  readonly equalNaN: boolean
}

/** Whether |x - y| ≤ atol + rtol |y| for a finite y, or x = y, as infinities may be. Integers are compared in float64, which holds them. */
export const isNear = (a: Value, b: Value, { rtol, atol, equalNaN }: Within): Value => {
  const [x, y] = isFloat(a.dtype) ? [a, b] : [castTo(a, 'float64'), castTo(b, 'float64')]
  const bound = add(filled(y, atol), mul(filled(y, rtol), abs(y)))
  const near = or(equal(x, y), and(isRegular(y), lessEqual(abs(sub(x, y)), bound)))
  return equalNaN ? or(near, and(isNotANumber(x), isNotANumber(y))) : near
}

/** 0 below 0, 1 above, y at 0; NaN stays. */
export const heaviside = (x: Value, y: Value): Value => {
  const zero = filled(x, 0)
  return select(less(x, zero), zero, select(less(zero, x), filled(x, 1), select(equal(x, zero), y, x)))
}
