import { layer, loss, metric, optimizer, pipe, random, type Tensor, train, zeros } from 'pullback'
import { typeOf } from '../assert.js'

declare const rows: Tensor<'batch 4'>
declare const labels: Tensor<'batch', 'int32'>
declare const otherLabels: Tensor<'other', 'int32'>

const model = pipe(layer.input('4'), layer.dense(16), layer.gelu, layer.dense(3))
type Params = [layer.Dense<'4', '16'>, layer.Dense<'16', '3'>]
type State = train.TrainState<Params, readonly [optimizer.Moments<Params>, readonly []]>
const adam = optimizer.adam(1e-3)

const step = train.step(model, loss.softmaxCrossEntropy, adam)
const state = train.init(model, adam)(random.key(0))
typeOf(state).is<State>()
typeOf(step).is<train.Step<Params, '4', Tensor<'', 'int32'>, readonly [optimizer.Moments<Params>, readonly []]>>()

const next = step(state, { input: rows, target: labels })
typeOf(next).is<readonly [state: State, metrics: train.Metrics]>()
typeOf(next[0].optimizer[0].nu[0].weight).is<Tensor<'4 16'>>()
typeOf(next[0].params[1].bias).is<Tensor<'3'>>()
typeOf(next[1].loss).is<Tensor<''>>()
typeOf(step(state, { input: zeros('32 4'), target: zeros('32', {}, 'int32') })[0]).is<State>()

// @ts-expect-error Type '"batch 5"' is not assignable to type '`${string} 4`'.
step(state, { input: zeros('batch 5', { batch: 2 }), target: labels })
// @ts-expect-error Type '"batch 3"' is not assignable to type '"batch"'.
step(state, { input: rows, target: zeros('batch 3', { batch: 2 }) })
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
step(state, { input: rows, target: zeros('batch', { batch: 2 }) })
// @ts-expect-error Type '"other"' is not assignable to type '"batch"'.
step(state, { input: rows, target: otherLabels })
// @ts-expect-error Property 'target' is missing in type '{ input: Tensor<"batch 4", "float32">; }' but required in type 'Batch<"batch", "4", Tensor<"", "int32">>'.
step(state, { input: rows })
// @ts-expect-error Source has 1 element(s) but target requires 2.
step(train.init(model, optimizer.sgd(0.1))(random.key(0)), { input: rows, target: labels })

// A loss of the prediction's own shape, and a loss of one's own, whose target is any tree.
const regress = train.step(model, loss.meanSquaredError, adam)
typeOf(regress(state, { input: rows, target: zeros('batch 3', { batch: 2 }) })[0]).is<State>()
// @ts-expect-error Type '"batch 2"' is not assignable to type '"batch 3"'.
regress(state, { input: rows, target: zeros('batch 2', { batch: 2 }) })

type Weighted = { readonly weight: Tensor<''>; readonly value: Tensor<'3'> }
const own = train.step(model, (p: Tensor<'3'>, t: Weighted) => loss.meanSquaredError(p, t.value), adam)
typeOf(own(state, { input: rows, target: { weight: zeros('batch', { batch: 2 }), value: zeros('batch 3', { batch: 2 }) } })[0]).is<State>()
// @ts-expect-error Type '"3"' is not assignable to type '"batch 3"'.
own(state, { input: rows, target: { weight: zeros('batch', { batch: 2 }), value: zeros('3') } })
// @ts-expect-error Type '"3"' is not assignable to type '"5"'.
train.step(model, (p: Tensor<'5'>, t: Tensor<'5'>) => loss.meanSquaredError(p, t), adam)

// A scalar input has the batch as its only axis.
const scalars = pipe(layer.input(''), layer.tanh)
const scalarStep = train.step(scalars, loss.meanSquaredError, optimizer.sgd(0.1))
const scalarState = train.init(scalars, optimizer.sgd(0.1))(random.key(0))
typeOf(scalarStep(scalarState, { input: zeros('8'), target: zeros('8') })[0]).is<train.TrainState<[], readonly [readonly []]>>()

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
// @ts-expect-error Type '"batch"' is not assignable to type '"batch 3"'.
train.fold(regress)(state)(batches)

typeOf(train.evaluate(model, metric.accuracy)(state.params)(batches)).is<number>()
typeOf(train.batchLoss(model, loss.softmaxCrossEntropy)(state.params, { input: rows, target: labels })).is<Tensor<''>>()
// @ts-expect-error Type '"batch"' is not assignable to type '"batch 3"'.
train.batchLoss(model, loss.meanSquaredError)(state.params, { input: rows, target: labels })
// @ts-expect-error Type '"batch"' is not assignable to type '"batch 3"'.
train.evaluate(model, loss.meanSquaredError)(state.params)(batches)
