/** Means over held-out examples. */
import type { Layer } from '../layer/index.js'
import { sum } from '../ops/index.js'
import type { Expect } from '../shape/index.js'
import { fail, type Tensor, toNumber, typed } from '../tensor/index.js'
import { jit } from '../transform/index.js'
import { type BatchRule, checkIterable } from './batch.js'
import { type AnyLoss, checkModel, exampleLosses, type LossRule, type TargetFor } from './step.js'

/** The mean of a metric over batches. @category type-level */
export type Evaluation<I extends string, T> = <G>(batches: Expect<BatchRule<'train.evaluate', I, T, G>, Iterable<G>>) => number

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
export const evaluate = <P extends readonly unknown[], I extends string, O extends string, L extends AnyLoss>(
  model: Layer<P, I, O>,
  metric: Expect<LossRule<'train.evaluate', L, O>, L>,
): ((params: P) => Evaluation<I, TargetFor<L, O>>) => {
  checkModel('train.evaluate', model, metric)
  const total = jit(
    (params: readonly unknown[], batch: AnyBatch): Tensor<''> =>
      typed(sum()(exampleLosses('train.evaluate', typed<AnyLayer>(model), typed<AnyMetric>(metric), batch)(params))),
  )
  return params =>
    typed<Evaluation<I, TargetFor<L, O>>>((batches: Iterable<AnyBatch>): number => {
      let examples = 0
      let seen = 0
      for (const batch of checkIterable('train.evaluate', batches)) {
        seen += toNumber(total(params, batch))
        examples += batch.input.sizes[0] ?? 0
      }
      return examples > 0
        ? seen / examples
        : fail({ _tag: 'ArgumentError', op: 'train.evaluate', detail: 'there are no examples to evaluate' })
    })
}
