/** Mistakes with keys, layers, steps, data and files. */
import { codec, data, layer, loss, metric, ones, optimizer, pipe, random, train, tree, zeros } from 'pullback'
import { loose } from '../support/loose.js'
import type { Mistake } from './mistake.js'

const model = pipe(layer.input('2'), layer.dense(2))
const step = train.step(model, loss.meanSquaredError, optimizer.sgd(0.1))
const state = train.init(model, optimizer.sgd(0.1))(random.key(0))
const batch = { input: ones('3 2'), target: ones('3 2') }

export const training: readonly Mistake[] = [
  [
    'a number for a leaf',
    () => tree.leaves({ w: [1] }),
    'TreeError',
    "tree.leaves: 'w.0' is a number, not a tensor or a record or tuple of tensors",
  ],
  ['a seed below 0', () => random.key(-1), 'ArgumentError', 'random.key: -1 is no seed: give a whole number from 0 to 2^53 - 1'],
  ['a probability above 1', () => random.bernoulli(2), 'ArgumentError', 'bernoulli: 2 is no probability: give a number from 0 to 1'],
  ['a number for a layer', () => loose(layer.input)(784), 'ShapeError', "layer.input: 784 is no dimension string: write '784'"],
  [
    'a batch for an example',
    () => loose(model.apply)(state.params)(zeros('batch 2', { batch: 3 })),
    'ShapeError',
    "apply: the layer takes '2', not 'batch 2': vmap('batch') lifts it to a batch",
  ],
  ['parameters of another layer', () => loose(model.apply)([])(ones('2')), 'TreeError', "apply: 'params' has 0 parts, the layer has 1"],
  [
    'a learning rate that is no number',
    () => optimizer.adam(Number.NaN),
    'ArgumentError',
    'adam: the learning rate is NaN: give a finite number from 0 up; to go uphill, negate what is minimised',
  ],
  [
    'a state with a number in it',
    () => loose(step)({ ...state, epoch: 5 }, batch),
    'TreeError',
    "train.step: 'state.epoch' is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a batch without inputs',
    () => loose(step)(state, { target: ones('3 2') }),
    'ArgumentError',
    'train.step: a batch is { input, target }, an input tensor and what the loss takes',
  ],
  [
    'targets of another shape',
    () => loose(step)(state, { ...batch, target: ones('3 1') }),
    'ShapeError',
    "meanSquaredError: the prediction is float32 '2', the target float32 '1': they must be alike",
  ],
  [
    'a loss that is no scalar',
    () => loose(loose(train.step)(model, (x: object) => x, optimizer.sgd(0.1)))(state, batch),
    'ShapeError',
    "train.step: the loss of an example is '2', not a scalar: reduce it with mean() or sum()",
  ],
  [
    'nothing to evaluate',
    () => train.evaluate(model, loss.meanSquaredError)(state.params)([]),
    'ArgumentError',
    'train.evaluate: there are no examples to evaluate',
  ],
  [
    'float labels',
    () => loose(metric.accuracy)(ones('2'), ones('')),
    'DTypeError',
    "accuracy: labels are float32, not int32 class indices: cast('int32') first",
  ],
  [
    'arrays for a data set',
    () => data.batches({ size: 2 })({ x: [1, 2, 3] }),
    'TreeError',
    "data.batches: 'x.0' is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a scalar to standardise',
    () => data.standardise(ones('')),
    'ShapeError',
    "data.standardise: axis 0 is out of range for '', which has no axes",
  ],
  [
    'a number to encode',
    () => codec.encode({ epoch: 5 }),
    'TreeError',
    "codec.encode: 'epoch' is a number, not a tensor or a record or tuple of tensors",
  ],
]
