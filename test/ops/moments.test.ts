/** Variance and standard deviation at the edges: far from 0, beyond the squares of the dtype, of equal numbers; against the formula in float64. */
import * as fc from 'fast-check'
import { grad, jit, jvp, reference, std, sum, type Tensor, tensor, toArray, toNested, toNumber, variance, vmap, withEngine } from 'pullback'
import { describe, expect, test } from 'vitest'
import { relabel, typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
/** Half the distance from 1 to its neighbours. */
const unit = 2 ** -24

type Vector = Tensor<'n'>
const of = (entries: readonly number[]): Vector => typed(relabel('n', vector(entries, 'float32')))
const slope =
  (f: (x: Vector) => Tensor<''>) =>
  (entries: readonly number[]): readonly number[] => [...toArray(grad(f)(of(entries)))]

/** The formula in float64, of numbers divided by their greatest magnitude so that no square overflows. */
const oracle = (entries: readonly number[]): { readonly std: number; readonly slopes: readonly number[] } => {
  const size = Math.max(...entries.map(Math.abs), Number.MIN_VALUE)
  const meanOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length
  const ratios = entries.map(x => x / size)
  const distances = ratios.map(x => x - meanOf(ratios))
  const root = Math.sqrt(meanOf(distances.map(d => d * d)))
  return { std: root * size, slopes: distances.map(d => d / (root * entries.length)) }
}

describe.each([
  ['wasm', undefined],
  ['reference', reference],
] as const)('%s', (_, engine) => {
  const on = <R>(f: () => R): R => (engine ? withEngine(engine)(f) : f())

  test('the variance of numbers far from 0', () => {
    // Distances of 8 from the mean: 2 · 64 / 3.
    expect(on(() => toNumber(variance()(tensor([1e8, 1e8 + 8, 1e8 + 16]))))).toBeCloseTo(128 / 3, 5)
    expect(on(() => toNumber(variance()(of(Array.from({ length: 1000 }, (_, i) => 1e6 + (i % 2))))))).toBe(0.25)
    // The mean lies between two numbers of the dtype.
    expect(on(() => toNumber(variance()(tensor([1e8, 1e8 + 8]))))).toBe(16)
    expect(on(() => toNumber(variance()(tensor([1e16, 1e16 + 2], 'float64'))))).toBe(1)
    expect(
      on(() =>
        toNested(
          variance(0)(
            tensor([
              [-1e8, 3],
              [-1e8 + 16, 5],
            ]),
          ),
        ),
      ),
    ).toEqual([64, 1])
  })

  test('a variance whose sum of squares is beyond the dtype; one that is itself', () => {
    const far = Array.from({ length: 1000 }, (_, i) => (i % 2 ? 1e19 : -1e19))
    expect(on(() => toNumber(variance()(of(far)))) / 1e38).toBeCloseTo(1, 6)
    expect(on(() => toNumber(variance()(tensor([3e38, 3e38]))))).toBe(0)
    expect(on(() => toNumber(variance()(tensor([3e38, -3e38]))))).toBe(inf)
    expect(on(() => toNumber(variance()(of(far.map(x => 1e19 * x)))))).toBe(inf)
  })

  test.each([1e20, 1e-30, 1e38, 1e-38, 1e-33, 1e-7, 1e12, 1e24, 1e-6])('std of 1, 2, 3 times %f, and its slopes', size => {
    const expected = Math.sqrt(2 / 3) * size
    const x = [size, 2 * size, 3 * size]
    // Three roundings, and what the input's own are worth.
    expect(Math.abs(on(() => toNumber(std()(of(x)))) / expected - 1)).toBeLessThan(8 * unit)
    const slopes = on(() => slope(x => std()(x))(x))
    // (x - mean) / (n std) with x - mean = -1, 0, 1 and std = √⅔.
    for (const [i, right] of [-1 / Math.sqrt(6), 0, 1 / Math.sqrt(6)].entries()) expect(slopes[i]).toBeCloseTo(right, 6)
  })

  test.each([1e200, 1e-300, 1e-320])('std of 1, 2, 3 times %f in float64', size => {
    const expected = Math.sqrt(2 / 3) * size
    const found = on(() => toNumber(std()(tensor([size, 2 * size, 3 * size], 'float64'))))
    // A subnormal has fewer digits: half its distance to the next.
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(expected * 2 ** -50, 2 ** -1074))
  })

  test('both ends of the dtype at once', () => {
    expect(on(() => toNumber(std()(tensor([3e38, -3e38])))) / 3e38).toBeCloseTo(1, 6)
    expect(on(() => toNumber(std()(tensor([2 ** -149, 3 * 2 ** -149]))))).toBe(2 ** -149)
  })

  test.each([0, 14.62, 0.1, -3e38, 1e-45])('of equal numbers %f both are 0, and so are their gradients', value => {
    const equal = Array.from({ length: 1000 }, () => value)
    const zeros = equal.map(() => 0)
    expect(on(() => [toNumber(variance()(of(equal))), toNumber(std()(of(equal)))])).toEqual([0, 0])
    expect(on(() => slope(x => std()(x))(equal))).toEqual(zeros)
    expect(on(() => slope(x => variance()(x))(equal))).toEqual(zeros)
    expect(on(() => toNumber(jvp((x: Vector) => std()(x))(of(equal), of(equal.map((_, i) => i)))[1]))).toBe(0)
  })

  test('one number has no spread', () => {
    expect(on(() => [toNumber(std()(tensor([7]))), toNumber(variance()(tensor(7)))])).toEqual([0, 0])
    expect(on(() => toNested(std([])(tensor([1, 2]))))).toEqual([0, 0])
  })

  test('an infinity or NaN gives NaN, as in numpy', () => {
    for (const x of [[inf, 1], [1, inf], [-inf, inf], [inf, inf], [nan, 1], [1, nan], [inf]])
      expect(on(() => [toNumber(variance()(of(x))), toNumber(std()(of(x)))])).toEqual([nan, nan])
    // Another row's NaN is not this row's.
    expect(
      on(() =>
        toNested(
          std(-1)(
            tensor([
              [1, 3],
              [inf, 1],
            ]),
          ),
        ),
      ),
    ).toEqual([1, nan])
  })

  test('any float32 numbers: the formula in float64', () => {
    const far = fc
      .tuple(fc.constantFrom(0, 1, 1e6, -1e8, 1e30, 1e-30), fc.constantFrom(1e-44, 1e-20, 1, 8, 1e25))
      .chain(([offset, width]) =>
        fc
          .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 })
          .map(xs => xs.map(x => Math.fround(offset + width * x))),
      )
    fc.assert(
      fc.property(far, entries => {
        const right = oracle(entries)
        const found = on(() => toNumber(std()(of(entries))))
        if (right.std === 0) {
          expect(found).toBe(0)
          return
        }
        // A sum of up to 40 squares, each of a difference with two roundings, and a root: 20 units in all, and half a step among subnormals.
        expect(Math.abs(found - right.std)).toBeLessThanOrEqual(20 * unit * right.std + 2 ** -150)
        const slopes = on(() => slope(x => std()(x))(entries))
        // Rounding is relative to the greatest of the slopes, 1 / √n or more; far below, among subnormal deviations, digits are fewer.
        if (right.std > 1e-37) for (const [i, s] of slopes.entries()) expect(Math.abs(s - (right.slopes[i] ?? nan))).toBeLessThan(40 * unit)
      }),
      draws(21, 200),
    )
  })
})

test('by rows, lifted and compiled, the same', () => {
  const x = tensor([
    [1e8, 1e8 + 8, 1e8 + 16],
    [1e20, 2e20, 3e20],
    [5, 5, 5],
  ])
  const rows = toNested(std(-1)(x))
  expect(toNested(vmap('3')((row: Tensor<'3'>) => std()(row))(x))).toEqual(rows)
  expect(toNested(jit((y: Tensor<'3 3'>) => std(-1)(y))(x))).toEqual(rows)
  const total = (y: Tensor<'3 3'>): Tensor<''> => sum()(std(-1)(y))
  expect(toNested(grad(total)(x))[2]).toEqual([0, 0, 0])
})
