/** Means over held-out examples. */
import type { Layer } from '../layer/index.js'
import type { Loss, Target, TargetOf } from '../loss/index.js'
import { sum } from '../ops/index.js'
import { fail, type Tensor, toNumber, typed } from '../tensor/index.js'
import { jit } from '../transform/index.js'
import { checkBatches } from './fold.js'
import { type Batch, exampleLosses } from './step.js'

/** @category type-level */
export interface Evaluate {
  <P extends readonly unknown[], I extends string, O extends string, L extends TargetOf>(
    model: Layer<P, I, O>,
    metric: Loss<L>,
  ): (params: P) => <B extends string>(batches: Iterable<Batch<B, I, Target<L, O>>>) => number
  <P extends readonly unknown[], I extends string, O extends string, T extends object>(
    model: Layer<P, I, O>,
    metric: (prediction: Tensor<O>, target: T) => Tensor<''>,
  ): (params: P) => <B extends string>(batches: Iterable<Batch<B, I, T>>) => number
}

type AnyLayer = Layer<readonly unknown[], string, string>
type AnyMetric = (prediction: Tensor<string>, target: object) => Tensor<''>
interface AnyBatch {
  readonly input: Tensor<string>
  readonly target: object
}

/**
 * The mean of a metric (a loss, `metric.accuracy`) over all examples of all batches, each example counting once.
 *
 * **Errors**: no examples.
 *
 * @example
 * import { layer, loss, tensor, train } from 'pullback'
 *
 * const model = layer.input('1')
 * const batches = [{ input: tensor([[1], [2]]), target: tensor([[1], [4]]) }]
 * assert.equal(train.evaluate(model, loss.meanSquaredError)([])(batches), 2)
 *
 * @category destructors
 */
export const evaluate: Evaluate = typed<Evaluate>((model: AnyLayer, metric: AnyMetric) => {
  const total = jit((params: readonly unknown[], batch: AnyBatch): Tensor<''> => typed(sum()(exampleLosses(model, metric, batch)(params))))
  return (params: readonly unknown[]) =>
    (batches: Iterable<AnyBatch>): number => {
      let examples = 0
      let seen = 0
      checkBatches('train.evaluate', batches)
      for (const batch of batches) {
        seen += toNumber(total(params, batch))
        examples += batch.input.sizes[0] ?? 0
      }
      return examples > 0
        ? seen / examples
        : fail({ _tag: 'ArgumentError', op: 'train.evaluate', detail: 'there are no examples to evaluate' })
    }
})
