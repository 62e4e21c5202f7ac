/**
 * Gamma numbers with scale 1, and their logarithms.
 *
 * For a shape parameter a from 1 on, d (1 + t)³ with d = a - 1/3, t = x / (3 √d) and x normal has nearly the gamma distribution. It is accepted
 * with the probability exp(3 d (log(1 + t) - t + t²/2 - t³/3)), and never for t ≤ -1. For a below 1, a number for a + 1 is multiplied by
 * u^(1/a), of which the logarithm is computed.
 *
 * Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000; their exponent
 * x²/2 + d - d v + d log v, v = (1 + t)³, is written in t, because it loses its digits where d is large.
 * Gradient: that of the number whose distribution function stays what it was (`gamma-slope.ts`), as in JAX.
 */
import { customJvp } from '../control/index.js'
import { scale } from '../derived/index.js'
import {
  abs,
  add,
  and,
  castTo,
  div,
  exp,
  filled,
  less,
  lessEqual,
  log,
  log1p,
  mul,
  neg,
  not,
  select,
  sqrt,
  sub,
} from '../primitives/index.js'
import { typed, type Value } from '../tensor/index.js'
import { logGammaSlope } from './gamma-slope.js'
import { exponentialOf, finite, positive } from './inverse.js'
import { split } from './key.js'
import { normalOf } from './normal.js'
import { type Proposal, untilAccepted } from './rejection.js'
import { unit, unitOfWord, unitOfWords, type WordPair } from './words.js'

/** log(1 + t) - t + t²/2 - t³/3, which is -t⁴/4 and less where t is small, and is not above 0. */
const remainderOf = (t: Value): Value => {
  const series = [1 / 7, -1 / 6, 1 / 5, -1 / 4].reduce((sum, c) => add(mul(sum, t), filled(t, c)), filled(t, -1 / 8))
  const squared = mul(t, t)
  const whole = add(log1p(t), mul(t, add(filled(t, -1), mul(t, add(filled(t, 0.5), scale(t, -1 / 3))))))
  return select(less(abs(t), filled(t, 0.1)), mul(mul(squared, squared), series), whole)
}

/** t, and whether it is accepted, for d from 2/3 on: of a uniform number that becomes normal and one that decides. */
export const proposedBy = (u: Value, decider: Value, d: Value): Proposal => {
  const t = div(normalOf(u), scale(sqrt(d), 3))
  const inside = less(filled(t, -1), t)
  const within = select(inside, t, filled(t, 0))
  const exponent = mul(scale(d, 3), remainderOf(within))
  return { value: within, accepted: and(inside, lessEqual(log(decider), exponent)) }
}

/** What is common to both: d, the t that was accepted, and what u^(1/a) adds to the logarithm. */
export interface GammaParts {
  readonly d: Value
  readonly t: Value
  readonly boost: Value
}

const partsOf = (key: Value, a: Value): GammaParts => {
  const { dtype } = a
  const [n = 0] = a.sizes
  const [loopKey, boostKey] = split()(typed(key))
  const isSmall = less(a, filled(a, 1))
  const d = sub(add(a, castTo(isSmall, dtype)), filled(a, 1 / 3))
  // For infinity t is 0. What is no parameter, NaN among it, is done from the beginning, too.
  const isParameter = less(filled(a, 0), a)
  const isProper = and(isParameter, less(a, filled(a, Number.POSITIVE_INFINITY)))
  const first = { value: select(isParameter, filled(a, 0), filled(a, Number.NaN)), accepted: not(isProper) }
  const propose = (one: WordPair, two: WordPair): Proposal =>
    dtype === 'float32' ? proposedBy(unitOfWord(one[0]), unitOfWord(one[1]), d) : proposedBy(unitOfWords(one), unitOfWords(two), d)
  const t = untilAccepted(loopKey, dtype === 'float32' ? 1 : 2, first, propose)
  const rest = div(neg(exponentialOf(unit(boostKey, n, dtype))), a)
  return { d, t, boost: select(isSmall, rest, filled(a, 0)) }
}

export const logarithmOf = ({ d, t, boost }: GammaParts): Value => add(add(log(d), scale(log1p(t), 3)), boost)

export const numberOf = ({ d, t, boost }: GammaParts): Value => {
  const root = add(t, filled(t, 1))
  return finite(positive(mul(mul(d, mul(root, mul(root, root))), exp(boost))))
}

/** A function of values with its tangent along t. */
const withTangent: (f: (a: Value) => Value, rule: (a: Value, t: Value) => readonly [Value, Value]) => (a: Value) => Value = typed(customJvp)

/** The slope of the logarithm, in float64. */
const slopeOf = (a: Value, logarithm: Value): Value => castTo(logGammaSlope(castTo(a, 'float64'), castTo(logarithm, 'float64')), a.dtype)

/** log X, where X has the gamma distribution of the parameter a, and is too small for the dtype where a is. */
export const logGammaDrawn = (key: Value, parameter: Value): Value =>
  withTangent(
    a => logarithmOf(partsOf(key, a)),
    (a, da) => {
      const value = logarithmOf(partsOf(key, a))
      return [value, mul(da, slopeOf(a, value))]
    },
  )(parameter)

/** X of the gamma distribution; the least normal number stands for less. */
export const gammaDrawn = (key: Value, parameter: Value): Value =>
  withTangent(
    a => numberOf(partsOf(key, a)),
    (a, da) => {
      const parts = partsOf(key, a)
      const value = numberOf(parts)
      return [value, mul(da, mul(value, slopeOf(a, logarithmOf(parts))))]
    },
  )(parameter)
