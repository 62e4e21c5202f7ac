/**
 * Normal numbers between two bounds: by the inverse of erf where that has digits, which gives JAX's numbers, and by the upper tail, or its
 * mirror image, where both bounds lie far on one side.
 */
import { scale } from '../derived/index.js'
import { add, castTo, erf, filled, maximum, minimum, neg } from '../primitives/index.js'
import { at, bufferOf, concrete, type DType, fail, type Value } from '../tensor/index.js'
import { atOnce } from './at-once.js'
import { erfInv } from './erf-inv.js'
import { upperTail } from './upper-tail.js'

/** The greatest number below 1 of a dtype. Inverses of erf between it and its negative are finite. */
export const belowOne = (dtype: DType): number => (dtype === 'float32' ? 1 - 2 ** -24 : 1 - 2 ** -53)

/** Uniform numbers on [0, 1) as uniform numbers from low to high, which rounding may reach. */
export const between = (u: Value, low: number, high: number): Value => add(scale(u, high - low), filled(u, low))

/** erf of a number. It is computed by the primitive, so that it is the same on every machine. */
const erfOf = (x: number): number => atOnce('truncatedNormal', () => at(bufferOf('truncatedNormal', erf(concrete([], 'float64', x))), 0))

const words = new DataView(new ArrayBuffer(8))

/** The next greater number of a dtype after x, which is a finite number of that dtype. */
const next = (x: number, dtype: DType): number => {
  if (x === 0) return dtype === 'float32' ? 2 ** -149 : Number.MIN_VALUE
  // Numbers of one sign stand in the order of their bits.
  const step = x > 0 ? 1 : -1
  if (dtype === 'float32') {
    words.setFloat32(0, x)
    words.setInt32(0, words.getInt32(0) + step)
    return words.getFloat32(0)
  }
  words.setFloat64(0, x)
  words.setBigInt64(0, words.getBigInt64(0) + BigInt(step))
  return words.getFloat64(0)
}

/** The least number of a dtype that is greater than x; x may be -∞. */
const above = (x: number, dtype: DType): number => {
  if (x === Number.NEGATIVE_INFINITY) return dtype === 'float32' ? -(2 - 2 ** -23) * 2 ** 127 : -Number.MAX_VALUE
  const rounded = dtype === 'float32' ? Math.fround(x) : x
  return rounded > x ? rounded : next(rounded, dtype)
}

/** From this bound on numbers are drawn from the tail, because erf there is so near 1 that its inverse has lost two bits. */
const tailFrom = 2

/** The lower of two bounds is at least `tailFrom`. In float64 whatever the dtype, which has more digits than float32 has numbers. */
const fromTail = (low: number, high: number, dtype: DType, uniform: (dtype: DType) => Value): Value =>
  castTo(upperTail(uniform('float64'), low, high), dtype)

const byErfInv = (low: number, high: number, dtype: DType, uniform: (dtype: DType) => Value): Value => {
  const greatest = belowOne(dtype)
  const [from, to] = [Math.max(erfOf(low / Math.SQRT2), -greatest), erfOf(high / Math.SQRT2)]
  const u = between(uniform(dtype), from, to)
  const within = to > greatest ? minimum(u, filled(u, greatest)) : u
  return scale(erfInv(within, Math.max(-from, to)), Math.SQRT2)
}

/** Normal numbers strictly between two bounds; `uniform` draws on [0, 1). */
export const truncated = (low: number, high: number, dtype: DType, uniform: (dtype: DType) => Value): Value => {
  const [least, greatest] = [above(low, dtype), -above(-high, dtype)]
  if (!(least <= greatest))
    return fail({ _tag: 'ArgumentError', op: 'truncatedNormal', detail: `no ${dtype} lies between the bounds ${low} and ${high}` })
  const x =
    low >= tailFrom
      ? fromTail(low, high, dtype, uniform)
      : high <= -tailFrom
        ? neg(fromTail(-high, -low, dtype, uniform))
        : byErfInv(low, high, dtype, uniform)
  return minimum(maximum(x, filled(x, least)), filled(x, greatest))
}
