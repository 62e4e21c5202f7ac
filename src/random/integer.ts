/**
 * Whole numbers from a range, as JAX draws them: two words h and l for each number, (h · 2^32 + l) mod span, added to the lower bound.
 *
 * The product (2^32 mod span) · (h mod span) may be 2^32 and more; it is then taken modulo 2^32, as JAX does. For spans above 2^16 the number is
 * thus the remainder of one word rather than two, so that some numbers are more likely than others by up to span / 2^32 of their probability.
 */
import { add, castTo, equal, filled, lessEqual, mul, rem, select, sub } from '../primitives/index.js'
import { concrete, type DType, greatestOf, typed, type Value } from '../tensor/index.js'
import { split } from './key.js'
import { bitsOf } from './words.js'

/** What a uniform remainder of 2^64 words is made of, as uint32: a span of 0 stands for 2^32. */
export const offsetOf = (high: Value, low: Value, span: Value): Value => {
  const isAll = equal(span, filled(span, 0))
  const half = rem(filled(span, 2 ** 16), span)
  const multiplier = rem(mul(half, half), span)
  const offset = rem(add(mul(rem(high, span), multiplier), rem(low, span)), span)
  return select(isAll, low, offset)
}

/** A bound of the range: a number, or a tensor with an entry for each place. */
type Bound = number | Value

const bounded = (bound: Bound, n: number, dtype: DType): Value =>
  typeof bound === 'number' ? concrete([n], dtype, Math.min(bound, greatestOf(dtype))) : castTo(bound, dtype)

/** How many numbers lie in the range, as uint32: 1 where none does, and 0 for all that the dtype has. */
const spanOf = (low: Bound, high: Bound, n: number, dtype: DType): Value => {
  if (typeof low === 'number' && typeof high === 'number') return concrete([n], 'uint32', (high - low) % 2 ** 32)
  const [from, to] = [bounded(low, n, dtype), bounded(high, n, dtype)]
  const difference = castTo(sub(to, from), 'uint32')
  // An upper bound beyond the dtype, which a number may be, is one more than its greatest number.
  const isBeyond = typeof high === 'number' && high > greatestOf(dtype)
  const span = isBeyond ? add(difference, filled(difference, 1)) : difference
  const isEmpty = lessEqual(to, from)
  return isBeyond ? span : select(isEmpty, filled(span, 1), span)
}

/** Whole numbers from `low` on and below `high`; `low` where there are none. */
export const integersDrawn = (key: Value, n: number, dtype: DType, low: Bound, high: Bound): Value => {
  const [first, second] = split()(typed(key))
  const offset = offsetOf(bitsOf(first, n), bitsOf(second, n), spanOf(low, high, n, dtype))
  return add(bounded(low, n, dtype), castTo(offset, dtype))
}
