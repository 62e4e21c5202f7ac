/** Losses for classes: cross-entropies of one example, in nats. */

import { meanAll } from '../derived/index.js'
import {
  add,
  argmaxAxis,
  exp,
  filled,
  less,
  log,
  log1p,
  maximum,
  mul,
  neg,
  select,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { fail, type Value } from '../tensor/index.js'
import { referred, weighted } from './cross-entropy.js'
import { type ClassIndex, classIndex, type Loss, type SameShape, sameShape } from './loss.js'

/** The least probability whose logarithm is taken. */
const leastProbability = 1e-12

/** log max(p, ε), with the derivative 1 / max(p, ε). At p = 0 the derivative is thus finite, and still points away from 0. */
const safeLog = (p: Value): Value => {
  const floor = maximum(p, filled(p, leastProbability))
  return log(add(p, stopGradient(sub(floor, p))))
}

/**
 * Binary cross-entropy of probabilities: -(t log p + (1 - t) log(1 - p)), averaged over the entries. Probabilities below 1e-12 count as
 * 1e-12 in a logarithm, so that value and gradient are finite at 0 and 1. From logits use `binaryCrossEntropyLogits`, which loses no digits.
 *
 * **Gradient**: (p - t) / (p (1 - p)) / n.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * const value = toNumber(loss.binaryCrossEntropy(tensor([0.5, 1]), tensor([1, 1])))
 * assert.ok(Math.abs(value - Math.log(2) / 2) < 1e-6)
 */
export const binaryCrossEntropy: Loss<SameShape> = sameShape('binaryCrossEntropy', (p, t) => {
  const hit = mul(t, safeLog(p))
  const miss = mul(sub(filled(t, 1), t), safeLog(sub(filled(p, 1), p)))
  return neg(meanAll(add(hit, miss)))
})

/**
 * Binary cross-entropy of logits: softplus(x) - t x, averaged over the entries; finite for any finite logit. An infinite one costs nothing where
 * the target says the same. It is computed as w |x| + log(1 + e^-|x|), where w is 1 - t for x above 0 and t below: no large terms cancel.
 *
 * **Gradient**: (σ(x) - t) / n, with all its digits for targets 0 and 1.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(loss.binaryCrossEntropyLogits(tensor([10000]), tensor([1]))), 0)
 */
export const binaryCrossEntropyLogits: Loss<SameShape> = sameShape('binaryCrossEntropyLogits', (x, t) => {
  const opposite = neg(x)
  const above = less(opposite, x)
  const size = select(above, x, opposite)
  return meanAll(add(weighted(select(above, sub(filled(t, 1), t), t), size), log1p(exp(neg(size)))))
})

/**
 * Cross-entropy of the softmax of logits along the last axis with integer labels, averaged over the other axes. Classes may be ruled out by logits
 * of -∞; the loss of such a class is ∞.
 *
 * **Shapes**: logits 'classes', label ''; or logits '… classes', labels '…'.
 * **Gradient**: softmax(logits) - one-hot(label), at the label as the negated sum of the others, with all its digits.
 * **Errors**: a label outside the classes, when it is run.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * const value = toNumber(loss.softmaxCrossEntropy(tensor([0, 0]), tensor(1, 'int32')))
 * assert.ok(Math.abs(value - Math.log(2)) < 1e-6)
 */
export const softmaxCrossEntropy: Loss<ClassIndex> = classIndex('softmaxCrossEntropy', (logits, labels) =>
  neg(meanAll(referred('softmaxCrossEntropy', logits, labels).logProbability)),
)

/**
 * `softmaxCrossEntropy` with targets that are one-hot, or any distribution along the last axis. A class with the target 0 adds nothing to
 * the loss, even if a logit of -∞ rules it out.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * const value = toNumber(loss.softmaxCrossEntropyOneHot(tensor([0, 0]), tensor([0, 1])))
 * assert.ok(Math.abs(value - Math.log(2)) < 1e-6)
 */
export const softmaxCrossEntropyOneHot: Loss<SameShape> = sameShape('softmaxCrossEntropyOneHot', (logits, target) => {
  const last = logits.sizes.length - 1
  if (last < 0)
    return fail({ _tag: 'ShapeError', detail: 'softmaxCrossEntropyOneHot: a scalar has no classes: give logits with a last axis' })
  if (logits.sizes[last] === 0)
    return fail({ _tag: 'ShapeError', detail: `softmaxCrossEntropyOneHot: '${logits.shape}' has no classes: the last axis is empty` })
  const { logProbability, differences } = referred('softmaxCrossEntropyOneHot', logits, argmaxAxis(target, last))
  return neg(meanAll(add(weighted(sumAxes(target, [last]), logProbability), sumAxes(weighted(target, differences()), [last]))))
})
