/**
 * Poisson numbers: below a rate of 10 by inversion, from there on by transformed rejection, in float64.
 *
 * Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics and Economics 12, 1993
 * (PTRS), which JAX uses, too.
 */
import { scale } from '../derived/index.js'
import {
  abs,
  add,
  and,
  castTo,
  div,
  exp,
  filled,
  floor,
  less,
  lessEqual,
  lgamma,
  log,
  maximum,
  minimum,
  mul,
  neg,
  not,
  or,
  select,
  sqrt,
  sub,
} from '../primitives/index.js'
import { type DType, greatestOf, uniformValue, type Value } from '../tensor/index.js'
import { type Proposal, untilAccepted } from './rejection.js'
import { searched } from './search.js'
import { unit, type WordPair } from './words.js'

/** From this rate on numbers are found by rejection. */
export const leastRejected = 10

/** A word as a number on (0, 1), float64: 2^-33 and its odd multiples. */
export const open = (word: Value): Value => {
  const whole = castTo(word, 'float64')
  return scale(add(whole, filled(whole, 0.5)), 2 ** -32)
}

/** A count and whether it is accepted, by two uniform numbers on (0, 1), for rates from 10 on. */
export const proposedBy = (position: Value, decider: Value, rate: Value): Proposal => {
  const one = filled(rate, 1)
  const b = add(scale(sqrt(rate), 2.53), filled(rate, 0.931))
  const a = add(scale(b, 0.02483), filled(rate, -0.059))
  const inverseAlpha = add(div(filled(rate, 1.1328), sub(b, filled(b, 3.4))), filled(b, 1.1239))
  const least = sub(filled(b, 0.9277), div(filled(b, 3.6224), sub(b, filled(b, 2))))
  const u = sub(position, filled(position, 0.5))
  const end = sub(filled(u, 0.5), abs(u))
  const k = floor(add(add(mul(add(div(scale(a, 2), end), b), u), rate), filled(rate, 0.43)))
  const isCount = lessEqual(filled(k, 0), k)
  const count = maximum(k, filled(k, 0))
  const isInside = and(lessEqual(filled(end, 0.07), end), lessEqual(decider, least))
  const isOutside = and(less(end, filled(end, 0.013)), less(end, decider))
  const share = log(div(mul(decider, inverseAlpha), add(div(a, mul(end, end)), b)))
  const target = sub(sub(mul(count, log(rate)), rate), lgamma(add(count, one)))
  return { value: count, accepted: and(isCount, or(isInside, and(not(isOutside), lessEqual(share, target)))) }
}

/** The counts that are greater than an int32 can be are its greatest number; where there is no rate they are -1. */
export const poissonDrawn = (key: Value, n: number, _: DType, rate: Value): Value => {
  const known = uniformValue(rate)
  const isRate = and(lessEqual(filled(rate, 0), rate), less(rate, filled(rate, Number.POSITIVE_INFINITY)))
  const isSmall = less(rate, filled(rate, leastRejected))
  const small = (): Value => {
    const held = select(and(isRate, isSmall), rate, filled(rate, 0))
    return searched(unit(key, n, 'float64'), exp(neg(held)), k => div(held, add(k, filled(k, 1))))
  }
  const large = (): Value => {
    const held = select(and(isRate, not(isSmall)), minimum(rate, filled(rate, 2 ** 33)), filled(rate, leastRejected))
    const propose = ([high, low]: WordPair): Proposal => proposedBy(open(high), open(low), held)
    return untilAccepted(key, 1, { value: filled(rate, 0), accepted: or(not(isRate), isSmall) }, propose)
  }
  const count = known === undefined ? select(isSmall, small(), large()) : known < leastRejected ? small() : large()
  return castTo(select(isRate, minimum(count, filled(count, greatestOf('int32'))), filled(count, -1)), 'int32')
}
