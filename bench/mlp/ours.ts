/** This library: a step folded over batches. */
import { decoded, engineOf, pullback } from '../ours.js'
import type { Run, Setup } from '../workload.js'
import { batchesOf, classifier, layersOf, type Mlp, regression } from './spec.js'

const { fromArray, layer, loss, optimizer, pipe, random, toNumber, train } = pullback

/** `count` batches, taken in turn. */
function* inTurn<B>(batches: readonly B[], count: number): Iterable<B> {
  for (let i = 0; i < count; i += 1) {
    const batch = batches[i % batches.length]
    if (batch !== undefined) yield batch
  }
}

type Losses = (count: number) => readonly { readonly loss: pullback.Tensor<''> }[]

const runOf = (mlp: Mlp, losses: Losses): Run => ({
  values: async () => losses(mlp.checked).map(metrics => toNumber(metrics.loss)),
  round: async count => {
    losses(count)
  },
})

const openClassifier = (threads: number): Losses => {
  const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(10))
  const [first, second, third] = layersOf(classifier)
  if (!first || !second || !third) throw new Error('three layers')
  const params: ReturnType<typeof model.init> = [
    { weight: decoded(fromArray('784 512')(first.weight)), bias: decoded(fromArray('512')(first.bias)) },
    { weight: decoded(fromArray('512 256')(second.weight)), bias: decoded(fromArray('256')(second.bias)) },
    { weight: decoded(fromArray('256 10')(third.weight)), bias: decoded(fromArray('10')(third.bias)) },
  ]
  const adam = optimizer.adam(classifier.rate)
  const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine: engineOf(threads) })
  const initial = train.init({ ...model, init: () => params }, adam)(random.key(0))
  const batches = batchesOf(classifier).map(({ input, labels }) => ({
    input: decoded(fromArray('128 784')(input)),
    target: decoded(fromArray('128', 'int32')(labels)),
  }))
  return count => train.fold(step)(initial)(inTurn(batches, count))[1]
}

const openRegression = (threads: number): Losses => {
  const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(16), layer.tanh, layer.dense(1))
  const [first, second, third] = layersOf(regression)
  if (!first || !second || !third) throw new Error('three layers')
  const params: ReturnType<typeof model.init> = [
    { weight: decoded(fromArray('2 16')(first.weight)), bias: decoded(fromArray('16')(first.bias)) },
    { weight: decoded(fromArray('16 16')(second.weight)), bias: decoded(fromArray('16')(second.bias)) },
    { weight: decoded(fromArray('16 1')(third.weight)), bias: decoded(fromArray('1')(third.bias)) },
  ]
  const sgd = optimizer.sgd(regression.rate)
  const step = train.step(model, loss.meanSquaredError, sgd, { engine: engineOf(threads) })
  const initial = train.init({ ...model, init: () => params }, sgd)(random.key(0))
  const batches = batchesOf(regression).map(({ input, target }) => ({
    input: decoded(fromArray('32 2')(input)),
    target: decoded(fromArray('32 1')(target)),
  }))
  return count => train.fold(step)(initial)(inTurn(batches, count))[1]
}

export const open =
  (mlp: Mlp) =>
  async ({ threads }: Setup): Promise<Run> =>
    runOf(mlp, mlp.name === 'classifier' ? openClassifier(threads) : openRegression(threads))
