/** Losses for numbers: means over all entries of one example. */
import { meanAll, scale } from '../derived/index.js'
import { abs, add, filled, less, mul, select, sub } from '../primitives/index.js'
import { fail, show, store } from '../tensor/index.js'
import { type Loss, type SameShape, sameShape } from './loss.js'

/**
 * (prediction - target)², averaged.
 *
 * **Gradient**: 2 (prediction - target) / n.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(loss.meanSquaredError(tensor([1, 2]), tensor([1, 4]))), 2)
 */
export const meanSquaredError: Loss<SameShape> = sameShape('meanSquaredError', (prediction, target) => {
  const error = sub(prediction, target)
  return meanAll(mul(error, error))
})

/**
 * |prediction - target|, averaged.
 *
 * **Gradient**: sign(prediction - target) / n, 0 where they are equal.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(loss.meanAbsoluteError(tensor([1, 2]), tensor([1, 4]))), 1)
 */
export const meanAbsoluteError: Loss<SameShape> = sameShape('meanAbsoluteError', (prediction, target) =>
  meanAll(abs(sub(prediction, target))),
)

/**
 * ½ e² for errors up to delta, delta (|e| - ½ delta) beyond, averaged; Huber 1964. A delta beyond all numbers of the dtype, as `Infinity` is, leaves
 * ½ e² alone.
 *
 * **Gradient**: e clipped to ±delta, over n.
 * **Errors**: a delta that is not above 0, or that the prediction's dtype rounds to 0.
 *
 * @example
 * import { loss, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(loss.huber(1)(tensor([0, 3]), tensor([0, 0]))), 1.25)
 */
export const huber = (delta = 1): Loss<SameShape> =>
  typeof delta === 'number' && delta > 0
    ? sameShape('huber', (prediction, target) => {
        const error = sub(prediction, target)
        const held = store(error.dtype, delta)
        if (held === 0)
          return fail({
            _tag: 'ArgumentError',
            op: 'huber',
            detail: `delta is ${delta}, which ${error.dtype} rounds to 0: give a greater one`,
          })
        // No error is beyond such a delta. The part for errors beyond it would be 0 · ∞ in the derivative.
        if (held === Number.POSITIVE_INFINITY) return meanAll(scale(mul(error, error), 0.5))
        const size = abs(error)
        const far = less(filled(size, delta), size)
        // Errors beyond delta are replaced by 0 before they are squared, so that an overflow of the square reaches no gradient.
        const near = select(far, filled(error, 0), error)
        const quadratic = scale(mul(near, near), 0.5)
        const linear = scale(add(size, filled(size, -0.5 * delta)), delta)
        return meanAll(select(far, linear, quadratic))
      })
    : fail({ _tag: 'ArgumentError', op: 'huber', detail: `delta is ${show(delta)}: give a number above 0` })
