/** The parts of cross-entropies, computed so that nothing cancels and 0 is never multiplied by an infinity, in values or in derivatives. */
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

/** weight · y, where 0 · ±∞ is taken to be 0, as 0 log 0 is in an entropy. */
export const weighted = (weight: Value, y: Value): Value => {
  const nothing = and(equal(weight, filled(weight, 0)), equal(abs(y), filled(y, infinity)))
  return mul(weight, select(nothing, filled(y, 0), y))
}

interface Referred {
  /** The logarithm of the softmax at the reference: -log Σ e^d. */
  readonly logProbability: Value
  /** The logits less the one at the reference. The reference's own difference is 0, and its derivative is 0, too. */
  readonly differences: () => Value
}

/**
 * Logits '… n' as their differences d from the logit of one class of each row, given by its index '…'. The probability of that class is 1 /
 * Σ e^d, where the class itself adds the term 1. If the class is all but certain, the logarithm is that of 1 + a small number, whose digits
 * `log1p` keeps. The derivative by the class's own logit is then the sum of those by the others, where 1 - p would cancel.
 *
 * Nothing can be subtracted from a reference of -∞, a class that is ruled out. The differences are then from 0, and the logarithm is -∞.
 */
export const referred = (op: string, logits: Value, reference: Value): Referred => {
  const last = logits.sizes.length - 1
  const along = (row: Value): Value => broadcastAxes(row, logits.sizes, [last])
  const own = pick(op, logits, reference)
  const zero = filled(own, 0)
  const isPossible = less(abs(own), filled(own, infinity))
  const differences = sub(logits, along(select(isPossible, own, zero)))
  const greatest = stopGradient(maxAxes(differences, [last]))
  // The mask is -∞ at the reference and 0 elsewhere, so that the sum leaves the reference out.
  const mask = scatterAdd(filled(logits, 0), reference, filled(own, -infinity), { axis: last, batch: last, op, what: 'label' })
  const others = sumAxes(exp(add(sub(differences, along(greatest)), mask)), [last])
  // The term e^-greatest of the reference itself, less the 1 that log1p adds.
  const rest = select(isPossible, expm1(neg(greatest)), filled(own, -1))
  return {
    logProbability: sub(select(isPossible, zero, own), add(greatest, log1p(add(others, rest)))),
    differences: () => select(less(mask, filled(mask, 0)), stopGradient(differences), differences),
  }
}
