/** What the cross-entropies are made of, so that nothing cancels and no 0 meets an infinity: in values and in derivatives. */
import { pick } from '../derived/index.js'
import {
  abs,
  add,
  and,
  broadcastAxes,
  equal,
  exp,
  expm1,
  filled,
  less,
  log1p,
  maxAxes,
  mul,
  neg,
  scatterAdd,
  select,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const infinity = Number.POSITIVE_INFINITY

/** weight · y, where 0 · ±∞ is 0: what has no weight costs nothing, as 0 log 0 in an entropy. */
export const weighted = (weight: Value, y: Value): Value => {
  const nothing = and(equal(weight, filled(weight, 0)), equal(abs(y), filled(y, infinity)))
  return mul(weight, select(nothing, filled(y, 0), y))
}

interface Referred {
  /** The logarithm of the softmax at the reference: -log Σ e^d. */
  readonly logProbability: Value
  /** The logits less the one at the reference, whose own difference is no function of them: it is 0. */
  readonly differences: () => Value
}

/**
 * Logits '… n' by their differences d from the one at an index of each row, '…'. The probability of that class is 1 / Σ e^d, with a 1 for the class
 * itself: where it is all but certain its logarithm is that of 1 + small, whose digits `log1p` keeps, and the derivative by the class's own logit is
 * the sum of those by the others, where 1 - p would cancel.
 *
 * From a reference of -∞, of a class that is ruled out, nothing can be taken: the differences are then from 0, and the logarithm is -∞.
 */
export const referred = (op: string, logits: Value, reference: Value): Referred => {
  const last = logits.sizes.length - 1
  const along = (row: Value): Value => broadcastAxes(row, logits.sizes, [last])
  const own = pick(op, logits, reference)
  const zero = filled(own, 0)
  const isPossible = less(abs(own), filled(own, infinity))
  const differences = sub(logits, along(select(isPossible, own, zero)))
  const greatest = stopGradient(maxAxes(differences, [last]))
  // -∞ at the reference, so that the sum leaves it out.
  const mask = scatterAdd(filled(logits, 0), reference, filled(own, -infinity), { axis: last, batch: last, op, what: 'label' })
  const others = sumAxes(exp(add(sub(differences, along(greatest)), mask)), [last])
  // e^-greatest of the reference itself, less the 1 that log1p adds.
  const rest = select(isPossible, expm1(neg(greatest)), filled(own, -1))
  return {
    logProbability: sub(select(isPossible, zero, own), add(greatest, log1p(add(others, rest)))),
    differences: () => select(less(mask, filled(mask, 0)), stopGradient(differences), differences),
  }
}
