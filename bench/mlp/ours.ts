/** This library: perceptrons made of its layers, trained by its step and fold. */
import { decoded, engineOf, pullback } from '../ours.js'
import { foldRun, inTurn, valuesFor } from '../training/ours.js'
import type { Run, Setup } from '../workload.js'
import { classifier, type Mlp, regression } from './spec.js'

const { fromArray, layer, loss, optimizer, pipe, random, train } = pullback

const openClassifier = ({ threads }: Setup): Run => {
  const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(10))
  const values = valuesFor(classifier)
  const params: ReturnType<typeof model.init> = [
    { weight: decoded(fromArray('784 512')(values('0.weight'))), bias: decoded(fromArray('512')(values('0.bias'))) },
    { weight: decoded(fromArray('512 256')(values('1.weight'))), bias: decoded(fromArray('256')(values('1.bias'))) },
    { weight: decoded(fromArray('256 10')(values('2.weight'))), bias: decoded(fromArray('10')(values('2.bias'))) },
  ]
  const adam = optimizer.adam(classifier.rate)
  const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine: engineOf(threads) })
  const initial = { ...train.init(model, adam)(random.key(0)), params, optimizer: adam.init(params) }
  const batches = classifier.batches().map(({ input, labels }) => ({
    input: decoded(fromArray('128 784')(input)),
    target: decoded(fromArray('128', 'int32')(labels)),
  }))
  return foldRun(classifier, count => train.fold(step)(initial)(inTurn(batches, count)))
}

const openRegression = ({ threads }: Setup): Run => {
  const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(16), layer.tanh, layer.dense(1))
  const values = valuesFor(regression)
  const params: ReturnType<typeof model.init> = [
    { weight: decoded(fromArray('2 16')(values('0.weight'))), bias: decoded(fromArray('16')(values('0.bias'))) },
    { weight: decoded(fromArray('16 16')(values('1.weight'))), bias: decoded(fromArray('16')(values('1.bias'))) },
    { weight: decoded(fromArray('16 1')(values('2.weight'))), bias: decoded(fromArray('1')(values('2.bias'))) },
  ]
  const sgd = optimizer.sgd(regression.rate)
  const step = train.step(model, loss.meanSquaredError, sgd, { engine: engineOf(threads) })
  const initial = { ...train.init(model, sgd)(random.key(0)), params, optimizer: sgd.init(params) }
  const batches = regression.batches().map(({ input, target }) => ({
    input: decoded(fromArray('32 2')(input)),
    target: decoded(fromArray('32 1')(target)),
  }))
  return foldRun(regression, count => train.fold(step)(initial)(inTurn(batches, count)))
}

export const open =
  (mlp: Mlp) =>
  async (setup: Setup): Promise<Run> =>
    mlp === classifier ? openClassifier(setup) : openRegression(setup)
