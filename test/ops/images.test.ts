/** Transposed convolutions, windows and images of other sizes: by hand, and against what they are the transpose of. */
import * as fc from 'fast-check'
import {
  conv,
  convTranspose,
  grad,
  max,
  min,
  mul,
  ones,
  pipe,
  prod,
  resize,
  sum,
  sumPool,
  type Tensor,
  tensor,
  toArray,
  toNested,
  unfold,
  vjp,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { concrete, type Value } from '../../src/tensor/index.js'
import { distance, matrix, numbers } from '../linalg/support.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const random = (sizes: readonly number[], seed: number): Value =>
  concrete(
    sizes,
    'float64',
    Float64Array.from(
      numbers(
        sizes.reduce((a, b) => a * b, 1),
        seed,
      ),
    ),
  )

describe('convTranspose', () => {
  test('multiples of the kernel, a stride apart, added where they overlap', () => {
    const x = tensor([[1, 10]])
    const kernel = tensor([[[1, 2, 3]]])
    expect(toNested(pipe(x, convTranspose(kernel)))).toEqual([[1, 12, 23, 30]])
    expect(toNested(pipe(x, convTranspose(kernel, { stride: 2 })))).toEqual([[1, 2, 13, 20, 30]])
    expect(toNested(pipe(x, convTranspose(kernel, { stride: 2, padding: 1 })))).toEqual([[2, 13, 20]])
    expect(toNested(pipe(x, convTranspose(kernel, { stride: 2, padding: [[1, 0]] })))).toEqual([[2, 13, 20, 30]])
    expect(toNested(pipe(x, convTranspose(kernel, { padding: [[0, -1]] })))).toEqual([[1, 12, 23, 30, 0]])
    expect(toNested(pipe(x, convTranspose(kernel, { dilation: 2 })))).toEqual([[1, 10, 2, 20, 3, 30]])
  })
  test('is the pullback of the convolution with the same kernel', () => {
    const settings = fc.record({
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      padding: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      groups: fc.constantFrom(1, 2),
      positions: fc.integer({ min: 1, max: 3 }),
      kernel: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(settings, ({ stride, dilation, padding: [low, high], groups, positions, kernel: k }) => {
        const n = (positions - 1) * stride + (k - 1) * dilation + 1 - low - high
        fc.pre(n > 0)
        const kernel = random([4, 6 / groups, k], 3)
        const ct = random([2, 4, positions], 4)
        const options = { stride, dilation, groups, padding: [[low, high]] }
        const [, pullback] = vjp((x: Value) => loose(conv)(kernel, options)(x) as never)(random([2, 6, n], 5))
        expect(loose(distance)(loose(convTranspose)(kernel, options)(ct), loose(pullback)(ct))).toBeLessThan(1e-14)
      }),
      { numRuns: 30 },
    )
  })
  test('of images and of volumes, with leading axes and without', () => {
    expect(pipe(zeros('2 5 8 7 6'), convTranspose(zeros('8 3 4 4'), { stride: 2, padding: 1 })).sizes).toEqual([2, 5, 3, 14, 12])
    expect(pipe(zeros('8 2 2 2'), convTranspose(zeros('8 3 2 2 2'), { stride: 2 })).shape).toBe('3 4 4 4')
  })
  test('refuses padding that takes more than there is, groups that do not divide, numbers that are none', () => {
    const x = zeros('4 2')
    expect(errorOf(() => pipe(zeros('4 n', { n: 2 }), convTranspose(zeros('4 1 1'), { padding: 2 }))).message).toBe(
      "convTranspose: the padding of axis 1 of '4 n' takes more than there is",
    )
    expect(errorOf(() => loose(convTranspose)(zeros('4 1 1'), { groups: 3 })(x)).message).toBe(
      "convTranspose: the 4 inputs of the kernel '4 1 1' do not divide into 3 groups",
    )
    expect(errorOf(() => loose(convTranspose)(zeros('4 1 1'), { stride: 0 })(x)).message).toBe(
      'convTranspose: stride 0: give whole numbers from 1 up',
    )
    expect(errorOf(() => loose(convTranspose)(zeros('4 1 1'), { stride: [1, 1] })(x)).message).toMatch(
      /^convTranspose: stride \[1,1\]: give one number, or one for each of 1 axes/,
    )
    expect(errorOf(() => loose(convTranspose)(zeros('4 1 1'), { pad: 1 })(x)).message).toMatch(/there is no option 'pad'/)
  })
})

describe('sumPool and unfold', () => {
  const x = tensor([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ])
  test('sums, with padding of 0', () => {
    expect(toNested(pipe(x, sumPool([2, 2])))).toEqual([[14, 22]])
    expect(toNested(pipe(x, sumPool([3], { stride: 1, padding: 'same' })))).toEqual([
      [3, 6, 9, 7],
      [11, 18, 21, 15],
    ])
  })
  test('the windows themselves, to be reduced in any way', () => {
    const windows = pipe(x, unfold([2, 2], { stride: [1, 2] }))
    expect(windows.shape).toBe('1 2 2 2')
    expect(toNested(windows)).toEqual([
      [
        [
          [1, 2],
          [5, 6],
        ],
        [
          [3, 4],
          [7, 8],
        ],
      ],
    ])
    expect(toNested(pipe(windows, min([-2, -1])))).toEqual([[1, 3]])
    expect(toNested(pipe(windows, prod([-2, -1])))).toEqual([[60, 672]])
    expect(toNested(pipe(tensor([1, 2, 3]), unfold([2], { padding: 1 }), max(-1)))).toEqual([1, 2, 3, 3])
  })
  test('the gradient of windows is the sum over those that hold an entry', () => {
    const w = tensor([
      [1, 10],
      [100, 1000],
    ])
    expect(toNested(grad((y: Tensor<'3'>) => pipe(y, unfold([2]), mul(w), sum()))(tensor([0, 0, 0])))).toEqual([1, 110, 1000])
  })
})

describe('resize', () => {
  test('linear: middles of entries, the ends held', () => {
    expect(toNested(pipe(tensor([1, 3]), resize('4', 'linear')))).toEqual([1, 1.5, 2.5, 3])
    expect(toNested(pipe(tensor([[0, 4]]), resize('2 4', 'linear')))).toEqual([
      [0, 1, 3, 4],
      [0, 1, 3, 4],
    ])
  })
  test('an axis that becomes shorter is smoothed, unless told', () => {
    // A triangle twice as wide: weights 1 3 3 1 of eight, and at the ends what is left of them.
    expect(toNested(pipe(tensor([0, 0, 8, 0, 0, 0], 'float64'), resize('3', 'linear')))).toEqual([8 / 7, 3, 0])
    expect(toNested(pipe(tensor([0, 0, 8, 0, 0, 0], 'float64'), resize('3', 'linear', { antialias: false })))).toEqual([0, 4, 0])
  })
  test('nearest takes the entry in which the middle lies', () => {
    expect(toNested(pipe(tensor([1, 2, 3, 4]), resize('2', 'nearest')))).toEqual([2, 4])
    expect(toNested(pipe(tensor([1, 2]), resize('5', 'nearest')))).toEqual([1, 1, 2, 2, 2])
  })
  test('cubic gives a parabola back between its points', () => {
    const x = tensor([0, 1, 4, 9, 16, 25, 36, 49], 'float64')
    const fine = [...toArray(pipe(x, resize('16', 'cubic')))]
    // The middle of new entry i lies at i / 2 - 1 / 4; three entries from the ends the kernel has all its points.
    for (let i = 4; i < 12; i += 1) expect(fine[i]).toBeCloseTo((i / 2 - 0.25) ** 2, 12)
  })
  test('constants stay constants by every method', () => {
    for (const method of ['nearest', 'linear', 'cubic', 'lanczos3'] as const)
      for (const n of ['3', '7', '20'] as const)
        for (const value of toArray(pipe(ones('10', {}, 'float64'), resize(n, method)))) expect(value).toBeCloseTo(1, 14)
  })
  test('the same as a matrix for each axis', () => {
    const x = matrix(5, 7)
    const [once, twice] = [loose(resize)('3 11', 'cubic')(x), loose(resize)('3 11', 'cubic')(loose(resize)('3 7', 'cubic')(x))]
    expect(loose(distance)(once, twice)).toBeLessThan(1e-15)
  })
  test('refuses a method that does not exist and an axis without entries', () => {
    expect(errorOf(() => loose(resize)('4', 'area')).message).toBe('resize: the method is "area": give nearest, linear, cubic, lanczos3')
    expect(errorOf(() => pipe(zeros('0'), resize('4', 'linear'))).message).toBe("resize: '0' has no entries along axis 0")
    expect(pipe(zeros('4'), resize('0', 'linear')).sizes).toEqual([0])
  })
})
