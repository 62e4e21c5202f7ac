/** Medians and quantiles, norms, and reductions that leave NaN out. */
import * as fc from 'fast-check'
import * as pullback from 'pullback'
import {
  grad,
  jit,
  median,
  nanMax,
  nanMedian,
  nanQuantile,
  norm,
  quantile,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const nan = Number.NaN
const inf = Number.POSITIVE_INFINITY
const numberOf = (y: unknown): number => toNumber(typed<Tensor<''>>(y))
const methods = ['linear', 'lower', 'higher', 'nearest', 'midpoint'] as const

describe('quantile', () => {
  testOnEach('by hand, by every method', () => {
    const y = tensor([40, 10, 30, 20])
    // Place 0.25 · 3 = 0.75, between 10 and 20; place 1.5 is halfway, and 2 is the even one of its neighbours; place 3 is the last.
    expect(methods.map(method => toNumber(quantile(0.25)(0, { method })(y)))).toEqual([17.5, 10, 20, 20, 15])
    expect(methods.map(method => toNumber(quantile(0.5)(0, { method })(y)))).toEqual([25, 20, 30, 30, 25])
    expect(methods.map(method => toNumber(quantile(1)(0, { method })(y)))).toEqual([40, 40, 40, 40, 40])
    expect(methods.map(method => toNumber(quantile(0.5)(0, { method })(tensor([1, 2]))))).toEqual([1.5, 1, 2, 1, 1.5])
    expect(
      toNested(
        median([0, 2])(
          tensor([
            [
              [1, 2],
              [5, 6],
            ],
            [
              [3, 4],
              [7, 9],
            ],
          ]),
        ),
      ),
    ).toEqual([2.5, 6.5])
    expect(
      toNested(
        median(0, { keepDims: true })(
          tensor([
            [3, 1],
            [1, 2],
            [2, 9],
          ]),
        ),
      ),
    ).toEqual([[2, 2]])
  })
  test('one entry, NaN, infinities, equal entries', () => {
    expect(methods.map(method => toNumber(quantile(0.3)(0, { method })(tensor([7]))))).toEqual([7, 7, 7, 7, 7])
    expect(
      toNested(
        median(-1)(
          tensor([
            [1, nan, 2],
            [3, 1, 2],
          ]),
        ),
      ),
    ).toEqual([nan, 2])
    expect([0, 0.5, 0.75, 1].map(q => toNumber(quantile(q)()(tensor([-inf, 1, inf]))))).toEqual([-inf, 1, inf, inf])
    expect(toNumber(median()(tensor([inf, inf])))).toBe(inf)
    expect(toNumber(median()(tensor([3e38, 3e38])))).toBe(Math.fround(3e38))
    expect(toNumber(quantile(0.3)()(tensor([0.1, 0.1, 0.1])))).toBe(Math.fround(0.1))
    expect(toNumber(quantile(0.25)()(tensor([-3e38, 3e38]))) / -1.5e38).toBeCloseTo(1, 6)
  })
  test('a place is found in float64: 0.3 of 100,001 entries is one of them', () => {
    const y = pullback.arange(100001, 'float32')
    expect(methods.map(method => toNumber(quantile(0.3)(0, { method })(y)))).toEqual([30000, 30000, 30000, 30000, 30000])
  })
  test('a gradient goes to the entries that are taken', () => {
    const slope = (q: number, y: Tensor<'4', 'float64'>) => toNested(grad((z: Tensor<'4', 'float64'>) => quantile(q)()(z))(y))
    const y = tensor([40, 10, 30, 20], 'float64')
    expect(slope(0.25, y)).toEqual([0, 0.25, 0, 0.75])
    expect(slope(0.5, y)).toEqual([0, 0, 0.5, 0.5])
    expect(slope(1, y)).toEqual([1, 0, 0, 0])
    expect(slope(0.5, tensor([1, 1, 1, 1], 'float64'))).toEqual([0, 0.5, 0.5, 0])
  })
  test('beside sorted numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 16 }),
        (entries, sixteenths) => {
          const sorted = entries.toSorted((a, b) => a - b)
          const place = (sixteenths / 16) * (entries.length - 1)
          const [low = nan, high = nan] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
          const y = pullback.fromArrayOrThrow('n', 'float64')(entries)
          const f = quantile(sixteenths / 16)(0)
          // Sixteenths of small whole numbers are exact.
          expect(toNumber(f(y))).toBe(low + (place % 1) * (high - low))
          expect(toNumber(jit(f)(y))).toBe(toNumber(f(y)))
        },
      ),
      draws(72, 15),
    )
  })
  test('what is no share or method, and no entries', () => {
    expect(errorOf(() => quantile(50)).message).toBe('quantile: 50 is no share of the entries: give a number from 0 to 1')
    expect(errorOf(() => nanQuantile(nan)).message).toBe('nanQuantile: NaN is no share of the entries: give a number from 0 to 1')
    expect(errorOf(() => loose(quantile(0.5))(0, { method: 'cubic' })).message).toBe(
      'quantile: method is "cubic": give linear, lower, higher, nearest, midpoint',
    )
    expect(errorOf(() => loose(median())(zeros('n 2', { n: 0 }))).message).toBe("median: 'n 2' has no entries along axis 0")
  })
})

describe('without NaN', () => {
  const rows = tensor([
    [nan, 4, nan, 1],
    [nan, nan, nan, nan],
    [-inf, 2, nan, 2],
  ])
  testOnEach('each leaves NaN out', () => {
    const along = (name: string, ...options: readonly unknown[]) =>
      toNested(typed<Tensor<'3'>>(loose(Reflect.get(pullback, name))(-1, ...options)(rows)))
    expect(along('nanSum')).toEqual([5, 0, -inf])
    expect(along('nanProd')).toEqual([4, 1, -inf])
    expect(along('nanMax')).toEqual([4, nan, 2])
    expect(along('nanMin')).toEqual([1, nan, -inf])
    expect(along('nanMean')).toEqual([2.5, nan, -inf])
    expect(along('nanVariance')).toEqual([2.25, nan, nan])
    expect(along('nanVariance', { correction: 1 })).toEqual([4.5, nan, nan])
    expect(along('nanStd')).toEqual([1.5, nan, nan])
    expect(along('nanMedian')).toEqual([2.5, nan, 2])
    expect(along('nanArgmax')).toEqual([1, -1, 1])
    expect(along('nanArgmin')).toEqual([3, -1, 0])
    expect(toNested(nanQuantile(0.25)(-1)(rows))).toEqual([1.75, nan, -inf])
  })
  test('where the greatest number is -Infinity, the place is its own and not that of a NaN', () => {
    expect(toNumber(pullback.nanArgmax()(tensor([nan, -inf])))).toBe(1)
  })
  test('a mask and NaN together, keepDims, weights', () => {
    const where = tensor([true, true, true, false])
    expect(toNested(pullback.nanSum(-1, { where, keepDims: true })(rows))).toEqual([[4], [0], [-inf]])
    expect(toNumber(pullback.nanMean(0, { weights: tensor([1, 2, 3]) })(tensor([nan, 4, 9])))).toBe(7)
  })
  test('no NaN reaches a gradient', () => {
    const y = tensor([nan, 4, 1], 'float64')
    const slopes = (name: string) => {
      const f = loose(Reflect.get(pullback, name))()
      return [...toArray(grad((z: Tensor<'3', 'float64'>) => typed<Tensor<'', 'float64'>>(f(z)))(y))]
    }
    expect(slopes('nanSum')).toEqual([0, 1, 1])
    expect(slopes('nanProd')).toEqual([0, 1, 4])
    expect(slopes('nanMax')).toEqual([0, 1, 0])
    expect(slopes('nanMean')).toEqual([0, 0.5, 0.5])
    expect(slopes('nanVariance')).toEqual([0, 1.5, -1.5])
    expect(slopes('nanStd')).toEqual([0, 0.5, -0.5])
    expect(slopes('nanMedian')).toEqual([0, 0.5, 0.5])
  })
  test('under vmap and jit, rows with different counts', () => {
    expect(toNested(vmap('3')((row: Tensor<'4'>) => nanMedian()(row))(rows))).toEqual([2.5, nan, 2])
    expect(toNested(jit((z: Tensor<'3 4'>) => nanMax(-1)(z))(rows))).toEqual([4, nan, 2])
    expect(numberOf(jit((z: Tensor<'3 4'>) => nanQuantile(0.5)()(z))(rows))).toBe(2)
  })
})

describe('norm', () => {
  testOnEach('of every order, by hand', () => {
    const y = tensor([3, 0, -4])
    const of = (ord: number) => toNumber(norm(0, { ord })(y))
    expect([2, 1, 0, inf, -inf, -1].map(of)).toEqual([5, 7, 2, 4, 0, 0])
    expect(of(3)).toBeCloseTo(91 ** (1 / 3), 5)
    expect(of(0.5)).toBeCloseTo((Math.sqrt(3) + 2) ** 2, 4)
    expect(toNumber(norm(0, { ord: -2 })(tensor([3, -4])))).toBeCloseTo((1 / 9 + 1 / 16) ** -0.5, 6)
    expect(
      toNumber(
        norm()(
          tensor([
            [1, 2],
            [2, 4],
          ]),
        ),
      ),
    ).toBe(5)
  })
  test('powers beyond the dtype', () => {
    expect(toNumber(norm()(tensor([3e38, -4e37]))) / Math.hypot(3e38, 4e37)).toBeCloseTo(1, 6)
    expect(toNumber(norm()(tensor([3e-40, 4e-40]))) / 5e-40).toBeCloseTo(1, 4)
    expect(toNumber(norm(0, { ord: 10 })(tensor([1e30, 1e30]))) / 1e30).toBeCloseTo(2 ** 0.1, 5)
    expect(toNumber(norm(0, { ord: -4 })(tensor([1e30, 1e30]))) / 1e30).toBeCloseTo(2 ** -0.25, 5)
    expect([2, 3, 1, inf].map(ord => toNumber(norm(0, { ord })(tensor([inf, 1]))))).toEqual([inf, inf, inf, inf])
    expect([2, 3, -1, inf].map(ord => toNumber(norm(0, { ord })(tensor([nan, 1]))))).toEqual([nan, nan, nan, nan])
  })
  test('of no entries', () => {
    const none = zeros('0')
    expect([2, 1, 0, 3, inf, -inf, -1].map(ord => toNumber(norm(0, { ord })(none)))).toEqual([0, 0, 0, 0, 0, inf, inf])
  })
  test('slopes, and 0 at 0', () => {
    const slopes = (ord: number, y: Tensor<'3', 'float64'>) => [...toArray(grad((z: Tensor<'3', 'float64'>) => norm(0, { ord })(z))(y))]
    const y = tensor([3, 0, -4], 'float64')
    expect(slopes(1, y)).toEqual([1, 0, -1])
    expect(slopes(inf, y)).toEqual([0, 0, -1])
    expect(slopes(0, y)).toEqual([0, 0, 0])
    // sign(x) (|x| / norm)^(p - 1), to a few roundings of 1e-16.
    for (const [ord, of] of [
      [2, 5],
      [3, 91 ** (1 / 3)],
      [1.5, (27 ** 0.5 + 8) ** (2 / 3)],
    ] as const) {
      const [first = nan, middle, last = nan] = slopes(ord, y)
      expect(middle).toBe(0)
      expect(first).toBeCloseTo((3 / of) ** (ord - 1), 14)
      expect(last).toBeCloseTo(-((4 / of) ** (ord - 1)), 14)
    }
    for (const ord of [2, 1, 3, 0.5, inf]) expect(slopes(ord, zeros('3', {}, 'float64'))).toEqual([0, 0, 0])
    expect(errorOf(() => loose(norm)(0, { ord: nan })).message).toBe('norm: ord is NaN: give a number')
  })
})
