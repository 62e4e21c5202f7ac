/**
 * Distributions as functions of a uniform number u on [0, 1): the inverse of the distribution function, or one of its mirror image. u is a multiple
 * of 2^-23 or 2^-52, so that it may be 0 and its greatest value is less than 1; each function says what it does there.
 */
import { scale } from '../derived/index.js'
import {
  abs,
  add,
  castTo,
  cos,
  div,
  exp,
  filled,
  floor,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  select,
  shiftRight,
  sign,
  sin,
  sqrt,
  sub,
} from '../primitives/index.js'
import { type DType, greatestOf, type Value } from '../tensor/index.js'
import { belowOne, between } from './truncated.js'

/** The distance of 1 from the next greater number. */
const epsilonOf = (dtype: DType): number => (dtype === 'float32' ? 2 ** -23 : 2 ** -52)
/** The least number that has all its digits. */
const leastNormalOf = (dtype: DType): number => (dtype === 'float32' ? 2 ** -126 : 2 ** -1022)
const greatestFiniteOf = (dtype: DType): number => (dtype === 'float32' ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE)

/** Numbers that are too great for the dtype become the greatest that it has; NaN stays. */
export const finite = (x: Value): Value => minimum(maximum(x, filled(x, -greatestFiniteOf(x.dtype))), filled(x, greatestFiniteOf(x.dtype)))

/** At least the least normal number, so that logarithms, roots and their slopes are finite. */
export const positive = (x: Value): Value => maximum(x, filled(x, leastNormalOf(x.dtype)))

/** From 0, where u is 0. */
export const exponentialOf = (u: Value): Value => neg(log1p(neg(u)))

/** -log(-log u). Where u is 0 the least number stands for it. */
export const gumbelOf = (u: Value): Value => neg(log(neg(log(positive(u)))))

/** u becomes a number from -1 to 1, both of which it does not reach. */
export const laplaceOf = (u: Value): Value => {
  const v = between(u, -belowOne(u.dtype), 1)
  return neg(mul(sign(v), log1p(neg(abs(v)))))
}

/** tan π(u - 1/2), by the distance of u from the nearer end, which has more digits than 1/2 - u. Where u is 0, a unit of it stands for it. */
export const cauchyOf = (u: Value): Value => {
  const v = sub(maximum(u, filled(u, epsilonOf(u.dtype))), filled(u, 0.5))
  const angle = scale(sub(filled(v, 0.5), abs(v)), Math.PI)
  return mul(sign(v), div(cos(angle), sin(angle)))
}

/** log(u / (1 - u)), with a unit added to u, so that neither is 0. Source: the same in JAX. */
export const logisticOf = (u: Value): Value => log(div(add(u, filled(u, epsilonOf(u.dtype))), sub(filled(u, 1), u)))

/** Exponential to a power, from 1. */
export const paretoOf = (u: Value, b: Value): Value => finite(exp(div(exponentialOf(u), b)))

export const weibullOf = (u: Value, width: Value, concentration: Value): Value =>
  finite(mul(width, pow(positive(exponentialOf(u)), div(filled(u, 1), concentration))))

export const rayleighOf = (u: Value, width: Value): Value => mul(width, sqrt(scale(exponentialOf(u), 2)))

/** The parts below and above the mode, of which the first has the share (mode - left) / (right - left). */
export const triangularOf = (u: Value, left: Value, mode: Value, right: Value): Value => {
  const [width, below, above] = [sub(right, left), sub(mode, left), sub(right, mode)]
  const rising = add(left, sqrt(positive(mul(mul(u, width), below))))
  const falling = sub(right, sqrt(positive(mul(mul(sub(filled(u, 1), u), width), above))))
  return maximum(minimum(select(less(mul(u, width), below), rising, falling), right), left)
}

/** How many trials until one succeeds, from 1; float64, whole, and as many as an int32 can be at most. */
export const geometricOf = (u: Value, p: Value): Value => {
  const trials = add(floor(div(log1p(neg(u)), log1p(neg(p)))), filled(u, 1))
  return minimum(maximum(trials, filled(u, 1)), filled(u, greatestOf('int32')))
}

/** -1 or 1, by the first bit of a word; int32. */
export const signsOf = (word: Value): Value => {
  const bit = castTo(shiftRight(word, filled(word, 31)), 'int32')
  return sub(filled(bit, 1), add(bit, bit))
}

/**
 * Of the two times x and mean² / x whose distance from the mean has the same probability, one: the first with the share mean / (mean + x). `normal`
 * squared says how far they are. The difference in the formula for x loses its digits, so that it is written as a quotient.
 */
export const waldOf = (normal: Value, u: Value, mean: Value): Value => {
  const t = mul(mean, mul(normal, normal))
  const one = filled(t, 1)
  const ratio = div(one, add(add(one, scale(t, 0.5)), sqrt(positive(add(t, scale(mul(t, t), 0.25))))))
  const isFirst = less(mul(u, add(one, ratio)), one)
  return positive(finite(mul(mean, select(isFirst, ratio, div(one, ratio)))))
}
