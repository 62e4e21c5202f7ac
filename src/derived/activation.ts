/** Activation functions of each entry, written so that neither values nor derivatives cancel or overflow. */
import { add, div, exp, expm1, filled, less, lessEqual, log1p, mul, neg, normalCdf, select, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'
import { scale } from './scale.js'

const positive = (x: Value): Value => less(filled(x, 0), x)
/** Where x is not above 0. A NaN is neither above 0 nor `lower`, so a choice by `lower` keeps it. */
const lower = (x: Value): Value => lessEqual(x, filled(x, 0))

/** max(x, 0). */
export const relu = (x: Value): Value => select(lower(x), filled(x, 0), x)

/** x above 0, slope · x below. With the slope 0 nothing is multiplied, because 0 · -∞ would be NaN. */
export const leakyRelu = (x: Value, slope: number): Value => select(lower(x), slope === 0 ? filled(x, 0) : scale(x, slope), x)

/** x above 0, alpha (e^x - 1) below. The exponential sees only values below 0, so that its overflow reaches no gradient. */
export const elu = (x: Value, alpha: number): Value => {
  const above = positive(x)
  return select(above, x, scale(expm1(select(above, filled(x, 0), x)), alpha))
}

/** The constants are those of Klambauer et al. 2017. */
export const selu = (x: Value): Value => scale(elu(x, 1.6732632423543772), 1.0507009873554805)

/** x Φ(x). */
export const gelu = (x: Value): Value => {
  // Below, x is held at -40, where Φ is 0: at -∞ the product is then 0, and not ∞ · 0. Φ is given at most 40, where φ is 0: at ∞ the slope
  // x φ(x) would be ∞ · 0. A NaN fails both comparisons and is kept.
  const above = select(less(x, filled(x, -40)), filled(x, -40), x)
  return mul(above, normalCdf(select(less(filled(x, 40), above), filled(x, 40), above)))
}

/**
 * x · σ(v(x)) for an odd v, computed as max(x, 0) - m σ(-v(m)) with m = |x|. What is subtracted is at most half of x, so nothing cancels,
 * in derivatives neither. From the bound on σ(-v) is 0 in every dtype, and m is held there: beyond, 0 · ∞ would be NaN, in values and in
 * derivatives.
 */
const gated = (x: Value, bound: number, v: (m: Value) => Value): Value => {
  const opposite = neg(x)
  const above = less(opposite, x)
  const size = select(above, x, opposite)
  const limit = filled(x, bound)
  const m = select(less(limit, size), limit, size)
  const power = exp(neg(v(m)))
  return sub(select(above, x, filled(x, 0)), mul(m, div(power, add(filled(x, 1), power))))
}

/** x σ(2u) with u = √(2/π) (x + 0.044715 x³). */
export const geluTanh = (x: Value): Value =>
  gated(x, 100, m => {
    const factor = 2 * Math.sqrt(2 / Math.PI)
    return mul(m, add(filled(m, factor), scale(mul(m, m), 0.044715 * factor)))
  })

/** x σ(x). */
export const silu = (x: Value): Value => gated(x, 1000, m => m)

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which never overflows. */
export const softplus = (x: Value): Value => {
  const above = positive(x)
  const size = select(above, x, neg(x))
  return add(select(above, x, filled(x, 0)), log1p(exp(neg(size))))
}

/** log σ(x) = -softplus(-x). */
export const logSigmoid = (x: Value): Value => neg(softplus(neg(x)))
