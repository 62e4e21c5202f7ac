/** Losses for classes: cross-entropies of one example, in nats. */

import { logSoftmaxOf, softplusOf } from '../ops/activation.js'
import { pick } from '../ops/select.js'
import { add, filled, log, maximum, mul, neg, stopGradient, sub, sumAxes } from '../primitives/index.js'
import { fail, type Value } from '../tensor/index.js'
import { type ClassIndex, classIndex, type Loss, type SameShape, sameShape } from './loss.js'
import { meanAll } from './regression.js'

/** The least probability whose logarithm is taken. */
const leastProbability = 1e-12

/** log max(p, ε), its derivative 1 / max(p, ε): finite at 0 and still pointing away from it. */
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
 * Binary cross-entropy of logits: softplus(x) - t x, averaged over the entries; finite for any finite logit.
 *
 * **Gradient**: (σ(x) - t) / n.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(loss.binaryCrossEntropyLogits(tensor([10000]), tensor([1]))), 0)
 */
export const binaryCrossEntropyLogits: Loss<SameShape> = sameShape('binaryCrossEntropyLogits', (x, t) =>
  meanAll(sub(softplusOf(x), mul(t, x))),
)

/**
 * Cross-entropy of the softmax of logits along the last axis with integer labels, averaged over the other axes.
 *
 * **Shapes**: logits 'classes', label ''; or logits '… classes', labels '…'.
 * **Gradient**: softmax(logits) - one-hot(label).
 * **Errors**: a label outside the classes, when it is run.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * const value = toNumber(loss.softmaxCrossEntropy(tensor([0, 0]), tensor(1, 'int32')))
 * assert.ok(Math.abs(value - Math.log(2)) < 1e-6)
 */
export const softmaxCrossEntropy: Loss<ClassIndex> = classIndex('softmaxCrossEntropy', (logits, labels) =>
  neg(meanAll(pick('softmaxCrossEntropy', logSoftmaxOf(logits, logits.sizes.length - 1), labels))),
)

/**
 * The same with targets that are one-hot, or any distribution along the last axis.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * const value = toNumber(loss.softmaxCrossEntropyOneHot(tensor([0, 0]), tensor([0, 1])))
 * assert.ok(Math.abs(value - Math.log(2)) < 1e-6)
 */
export const softmaxCrossEntropyOneHot: Loss<SameShape> = sameShape('softmaxCrossEntropyOneHot', (logits, target) => {
  const last = logits.sizes.length - 1
  return last < 0
    ? fail({ _tag: 'ShapeError', detail: 'softmaxCrossEntropyOneHot: a scalar has no classes: give logits with a last axis' })
    : neg(meanAll(sumAxes(mul(target, logSoftmaxOf(logits, last)), [last])))
})
