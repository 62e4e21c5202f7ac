/**
 * What people read of a trained model: numbers without gradients.
 *
 * @example
 * import { metric, tensor, toNested, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(metric.accuracy(tensor([0.1, 0.9]), tensor(1, 'int32'))), 1)
 * const counts = metric.confusionMatrix(2)(tensor([0, 1, 1], 'int32'), tensor([0, 1, 0], 'int32'))
 * assert.deepEqual(toNested(counts), [[1, 1], [0, 1]])
 */

import { pick } from '../derived/index.js'
import type { ClassIndex, Loss } from '../loss/index.js'
import { classIndex } from '../loss/loss.js'
import { and, argmaxAxis, castTo, div, equal, filled, gather, reshapeTo, scatterAdd, sumAxes } from '../primitives/index.js'
import type { Expect } from '../shape/index.js'
import {
  checkLength,
  checkTensor,
  concrete,
  fail,
  heldDType,
  indexDType,
  type Square,
  sizeOf,
  type Tensor,
  typed,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'

/**
 * 1 where the greatest logit is the label's, 0 elsewhere; averaged over the rows of one example. A row that has a NaN counts as wrong.
 *
 * **Errors**: a label outside the classes, when it is run.
 *
 * @example
 * import { metric, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(metric.accuracy(tensor([[0, 1], [1, Number.NaN]]), tensor([1, 1], 'int32'))), 0.5)
 */
export const accuracy: Loss<ClassIndex> = classIndex('accuracy', (logits, labels) => {
  // The first NaN of a row counts as its greatest logit, so if the label points to the greatest it points to the NaN.
  if (logits.sizes.at(-1) === 0)
    return fail({ _tag: 'ShapeError', detail: `accuracy: '${logits.shape}' has no classes: the last axis is empty` })
  const picked = pick('accuracy', logits, labels)
  const right = and(equal(argmaxAxis(logits, logits.sizes.length - 1), labels), equal(picked, picked))
  const hits = castTo(right, 'float32')
  const total = sumAxes(
    hits,
    hits.sizes.map((_, axis) => axis),
  )
  return div(total, filled(total, sizeOf(hits.sizes)))
})

/**
 * How often each class (rows) was taken for each class (columns).
 *
 * **Errors**: a label or prediction outside the classes, lists of different lengths.
 *
 * @example
 * import { metric, tensor, toNested } from 'pullback'
 *
 * const counts = metric.confusionMatrix(2)(tensor([0, 1, 1], 'int32'), tensor([0, 1, 0], 'int32'))
 * assert.deepEqual(toNested(counts), [[1, 1], [0, 1]])
 */
export const confusionMatrix = <const N extends number>(given: Expect<WholeNumber<'confusionMatrix', N, 'classes', 1>, N>) => {
  const classes = wholeNumber('confusionMatrix', given, shown => `${shown} classes`, { least: 1 })
  checkLength('confusionMatrix', 'int32', classes * classes)
  return <B extends string>(predictions: Tensor<B, 'int32'>, labels: Tensor<NoInfer<B>, 'int32'>): Tensor<Square<N>, 'int32'> => {
    for (const [what, x] of [
      ['predictions', predictions],
      ['labels', labels],
    ] as const) {
      checkTensor('confusionMatrix', x)
      heldDType(indexDType('confusionMatrix', what, x.dtype))
    }
    if (predictions.sizes.join(' ') !== labels.sizes.join(' '))
      return fail({
        _tag: 'ShapeError',
        detail: `confusionMatrix: predictions '${predictions.sizes.join(' ')}' and labels '${labels.sizes.join(' ')}' differ`,
      })
    const count = sizeOf(labels.sizes)
    const flat = { predictions: reshapeTo(predictions, [count]), labels: reshapeTo(labels, [count]) }
    // One-hot rows of the predictions, added to the rows that the labels name.
    const identity = concrete(
      [classes, classes],
      'int32',
      new Int32Array(classes * classes).map((_, i) => Number(i % (classes + 1) === 0)),
    )
    const rowsOfClass = { axis: 0, batch: 0, op: 'confusionMatrix' }
    const rows = gather(identity, flat.predictions, { ...rowsOfClass, what: 'prediction' })
    return typed(scatterAdd(concrete([classes, classes], 'int32', 0), flat.labels, rows, { ...rowsOfClass, what: 'label' }))
  }
}
