import { layer, loss, metric, optimizer, pipe, random, type Tensor, train, zeros } from 'pullback'
import { typeOf } from '../assert.js'

declare const rows: Tensor<'batch 4'>
declare const labels: Tensor<'batch', 'int32'>
declare const otherLabels: Tensor<'other', 'int32'>

const model = pipe(layer.input('4'), layer.dense(16), layer.gelu, layer.dense(3))
type Params = [layer.Dense<'4', '16'>, layer.Dense<'16', '3'>]
type State = train.TrainState<Params, optimizer.Adam>
const adam = optimizer.adam(1e-3)

const step = train.step(model, loss.softmaxCrossEntropy, adam)
const state = train.init(model, adam)(random.key(0))
typeOf(state).is<State>()
typeOf(step).is<train.Step<Params, '4', Tensor<'', 'int32'>, optimizer.Adam>>()

const next = step(state, { input: rows, target: labels })
typeOf(next).is<readonly [state: State, metrics: train.Metrics]>()
typeOf(next[0].optimizer[0].nu[0].weight).is<Tensor<'4 16'>>()
typeOf(next[0].params[1].bias).is<Tensor<'3'>>()
typeOf(next[1].loss).is<Tensor<''>>()
typeOf(step(state, { input: zeros('32 4'), target: zeros('32', {}, 'int32') })[0]).is<State>()

// @ts-expect-error Argument of type '{ input: Tensor<"batch 5", "float32">; target: Tensor<"batch", "int32">; }' is not assignable to parameter of type '"train.step: the input is 'batch 5', the model takes a batch of '4'"'.
step(state, { input: zeros('batch 5', { batch: 2 }), target: labels })
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"batch 3", "float32">; }' is not assignable to parameter of type '"train.step: the target is float32, the loss takes int32: cast('int32') first"'.
step(state, { input: rows, target: zeros('batch 3', { batch: 2 }) })
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"batch", "float32">; }' is not assignable to parameter of type '"train.step: the target is float32, the loss takes int32: cast('int32') first"'.
step(state, { input: rows, target: zeros('batch', { batch: 2 }) })
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"other", "int32">; }' is not assignable to parameter of type '"train.step: the target is 'other', the loss takes 'batch'"'.
step(state, { input: rows, target: otherLabels })
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; }' is not assignable to parameter of type '"train.step: a batch is { input, target }, an input tensor and what the loss takes"'.
step(state, { input: rows })
// @ts-expect-error Argument of type 'TrainState<[Dense<"4", "16">, Dense<"16", "3">], Sgd>' is not assignable to parameter of type '"train.step: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer"'.
step(train.init(model, optimizer.sgd(0.1))(random.key(0)), { input: rows, target: labels })

// A loss of the prediction's own shape, and a loss of one's own, whose target is any tree.
const regress = train.step(model, loss.meanSquaredError, adam)
typeOf(regress(state, { input: rows, target: zeros('batch 3', { batch: 2 }) })[0]).is<State>()
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"batch 2", "float32">; }' is not assignable to parameter of type '"train.step: the target is 'batch 2', the loss takes 'batch 3'"'.
regress(state, { input: rows, target: zeros('batch 2', { batch: 2 }) })

type Weighted = { readonly weight: Tensor<''>; readonly value: Tensor<'3'> }
const own = train.step(model, (p: Tensor<'3'>, t: Weighted) => loss.meanSquaredError(p, t.value), adam)
typeOf(own(state, { input: rows, target: { weight: zeros('batch', { batch: 2 }), value: zeros('batch 3', { batch: 2 }) } })[0]).is<State>()
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: { weight: Tensor<"batch", "float32">; value: Tensor<"3", "float32">; }; }' is not assignable to parameter of type '"train.step: the target has another form than the loss takes"'.
own(state, { input: rows, target: { weight: zeros('batch', { batch: 2 }), value: zeros('3') } })
type OfFive = (prediction: Tensor<'5'>, target: Tensor<'5'>) => Tensor<''>
declare const ofFive: OfFive
// @ts-expect-error Argument of type 'OfFive' is not assignable to parameter of type '"train.step: the loss takes float32 '5', the model gives float32 '3'"'.
train.step(model, ofFive, adam)

// A scalar input has the batch as its only axis.
const scalars = pipe(layer.input(''), layer.tanh)
const scalarStep = train.step(scalars, loss.meanSquaredError, optimizer.sgd(0.1))
const scalarState = train.init(scalars, optimizer.sgd(0.1))(random.key(0))
typeOf(scalarStep(scalarState, { input: zeros('8'), target: zeros('8') })[0]).is<train.TrainState<[], optimizer.Sgd>>()

// Training is a fold of the step over batches.
type Batch = { readonly input: Tensor<'batch 4'>; readonly target: Tensor<'batch', 'int32'> }
declare const batches: readonly Batch[]
typeOf(pipe(batches, train.fold(step)(state))).is<readonly [state: State, history: readonly train.Metrics[]]>()
typeOf(train.fold((total: number, x: string) => [total + x.length, x] as const)(0)(['a', 'b'])).is<
  readonly [state: number, history: readonly string[]]
>()
train.fold(step, (metrics, index, stateNow) => {
  typeOf(metrics).is<train.Metrics>()
  typeOf(index).is<number>()
  typeOf(stateNow).is<() => State>()
})
// @ts-expect-error Argument of type 'readonly Batch[]' is not assignable to parameter of type '"train.fold: the target is int32, the loss takes float32: cast('float32') first"'.
train.fold(regress)(state)(batches)

typeOf(train.evaluate(model, metric.accuracy)(state.params)(batches)).is<number>()
typeOf(train.batchLoss(model, loss.softmaxCrossEntropy)(state.params, { input: rows, target: labels })).is<Tensor<''>>()
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"batch", "int32">; }' is not assignable to parameter of type '"train.batchLoss: the target is int32, the loss takes float32: cast('float32') first"'.
train.batchLoss(model, loss.meanSquaredError)(state.params, { input: rows, target: labels })
// @ts-expect-error Argument of type 'readonly Batch[]' is not assignable to parameter of type '"train.evaluate: the target is int32, the loss takes float32: cast('float32') first"'.
train.evaluate(model, loss.meanSquaredError)(state.params)(batches)

// Of one of several optimizers, models or losses, chosen when the program runs, a state is the state of one of them.
declare const small: boolean
const chosen = small ? optimizer.sgd(0.1) : adam
const chosenStep = train.step(model, loss.softmaxCrossEntropy, chosen)
const chosenState = train.init(model, chosen)(random.key(0))
typeOf(chosenState).is<train.TrainState<Params, optimizer.Sgd | optimizer.Adam>>()
typeOf(chosenStep(chosenState, { input: rows, target: labels })[0]).is<train.TrainState<Params, optimizer.Sgd | optimizer.Adam>>()
typeOf(train.fold(chosenStep)(chosenState)(batches)[0]).is<train.TrainState<Params, optimizer.Sgd | optimizer.Adam>>()
// @ts-expect-error Argument of type 'TrainState<[Dense<"4", "16">, Dense<"16", "3">], Momentum>' is not assignable to parameter of type '"train.step: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer"'.
chosenStep(train.init(model, optimizer.momentum(0.1))(random.key(0)), { input: rows, target: labels })

const eitherModel = small ? pipe(layer.input('4'), layer.dense(3)) : model
type EitherParams = Params | [layer.Dense<'4', '3'>]
const eitherState = train.init(eitherModel, adam)(random.key(0))
const eitherStep = train.step(eitherModel, loss.softmaxCrossEntropy, adam)
typeOf(eitherState).is<train.TrainState<EitherParams, optimizer.Adam>>()
typeOf(train.fold(eitherStep)(eitherState)(batches)[0]).is<train.TrainState<EitherParams, optimizer.Adam>>()
typeOf(train.evaluate(eitherModel, metric.accuracy)(eitherState.params)(batches)).is<number>()

const eitherLoss = train.step(model, small ? loss.softmaxCrossEntropy : loss.meanSquaredError, adam)
typeOf(eitherLoss(state, { input: rows, target: labels })[0]).is<State>()
typeOf(eitherLoss(state, { input: rows, target: zeros('batch 3', { batch: 2 }) })[0]).is<State>()
// @ts-expect-error Argument of type '{ input: Tensor<"batch 4", "float32">; target: Tensor<"batch", "float32">; }' is not assignable to parameter of type '"train.step: the target is float32 'batch', which none of the losses to choose from takes"'.
eitherLoss(state, { input: rows, target: zeros('batch', { batch: 2 }) })

// A function generic in the optimizer, or in the model's parameters.
const trainedBy = <F extends optimizer.StateOf>(descend: optimizer.GradientTransformation<F>): train.TrainState<Params, F> =>
  train.fold(train.step(model, loss.softmaxCrossEntropy, descend))(train.init(model, descend)(random.key(0)))(batches)[0]
typeOf(trainedBy(adam)).is<State>()
