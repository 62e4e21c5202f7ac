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
import { type AnyLayer, applyAs, checkLayer, type Layer, type ParamsOf } from '../layer/layer.js'
import type { Loss, Target, TargetOf } from '../loss/index.js'
import { mean } from '../ops/index.js'
import {
  type AnyTransformation,
  applyUpdates,
  type GradientTransformation,
  type StateOf,
  type StateOfTransformation,
} from '../optimizer/index.js'
import { add, filled } from '../primitives/index.js'
import type { Engine } from '../program/index.js'
import type { Key } from '../random/index.js'
import { checkKey } from '../random/key.js'
import type { Err, Expect, Ok } from '../shape/index.js'
import { calledAs, concrete, fail, isTensor, reading, relabel, type Tensor, typed } from '../tensor/index.js'
import { mapped } from '../transform/batching.js'
import { differentiate } from '../transform/grad.js'
import { jitAs } from '../transform/jit.js'
import { type BatchRule, checkBatch, type StateRule, type TrainState } from './batch.js'

/** @category model */
export interface Metrics {
  /** The mean over the batch, before the step. */
  readonly loss: Tensor<''>
}

/**
 * A step of a model with parameters `P` that takes examples of shape `I` and targets `T`, by an optimizer of the type function `F`.
 *
 * @category model
 */
export type Step<P, I extends string, T, F extends StateOf> = <S, G>(
  state: Expect<StateRule<'train.step', P, F, S>, S>,
  batch: Expect<BatchRule<'train.step', I, T, G>, G>,
) => readonly [state: TrainState<P, F>, metrics: Metrics]

/** A loss of one example: one of `loss`, or a function of your own of a prediction and a target. @category type-level */
export type AnyLoss = (prediction: never, target: never) => Tensor<''>

/** The target that a loss takes where the prediction has the shape `O`. @category type-level */
export type TargetFor<L, O extends string> =
  L extends Loss<infer F> ? Target<F, O> : L extends (prediction: never, target: infer T) => unknown ? T : never

/** The rule that a loss of one's own takes the prediction that the model gives. @category type-level */
export type LossRule<Op extends string, L, O extends string> =
  L extends Loss<TargetOf>
    ? Ok<O>
    : L extends (prediction: infer Y, target: never) => unknown
      ? [Tensor<O>] extends [Y]
        ? Ok<O>
        : Y extends Tensor<infer S, infer D>
          ? Err<`${Op}: the loss takes ${D} '${S}', the model gives float32 '${O}'`>
          : Err<`${Op}: the loss takes no tensor, the model gives '${O}'`>
      : Ok<O>

/** @category model */
export interface StepOptions {
  /** What runs the step; the engine in force when it is called unless given. */
  readonly engine?: Engine
}

/** A model of any shapes, as it is known at run time. */
type Model = Layer<readonly unknown[], string, string>
type ExampleLoss = (prediction: Tensor<string>, target: object) => Tensor<''>
type AnyState = TrainState<readonly unknown[], StateOf>
interface AnyBatch {
  readonly input: Tensor<string>
  readonly target: object
}

/** The losses of the examples of a batch. */
export const exampleLosses =
  (op: string, model: Model, loss: ExampleLoss, batch: AnyBatch) =>
  (params: readonly unknown[]): Tensor<string> => {
    const axis = checkBatch(op, model.input, batch)
    const apply = applyAs(op, model, params)
    const lossOf = (input: Tensor<string>, target: object): Tensor<string> => {
      const value: unknown = loss(typed<Tensor<string>>(apply(input)), target)
      if (!isTensor(value)) return fail({ _tag: 'TreeError', op, path: '', detail: 'is a loss that gives no tensor' })
      return value.sizes.length === 0
        ? typed(value)
        : fail({
            _tag: 'ShapeError',
            detail: `${op}: the loss of an example is '${value.shape}', not a scalar: reduce it with mean() or sum()`,
          })
    }
    const { input, target } = batch
    const ofExample = (example: unknown): unknown => {
      const one = typed<AnyBatch>(example)
      return lossOf(one.input, one.target)
    }
    return typed(mapped(op, axis, ofExample, { input, target }))
  }

/** Refuses a model that is no layer, or a loss that is no function. */
export const checkModel = (op: string, model: unknown, loss: unknown): void => {
  checkLayer(op, model)
  if (typeof loss !== 'function')
    fail({ _tag: 'ArgumentError', op, detail: 'the loss is no function: give one of loss, or (prediction, target) => scalar' })
}

/** Refuses what is no optimizer. */
export const checkOptimizer = (op: string, optimizer: unknown): void => {
  const { init, update } = reading(op, () => ({ ...typed<{ readonly init?: unknown; readonly update?: unknown }>(optimizer ?? {}) }))
  if (typeof init !== 'function' || typeof update !== 'function')
    fail({ _tag: 'ArgumentError', op, detail: 'the optimizer is none: give one of optimizer, as optimizer.adam(1e-3)' })
}

/** The mean loss of a batch, as a function of parameters and batch. @category type-level */
export type BatchLoss<P, I extends string, T> = <G>(params: P, batch: Expect<BatchRule<'train.batchLoss', I, T, G>, G>) => Tensor<''>

const meanLoss =
  (op: string, model: Model, loss: ExampleLoss) =>
  (params: readonly unknown[], batch: AnyBatch): Tensor<''> => {
    const losses = exampleLosses(op, model, loss, batch)(params)
    return typed(calledAs(op, () => mean()(losses)))
  }

/**
 * The mean loss of a batch as a function of the parameters: what a step differentiates.
 *
 * @example
 * import { grad, layer, loss, pipe, random, tensor, train } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.dense(1))
 * const batch = { input: tensor([[1, 2]]), target: tensor([[3]]) }
 * const gradient = grad(train.batchLoss(model, loss.meanSquaredError)<typeof batch>)(model.init(random.key(0)), batch)
 * assert.equal(gradient[0].weight.shape, '2 1')
 *
 * @category constructors
 */
export const batchLoss = <M extends AnyLayer, L extends AnyLoss>(
  model: M,
  loss: Expect<LossRule<'train.batchLoss', L, M['output']>, L>,
): BatchLoss<ParamsOf<M>, M['input'], TargetFor<L, M['output']>> => {
  checkModel('train.batchLoss', model, loss)
  return typed<BatchLoss<ParamsOf<M>, M['input'], TargetFor<L, M['output']>>>(
    meanLoss('train.batchLoss', typed<Model>(model), typed<ExampleLoss>(loss)),
  )
}

/**
 * The step of a model, a loss of one example and an optimizer: the loss is averaged over the batch, its gradient becomes an update.
 * It is compiled once for each shape of batch.
 *
 * **Shapes**: input 'batch in…', target as the loss wants it for one example, with the same leading axis.
 * **Errors**: inputs and targets of different lengths, shapes that the model does not take.
 *
 * @example
 * import { layer, loss, optimizer, pipe, random, tensor, toNumber, train } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.dense(1))
 * const step = train.step(model, loss.meanSquaredError, optimizer.sgd(0.1))
 * const state = train.init(model, optimizer.sgd(0.1))(random.key(0))
 * const [next, metrics] = step(state, { input: tensor([[1]]), target: tensor([[2]]) })
 * assert.deepEqual([toNumber(next.step), metrics.loss.shape], [1, ''])
 *
 * @category constructors
 */
export const step = <M extends AnyLayer, L extends AnyLoss, T extends AnyTransformation>(
  model: M,
  loss: Expect<LossRule<'train.step', L, M['output']>, L>,
  optimizer: T,
  options?: StepOptions,
): Step<ParamsOf<M>, M['input'], TargetFor<L, M['output']>, StateOfTransformation<T>> => {
  const op = 'train.step'
  checkModel(op, model, loss)
  checkOptimizer(op, optimizer)
  const lossOf = meanLoss(op, typed<Model>(model), typed<ExampleLoss>(loss))
  const { update } = typed<GradientTransformation<StateOf>>(optimizer)
  const own = (state: AnyState, batch: AnyBatch): readonly [AnyState, Metrics] => {
    const [value, gradients] = differentiate(op, params => lossOf(typed<readonly unknown[]>(params), batch), state.params)
    const [updates, optimizerState] = update(typed<readonly unknown[]>(gradients), state.optimizer, state.params)
    const params = calledAs(op, () => applyUpdates(state.params, updates))
    const count = typed<Tensor<'', 'int32'>>(relabel('', add(state.step, filled(state.step, 1))))
    return [{ params, optimizer: optimizerState, step: count }, { loss: typed<Tensor<''>>(value) }]
  }
  return typed<Step<ParamsOf<M>, M['input'], TargetFor<L, M['output']>, StateOfTransformation<T>>>(
    jitAs(op, ['state', 'batch'], own, options),
  )
}

/**
 * The state before the first step: new parameters and the optimizer's state for them.
 *
 * @example
 * import { layer, optimizer, pipe, random, toNumber, train } from 'pullback'
 *
 * const model = pipe(layer.input('4'), layer.dense(2))
 * const state = train.init(model, optimizer.adam(0.1))(random.key(0))
 * assert.deepEqual([state.params[0].weight.shape, toNumber(state.step)], ['4 2', 0])
 *
 * @category constructors
 */
export const init =
  <M extends AnyLayer, T extends AnyTransformation>(model: M, optimizer: T) =>
  (key: Key): TrainState<ParamsOf<M>, StateOfTransformation<T>> => {
    checkLayer('train.init', model)
    checkOptimizer('train.init', optimizer)
    checkKey('train.init', key)
    const params = model.init(key)
    const optimizerState = typed<GradientTransformation<StateOf>>(optimizer).init(params)
    return typed({ params, optimizer: optimizerState, step: concrete([], 'int32', 0) })
  }
