/**
 * Binomial numbers: by inversion where fewer than 10 successes, or failures, are expected, else by transformed rejection, in float64.
 *
 * Source: W. Hörmann, "The generation of binomial random variates", Journal of Statistical Computation and Simulation 46, 1993 (BTRS), which JAX
 * uses, too.
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
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  or,
  select,
  sqrt,
  sub,
} from '../primitives/index.js'
import { type DType, uniformValue, type Value } from '../tensor/index.js'
import { leastRejected, open } from './poisson.js'
import { type Proposal, untilAccepted } from './rejection.js'
import { searched } from './search.js'
import { unit, type WordPair } from './words.js'

/** log (n over k). */
const logChoices = (n: Value, k: Value): Value => {
  const factorial = (x: Value): Value => lgamma(add(x, filled(x, 1)))
  return sub(sub(factorial(n), factorial(k)), factorial(sub(n, k)))
}

/** A count and whether it is accepted, by two uniform numbers on (0, 1), for p ≤ 1/2 and n p ≥ 10. */
export const proposedBy = (position: Value, decider: Value, n: Value, p: Value): Proposal => {
  const q = sub(filled(p, 1), p)
  const deviation = sqrt(mul(mul(n, p), q))
  const b = add(scale(deviation, 2.53), filled(p, 1.15))
  const a = add(add(scale(b, 0.0248), filled(p, -0.0873)), scale(p, 0.01))
  const centre = add(mul(n, p), filled(p, 0.5))
  const least = sub(filled(b, 0.92), div(filled(b, 4.2), b))
  const alpha = mul(add(div(filled(b, 5.1), b), filled(b, 2.83)), deviation)
  const mode = floor(mul(add(n, filled(n, 1)), p))
  const u = sub(position, filled(position, 0.5))
  const end = sub(filled(u, 0.5), abs(u))
  const k = floor(add(mul(add(div(scale(a, 2), end), b), u), centre))
  const isCount = and(lessEqual(filled(k, 0), k), lessEqual(k, n))
  const count = minimum(maximum(k, filled(k, 0)), n)
  const isInside = and(lessEqual(filled(end, 0.07), end), lessEqual(decider, least))
  const share = log(div(mul(decider, alpha), add(div(a, mul(end, end)), b)))
  const target = add(sub(logChoices(n, count), logChoices(n, mode)), mul(sub(count, mode), log(div(p, q))))
  return { value: count, accepted: and(isCount, or(isInside, lessEqual(share, target))) }
}

/** Successes of n trials; -1 where n or p is none. */
export const binomialDrawn = (key: Value, size: number, _: DType, given: Value, probability: Value): Value => {
  const [zero, one] = [filled(given, 0), filled(given, 1)]
  const isProper = and(
    and(lessEqual(zero, given), less(given, filled(given, 2 ** 31))),
    and(lessEqual(zero, probability), lessEqual(probability, one)),
  )
  const n = select(isProper, floor(given), zero)
  // The rarer of the two outcomes is counted.
  const isRare = lessEqual(probability, filled(one, 0.5))
  const p = select(isProper, select(isRare, probability, sub(one, probability)), zero)
  const isSmall = less(mul(n, p), filled(n, leastRejected))
  const odds = div(p, sub(one, p))
  const few = (): Value =>
    searched(unit(key, size, 'float64'), exp(mul(select(isSmall, n, zero), log1p(neg(p)))), k =>
      mul(div(maximum(sub(n, k), zero), add(k, one)), odds),
    )
  const many = (): Value => {
    // Where there is nothing to reject, a case that is accepted as often as any.
    const [trials, share] = [select(isSmall, filled(n, 40), n), select(isSmall, filled(p, 0.5), p)]
    const propose = ([high, low]: WordPair): Proposal => proposedBy(open(high), open(low), trials, share)
    return untilAccepted(key, 1, { value: zero, accepted: isSmall }, propose)
  }
  const known = uniformValue(isSmall)
  const rare = known === undefined ? select(isSmall, few(), many()) : known === 0 ? many() : few()
  return castTo(select(isProper, select(isRare, rare, sub(n, rare)), filled(rare, -1)), 'int32')
}
