/** Losses for numbers: by hand, and their gradients in closed form. */
import { grad, loss, type Tensor, tensor, toNested, toNumber, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const slope = (of: loss.Loss<loss.SameShape>, target: Tensor<'4'>) => grad((x: Tensor<'4'>) => of(x, target))

const prediction = tensor([1, 2, -3, 0.5])
const target = tensor([1, 4, 1, 0])
// The errors are 0, -2, -4, 0.5.

describe('meanSquaredError', () => {
  test('by hand', () => {
    expect(toNumber(loss.meanSquaredError(prediction, target))).toBe((4 + 16 + 0.25) / 4)
    expect(toNumber(loss.meanSquaredError(tensor(3), tensor(1)))).toBe(4)
  })
  test('its gradient is 2 e / n', () => {
    expect(toNested(slope(loss.meanSquaredError, target)(prediction))).toEqual([0, -1, -2, 0.25])
  })
})

describe('meanAbsoluteError', () => {
  test('by hand', () => {
    expect(toNumber(loss.meanAbsoluteError(prediction, target))).toBe((2 + 4 + 0.5) / 4)
  })
  test('its gradient is sign(e) / n, 0 at 0', () => {
    expect(toNested(slope(loss.meanAbsoluteError, target)(prediction))).toEqual([0, -0.25, -0.25, 0.25])
  })
})

describe('huber', () => {
  test('½ e² up to delta, a line beyond it', () => {
    // delta 1: ½·0, 2 - ½, 4 - ½, ½·¼
    expect(toNumber(loss.huber()(prediction, target))).toBe((0 + 1.5 + 3.5 + 0.125) / 4)
    // delta 3: ½·0, ½·4, 3·(4 - 1.5), ½·¼
    expect(toNumber(loss.huber(3)(prediction, target))).toBe((0 + 2 + 7.5 + 0.125) / 4)
  })
  test('its gradient is e clipped to ±delta, over n', () => {
    expect(toNested(slope(loss.huber(), target)(prediction))).toEqual([0, -0.25, -0.25, 0.125])
    expect(toNested(slope(loss.huber(3), target)(prediction))).toEqual([0, -0.5, -0.75, 0.125])
  })
  test('both sides meet at delta', () => {
    expect([2, -2].map(e => toNumber(loss.huber(2)(tensor(e), tensor(0))))).toEqual([2, 2])
    expect(toNested(slope(loss.huber(2), zeros('4'))(tensor([2, -2, 2.5, -2.5])))).toEqual([0.5, -0.5, 0.5, -0.5])
  })
  test('errors of 1e30, whose squares are infinite in float32', () => {
    expect(toNumber(loss.huber()(tensor([1e30]), tensor([0])))).toBe(Math.fround(1e30))
    expect(toNested(grad((x: Tensor<'1'>) => loss.huber()(x, tensor([0])))(tensor([1e30])))).toEqual([1])
  })
})

describe('what does not fit', () => {
  test.each([
    ['meanSquaredError', loss.meanSquaredError],
    ['meanAbsoluteError', loss.meanAbsoluteError],
    ['huber', loss.huber()],
    ['binaryCrossEntropy', loss.binaryCrossEntropy],
    ['binaryCrossEntropyLogits', loss.binaryCrossEntropyLogits],
    ['softmaxCrossEntropyOneHot', loss.softmaxCrossEntropyOneHot],
  ] as const)('%s: another shape or dtype', (name, of) => {
    const { _tag, message } = errorOf(() => loose(of)(zeros('3'), zeros('3 1')))
    expect([_tag, message]).toEqual(['ShapeError', `${name}: the prediction is float32 '3', the target float32 '3 1': they must be alike`])
    expect(errorOf(() => loose(of)(zeros('3'), zeros('3', {}, 'int32'))).message).toBe(
      `${name}: the prediction is float32 '3', the target int32 '3': they must be alike`,
    )
    expect(errorOf(() => loose(of)(zeros('n', { n: 2 }), zeros('n', { n: 3 })))._tag).toBe('SizeError')
    expect(errorOf(() => loose(of)(zeros('3', {}, 'int32'), zeros('3', {}, 'int32')))._tag).toBe('DTypeError')
  })
  test('a delta that is no distance', () => {
    expect(errorOf(() => loss.huber(0)).message).toBe('huber: delta is 0: give a number above 0')
    expect(errorOf(() => loss.huber(Number.NaN)).message).toBe('huber: delta is NaN: give a number above 0')
  })
})
