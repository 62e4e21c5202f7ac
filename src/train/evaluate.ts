/** Means over held-out examples. */
import type { AnyLayer, Layer, ParamsOf } from '../layer/layer.js'
import { sum } from '../ops/index.js'
import type { Expect } from '../shape/index.js'
import { at, bufferOf, calledAs, fail, type Tensor, typed } from '../tensor/index.js'
import { jitAs } from '../transform/jit.js'
import { type BatchRule, checkIterable } from './batch.js'
import { type AnyLoss, checkModel, exampleLosses, type LossRule, type TargetFor } from './step.js'

/** The mean of a metric over batches. @category type-level */
export type Evaluation<I extends string, T> = <G>(batches: Expect<BatchRule<'train.evaluate', I, T, G>, Iterable<G>>) => number

const sumOf = (losses: Tensor<string>): Tensor<''> => calledAs('train.evaluate', () => typed(sum()(losses)))

type Model = Layer<readonly unknown[], string, string>
type AnyMetric = (prediction: Tensor<string>, target: object) => Tensor<''>
interface AnyBatch {
  readonly input: Tensor<string>
  readonly target: object
}

/**
 * The mean of a metric (a loss, `metric.accuracy`) over all examples of all batches, each example counting once.
 *
 * **Errors**: no examples; an engine that gives its numbers only later, since this reads the sum of each batch.
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
export const evaluate = <M extends AnyLayer, L extends AnyLoss>(
  model: M,
  metric: Expect<LossRule<'train.evaluate', L, M['output']>, L>,
): ((params: ParamsOf<M>) => Evaluation<M['input'], TargetFor<L, M['output']>>) => {
  checkModel('train.evaluate', model, metric)
  const total = jitAs(
    'train.evaluate',
    ['params', 'batch'],
    (params: readonly unknown[], batch: AnyBatch): Tensor<''> =>
      typed(sumOf(exampleLosses('train.evaluate', typed<Model>(model), typed<AnyMetric>(metric), batch)(params))),
  )
  return params =>
    typed<Evaluation<M['input'], TargetFor<L, M['output']>>>((batches: Iterable<AnyBatch>): number => {
      let examples = 0
      let seen = 0
      for (const batch of checkIterable('train.evaluate', batches)) {
        seen += at(bufferOf('train.evaluate', total(params, batch)), 0)
        examples += batch.input.sizes[0] ?? 0
      }
      return examples > 0
        ? seen / examples
        : fail({ _tag: 'ArgumentError', op: 'train.evaluate', detail: 'there are no examples to evaluate' })
    })
}
