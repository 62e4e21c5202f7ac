/**
 * A training step: a pure function of a state and a batch to a new state and metrics.
 *
 * @example
 * import { layer, loss, optimizer, pipe, random, tensor, toNumber, train } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.dense(1))
 * const descend = optimizer.sgd(0.01)
 * const step = train.step(model, loss.meanSquaredError, descend)
 * const state = train.init(model, descend)(random.key(0))
 * const batch = { input: tensor([[1, 2], [3, 4]]), target: tensor([[1], [2]]) }
 * const [next, metrics] = step(state, batch)
 * assert.ok(toNumber(metrics.loss) > toNumber(step(next, batch)[1].loss))
 */
import type { Layer } from '../layer/index.js'
import type { Loss, Target, TargetOf } from '../loss/index.js'
import { mean } from '../ops/index.js'
import { type Apply, applyUpdates, type GradientTransformation, type StateOf } from '../optimizer/index.js'
import { add, filled } from '../primitives/index.js'
import type { Engine } from '../program/index.js'
import type { Key } from '../random/index.js'
import { dims } from '../shape/index.js'
import { concrete, fail, isTensor, relabel, type Tensor, typed } from '../tensor/index.js'
import { type Batched, jit, valueAndGrad, vmap } from '../transform/index.js'

/** @category model */
export interface TrainState<P, S> {
  readonly params: P
  readonly optimizer: S
  /** Steps taken so far. */
  readonly step: Tensor<'', 'int32'>
}

/** A batch of examples: inputs and targets with one leading axis, whose name the caller chooses. @category model */
export interface Batch<B extends string, I extends string, T> {
  readonly input: Tensor<I extends '' ? B : `${B} ${I}`>
  readonly target: Batched<NoInfer<B>, T>
}

/** @category model */
export interface Metrics {
  /** The mean over the batch, before the step. */
  readonly loss: Tensor<''>
}

/** @category model */
export type Step<P, I extends string, T, S> = <B extends string>(
  state: TrainState<P, S>,
  batch: Batch<B, I, T>,
) => readonly [state: TrainState<P, S>, metrics: Metrics]

/** @category type-level */
export interface MakeStep {
  <P extends readonly unknown[], I extends string, O extends string, L extends TargetOf, F extends StateOf>(
    model: Layer<P, I, O>,
    loss: Loss<L>,
    optimizer: GradientTransformation<F>,
    options?: { readonly engine?: Engine },
  ): Step<P, I, Target<L, O>, Apply<F, P>>
  <P extends readonly unknown[], I extends string, O extends string, T extends object, F extends StateOf>(
    model: Layer<P, I, O>,
    loss: (prediction: Tensor<O>, target: T) => Tensor<''>,
    optimizer: GradientTransformation<F>,
    options?: { readonly engine?: Engine },
  ): Step<P, I, T, Apply<F, P>>
}

/** The name of a batch's leading axis, which the lifted loss gives to its results. */
export const axisName = (op: string, input: unknown): string => {
  if (!isTensor(input)) return fail({ _tag: 'TreeError', op, path: 'input', detail: 'is missing from the batch: give { input, target }' })
  return dims(input.shape)[0] ?? fail({ _tag: 'ShapeError', detail: `${op}: the input is a scalar: a batch has a leading axis` })
}

type AnyLayer = Layer<readonly unknown[], string, string>
type AnyLoss = (prediction: Tensor<string>, target: object) => Tensor<''>
type AnyState = TrainState<readonly unknown[], unknown>
interface AnyBatch {
  readonly input: Tensor<string>
  readonly target: object
}

/** The losses of the examples of a batch. */
export const exampleLosses =
  (model: AnyLayer, loss: AnyLoss, batch: AnyBatch) =>
  (params: readonly unknown[]): Tensor<string> => {
    const lossOf = (input: Tensor<string>, target: object): Tensor<string> => {
      const value: Tensor<string> = loss(model.apply(params)(input), target)
      return value.sizes.length === 0
        ? value
        : fail({
            _tag: 'ShapeError',
            detail: `train: the loss of an example is '${value.shape}', not a scalar: reduce it with mean() or sum()`,
          })
    }
    return typed(vmap(axisName('train', batch.input))(lossOf)(batch.input, typed<never>(batch.target)))
  }

/** @category type-level */
export interface MakeBatchLoss {
  <P extends readonly unknown[], I extends string, O extends string, L extends TargetOf>(
    model: Layer<P, I, O>,
    loss: Loss<L>,
  ): <B extends string>(params: P, batch: Batch<B, I, Target<L, O>>) => Tensor<''>
  <P extends readonly unknown[], I extends string, O extends string, T extends object>(
    model: Layer<P, I, O>,
    loss: (prediction: Tensor<O>, target: T) => Tensor<''>,
  ): <B extends string>(params: P, batch: Batch<B, I, T>) => Tensor<''>
}

/**
 * The mean loss of a batch as a function of the parameters: what a step differentiates.
 *
 * @example
 * import { grad, layer, loss, pipe, random, tensor, train } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.dense(1))
 * const batch = { input: tensor([[1, 2]]), target: tensor([[3]]) }
 * const gradient = grad(train.batchLoss(model, loss.meanSquaredError)<'1'>)(model.init(random.key(0)), batch)
 * assert.equal(gradient[0].weight.shape, '2 1')
 *
 * @category constructors
 */
export const batchLoss: MakeBatchLoss = typed<MakeBatchLoss>(
  (model: AnyLayer, loss: AnyLoss) =>
    (params: readonly unknown[], batch: AnyBatch): Tensor<string> =>
      mean()(exampleLosses(model, loss, batch)(params)),
)

/**
 * The step of a model, a loss of one example and an optimizer: the loss is averaged over the batch, its gradient becomes an update.
 * It is compiled once for each shape of batch.
 *
 * **Shapes**: input 'batch in…', target as the loss wants it for one example, with the same leading axis.
 * **Errors**: inputs and targets of different lengths, shapes that the model does not take.
 *
 * @category constructors
 */
export const step: MakeStep = typed<MakeStep>(
  (model: AnyLayer, loss: AnyLoss, optimizer: GradientTransformation<StateOf>, options?: { readonly engine?: Engine }) => {
    const lossOf = typed<(params: readonly unknown[], batch: AnyBatch) => Tensor<''>>(batchLoss(model, typed<Loss<TargetOf>>(loss)))
    return jit((state: AnyState, batch: AnyBatch): readonly [AnyState, Metrics] => {
      const [value, gradients] = valueAndGrad(lossOf)(state.params, batch)
      const [updates, optimizerState] = optimizer.update(gradients, state.optimizer, state.params)
      const params = applyUpdates(state.params, updates)
      const count = typed<Tensor<'', 'int32'>>(relabel('', add(state.step, filled(state.step, 1))))
      return [{ params, optimizer: optimizerState, step: count }, { loss: value }]
    }, options)
  },
)

/**
 * The state before the first step: new parameters and the optimizer's state for them.
 *
 * @category constructors
 */
export const init =
  <P extends readonly unknown[], I extends string, O extends string, F extends StateOf>(
    model: Layer<P, I, O>,
    optimizer: GradientTransformation<F>,
  ) =>
  (key: Key): TrainState<P, Apply<F, P>> => {
    const params = model.init(key)
    return { params, optimizer: optimizer.init(params), step: typed(concrete([], 'int32', 0)) }
  }
