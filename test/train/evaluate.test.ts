/** Means over examples, each counting once; and what a batch must be. */
import { initializer, layer, loss, metric, optimizer, pipe, random, tensor, toNested, toNumber, train, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { dataset, initial, model, step } from './support.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}

describe('evaluate', () => {
  const evaluate = train.evaluate(layer.input('1'), loss.meanSquaredError)
  test('a short last batch weighs what it holds', () => {
    // squared errors 1, 1, 16: their mean is 6, the mean of the means of batches would be 8.5
    const batches = [
      { input: tensor([[1], [1]]), target: tensor([[0], [0]]) },
      { input: tensor([[4]]), target: tensor([[0]]) },
    ]
    expect(evaluate([])(batches.slice(0, 1))).toBe(1)
    expect(loose(evaluate)([])(batches)).toBe(6)
  })
  test('accuracy', () => {
    const scores = train.evaluate(layer.input('2'), metric.accuracy)
    expect(
      scores([])([
        {
          input: tensor([
            [1, 0],
            [0, 1],
            [2, 1],
          ]),
          target: tensor([0, 0, 0], 'int32'),
        },
      ]),
    ).toBeCloseTo(2 / 3, 6)
  })
  test('no examples', () => {
    expect(wrong(() => evaluate([])([]))).toEqual(['ArgumentError', 'train.evaluate: there are no examples to evaluate'])
    expect(wrong(() => evaluate([])([{ input: zeros('0 1'), target: zeros('0 1') }]))[0]).toBe('ArgumentError')
  })
})

describe('accuracy', () => {
  test('of a row with a NaN is 0, wherever the NaN is and whatever the label', () => {
    const rows = tensor([
      [Number.NaN, 0],
      [0, Number.NaN],
      [Number.NaN, 0],
      [Number.NaN, Number.NaN],
      [0, 1],
    ])
    expect(toNumber(metric.accuracy(rows, tensor([0, 0, 1, 0, 1], 'int32')))).toBeCloseTo(1 / 5, 6)
  })
  test('of no classes there is none, for one row and for several', () => {
    expect(wrong(() => metric.accuracy(zeros('0'), zeros('', {}, 'int32')))).toEqual([
      'ShapeError',
      "accuracy: '0' has no classes: the last axis is empty",
    ])
    expect(wrong(() => metric.accuracy(zeros('2 0'), zeros('2', {}, 'int32')))).toEqual([
      'ShapeError',
      "accuracy: '2 0' has no classes: the last axis is empty",
    ])
  })
  test('refuses a label outside the classes', () => {
    expect(wrong(() => metric.accuracy(tensor([0, 1]), tensor(2, 'int32')))).toEqual([
      'IndexError',
      'accuracy: label 2 is outside 0 to 1: indices and class labels count from 0',
    ])
  })
})

describe('confusionMatrix', () => {
  const count = metric.confusionMatrix(2)
  test('rows are the classes, columns what they were taken for', () => {
    expect(toNested(count(tensor([0, 1, 1, 1], 'int32'), tensor([0, 1, 0, 1], 'int32')))).toEqual([
      [1, 1],
      [0, 2],
    ])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(count)(tensor([0], 'int32'), tensor([0, 1], 'int32')))).toEqual([
      'ShapeError',
      "confusionMatrix: predictions '1' and labels '2' differ",
    ])
    const range = 'is outside 0 to 1: indices and class labels count from 0'
    expect(wrong(() => count(tensor([2], 'int32'), tensor([0], 'int32')))).toEqual(['IndexError', `confusionMatrix: prediction 2 ${range}`])
    expect(wrong(() => count(tensor([0], 'int32'), tensor([-1], 'int32')))).toEqual(['IndexError', `confusionMatrix: label -1 ${range}`])
    expect(wrong(() => loose(count)(tensor([0]), tensor([0])))).toEqual([
      'DTypeError',
      "confusionMatrix: predictions are float32: cast('int32') first",
    ])
    expect(wrong(() => metric.confusionMatrix<number>(-1)(tensor([0], 'int32'), tensor([0], 'int32')))[1]).toBe(
      'confusionMatrix: -1 classes: give a whole number from 1 up',
    )
  })
})

test('a step by hand', () => {
  // y = w x + b from w = b = 0 at x = (1, 3), t = (2, 4), η = ½:
  // the mean loss is (4 + 16) / 2; ∂w is the mean of -2 t x = -(4 + 24) / 2, ∂b of -2 t = -(4 + 8) / 2
  const line = pipe(layer.input('1'), layer.dense(1, { weight: initializer.zeros }))
  const sgd = optimizer.sgd(0.5)
  const batch = { input: tensor([[1], [3]]), target: tensor([[2], [4]]) }
  const [next, metrics] = train.step(line, loss.meanSquaredError, sgd)(train.init(line, sgd)(random.key(0)), batch)
  expect(toNumber(metrics.loss)).toBe(10)
  expect([toNested(next.params[0].weight), toNested(next.params[0].bias), toNumber(next.step)]).toEqual([[[7]], [3], 1])
})

describe('what is no batch', () => {
  test('inputs and targets of different lengths: the axis is named', () => {
    const batch = { input: dataset.input, target: zeros('batch', { batch: 7 }, 'int32') }
    expect(wrong(() => step(initial, batch))).toEqual([
      'SizeError',
      "train.step: 'batch' is 30 in one place and 7 in another: one name has one size",
    ])
  })
  test('inputs that the model does not take', () => {
    expect(wrong(() => loose(step)(initial, { input: zeros('4 3'), target: zeros('4', {}, 'int32') }))).toEqual([
      'ShapeError',
      "train.step: the input is '4 3', the model takes a batch of '2'",
    ])
    expect(wrong(() => loose(step)(initial, { input: zeros(''), target: zeros('4', {}, 'int32') }))).toEqual([
      'ShapeError',
      "train.step: the input is '', the model takes a batch of '2'",
    ])
    expect(wrong(() => loose(step)(initial, { target: zeros('4', {}, 'int32') }))).toEqual([
      'ArgumentError',
      'train.step: a batch is { input, target }, an input tensor and what the loss takes',
    ])
  })
  test('targets that the loss does not take', () => {
    expect(wrong(() => loose(step)(initial, { input: zeros('4 2'), target: zeros('4') }))).toEqual([
      'DTypeError',
      "softmaxCrossEntropy: labels are float32, not int32 class indices: cast('int32') first",
    ])
    expect(wrong(() => step(initial, { input: zeros('2 2'), target: tensor([0, 3], 'int32') }))).toEqual([
      'IndexError',
      'softmaxCrossEntropy: label 3 is outside 0 to 2: indices and class labels count from 0',
    ])
  })
  test('a state of another model', () => {
    const other = train.init(pipe(layer.input('2'), layer.dense(3)), optimizer.sgd(0.1))(random.key(0))
    expect(wrong(() => loose(step)(other, dataset))[1]).toBe("train.step: 'params' has 1 parts, the layer has 2")
    expect(model.init(random.key(0)).length).toBe(2)
  })
})
