/** Cross-entropies: by hand, against closed-form gradients, finite at the edges. */
import * as fc from 'fast-check'
import { grad, jit, loss, softmax, type Tensor, tensor, toNested, toNumber, vmap, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { allocate, at, bufferOf, concrete, typed, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}

/** The gradient of a loss with respect to its prediction; in float64, which the types of losses leave out. */
const slope = (of: unknown, prediction: Value, target: Value): readonly number[] =>
  Array.from(bufferOf('test', grad((x: Tensor<''>) => typed<Tensor<''>>(loose(of)(x, target)))(typed<Tensor<''>>(prediction))))

describe('binaryCrossEntropy', () => {
  test('by hand', () => {
    // -log ½ and -log ¾, averaged
    expect(toNumber(loss.binaryCrossEntropy(tensor([0.5, 0.75]), tensor([1, 1])))).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 6)
    expect(toNumber(loss.binaryCrossEntropy(tensor(0.25), tensor(0)))).toBeCloseTo(-Math.log(0.75), 6)
    expect(toNumber(loss.binaryCrossEntropy(tensor(0.5), tensor(0.3)))).toBeCloseTo(Math.log(2), 6)
  })
  test('its gradient is (p - t) / (p (1 - p)) / n', () => {
    fc.assert(
      fc.property(values([3], 'float64', { low: 0.05, high: 0.95 }), values([3], 'float64', { low: 0, high: 1 }), (p, t) => {
        const [ps, ts] = [bufferOf('test', p), bufferOf('test', t)]
        slope(loss.binaryCrossEntropy, p, t).forEach((found, i) => {
          // Terms of up to 20 with a few roundings of float64 each.
          expect(found).toBeCloseTo((at(ps, i) - at(ts, i)) / (at(ps, i) * (1 - at(ps, i))) / 3, 12)
        })
      }),
      draws(81, 40),
    )
  })
  test.each(['float32', 'float64'] as const)('finite at 0 and 1 in %s, and pointing away from the wrong end', dtype => {
    for (const [p, t] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const [prediction, target] = [tensor(p, dtype), tensor(t, dtype)]
      const value = toNumber(typed<Tensor<''>>(loose(loss.binaryCrossEntropy)(prediction, target)))
      const [found = Number.NaN] = slope(loss.binaryCrossEntropy, prediction, target)
      // -log 1e-12 where it is wrong, 0 where it is right.
      expect(value).toBeCloseTo(p === t ? 0 : 12 * Math.LN10, 5)
      expect(Number.isFinite(found)).toBe(true)
      if (p !== t) expect(Math.sign(found)).toBe(p > t ? 1 : -1)
    }
  })
})

describe('binaryCrossEntropyLogits', () => {
  test('by hand', () => {
    expect(toNumber(loss.binaryCrossEntropyLogits(tensor([0, 0]), tensor([0, 1])))).toBeCloseTo(Math.log(2), 6)
    // σ(log 3) is ¾
    expect(toNumber(loss.binaryCrossEntropyLogits(tensor(Math.log(3)), tensor(1)))).toBeCloseTo(-Math.log(0.75), 6)
  })
  test('is binaryCrossEntropy of the sigmoid; its gradient is (σ(x) - t) / n', () => {
    fc.assert(
      fc.property(values([2], 'float64', { low: -4, high: 4 }), values([2], 'float64', { low: 0, high: 1 }), (x, t) => {
        const sigma = Array.from(bufferOf('test', x), logit => 1 / (1 + Math.exp(-logit)))
        const ts = bufferOf('test', t)
        const expected = sigma.reduce((sum, p, i) => sum - (at(ts, i) * Math.log(p) + (1 - at(ts, i)) * Math.log(1 - p)), 0) / 2
        expect(toNumber(typed<Tensor<''>>(loose(loss.binaryCrossEntropyLogits)(x, t)))).toBeCloseTo(expected, 12)
        slope(loss.binaryCrossEntropyLogits, x, t).forEach((found, i) => {
          expect(found).toBeCloseTo((at(sigma, i) - at(ts, i)) / 2, 13)
        })
      }),
      draws(82, 40),
    )
  })
  test('finite at ±1e4, value and gradient', () => {
    const cases = [-1e4, 1e4].flatMap(x =>
      [0, 1].map(t => [
        toNumber(loss.binaryCrossEntropyLogits(tensor(x), tensor(t))),
        ...slope(loss.binaryCrossEntropyLogits, tensor(x), tensor(t)),
      ]),
    )
    expect(cases).toEqual([
      [0, 0],
      [1e4, -1],
      [1e4, 1],
      [0, 0],
    ])
  })
})

describe('softmaxCrossEntropy', () => {
  test('by hand', () => {
    expect(toNumber(loss.softmaxCrossEntropy(tensor([0, 0, 0, 0]), tensor(2, 'int32')))).toBeCloseTo(Math.log(4), 6)
    expect(toNumber(loss.softmaxCrossEntropy(tensor([0, Math.log(3)]), tensor(0, 'int32')))).toBeCloseTo(Math.log(4), 6)
    const rows = tensor([
      [0, 0],
      [0, Math.log(3)],
    ])
    expect(toNumber(loss.softmaxCrossEntropy(rows, tensor([0, 1], 'int32')))).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 6)
  })
  test('its gradient is softmax less the one-hot label; one-hot targets give the same', () => {
    fc.assert(
      fc.property(values([4], 'float64', { low: -5, high: 5 }), fc.integer({ min: 0, max: 3 }), (logits, label) => {
        const p = bufferOf('test', typed<Value>(loose(softmax)(-1)(logits)))
        const hot = allocate('float64', 4)
        hot[label] = 1
        const byIndex = slope(loss.softmaxCrossEntropy, logits, tensor(label, 'int32'))
        byIndex.forEach((found, i) => {
          expect(found).toBeCloseTo(at(p, i) - at(hot, i), 13)
        })
        slope(loss.softmaxCrossEntropyOneHot, logits, concrete([4], 'float64', hot)).forEach((found, i) => {
          expect(found).toBeCloseTo(byIndex[i] ?? Number.NaN, 13)
        })
      }),
      draws(83, 40),
    )
  })
  test('finite at ±1e4, value and gradient', () => {
    const logits = tensor([1e4, -1e4, 0])
    expect([0, 1, 2].map(label => toNumber(loss.softmaxCrossEntropy(logits, tensor(label, 'int32'))))).toEqual([-0, 2e4, 1e4])
    expect([0, 1, 2].map(label => slope(loss.softmaxCrossEntropy, logits, tensor(label, 'int32')))).toEqual([
      [0, 0, 0],
      [1, -1, 0],
      [1, 0, -1],
    ])
    expect(toNumber(loss.softmaxCrossEntropyOneHot(logits, tensor([0, 1, 0])))).toBe(2e4)
    expect(slope(loss.softmaxCrossEntropyOneHot, logits, tensor([0, 1, 0]))).toEqual([1, -1, 0])
  })
  test('any distribution as a target', () => {
    expect(toNumber(loss.softmaxCrossEntropyOneHot(tensor([0, 0]), tensor([0.5, 0.5])))).toBeCloseTo(Math.log(2), 6)
  })
  test('lifted over a batch it is the loss of each example', () => {
    const logits = tensor([
      [0, 0],
      [0, Math.log(3)],
    ])
    const [first = 0, second = 0] = toNested(vmap('2')(loss.softmaxCrossEntropy<'2'>)(logits, tensor([1, 0], 'int32')))
    expect(first).toBeCloseTo(Math.log(2), 6)
    expect(second).toBeCloseTo(Math.log(4), 6)
  })
})

describe('what does not fit', () => {
  const labels = (n: number): Tensor<'', 'int32'> => tensor(n, 'int32')
  test('a label outside the classes, also in a jitted function', () => {
    const expected = (n: number) => [
      'IndexError',
      `softmaxCrossEntropy: label ${n} is outside 0 to 1: indices and class labels count from 0`,
    ]
    expect(wrong(() => loss.softmaxCrossEntropy(tensor([0, 0]), labels(2)))).toEqual(expected(2))
    expect(wrong(() => loss.softmaxCrossEntropy(tensor([0, 0]), labels(-1)))).toEqual(expected(-1))
    expect(wrong(() => jit((x: Tensor<'2'>, y: Tensor<'', 'int32'>) => loss.softmaxCrossEntropy(x, y))(tensor([0, 0]), labels(5)))).toEqual(
      expected(5),
    )
  })
  test('labels that are floats, or not one for each row', () => {
    expect(wrong(() => loose(loss.softmaxCrossEntropy)(tensor([0, 0]), tensor(1)))).toEqual([
      'DTypeError',
      "softmaxCrossEntropy: labels are float32, not int32 class indices: cast('int32') first",
    ])
    expect(wrong(() => loose(loss.softmaxCrossEntropy)(zeros('2 3'), zeros('3', {}, 'int32')))).toEqual([
      'ShapeError',
      "softmaxCrossEntropy: logits '2 3' need one label for each row, '2', not '3'",
    ])
    expect(wrong(() => loose(loss.softmaxCrossEntropy)(tensor(1), labels(0)))[0]).toBe('ShapeError')
    expect(wrong(() => loose(loss.softmaxCrossEntropyOneHot)(tensor(1), tensor(1)))).toEqual([
      'ShapeError',
      'softmaxCrossEntropyOneHot: a scalar has no classes: give logits with a last axis',
    ])
  })
  test('one name, two sizes', () => {
    expect(wrong(() => loose(loss.softmaxCrossEntropy)(zeros('n 3', { n: 2 }), zeros('n', { n: 4 }, 'int32')))).toEqual([
      'SizeError',
      "softmaxCrossEntropy: 'n' is 2 in one place and 4 in another: one name has one size",
    ])
  })
})
