/** The tails of the normal distribution: draws that are far out, and draws that are asked to be. */
import * as fc from 'fast-check'
import { type Float, random, type Tensor, toArray } from 'pullback'
import { describe, expect, test } from 'vitest'
import { erfInv } from '../../src/random/erf-inv.js'
import { truncated } from '../../src/random/truncated.js'
import { typed, type Value } from '../../src/tensor/index.js'
import { numberOf, oracle, shifted } from '../engine/math/support/precise.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { vector } from '../support/vectors.js'

const { POSITIVE_INFINITY: inf } = Number
const many = 2 ** 21

type Numbers = Float32Array | Float64Array
const numbersOf = (x: Value): Numbers => typed<Numbers>(toArray(typed<Tensor<string, Float>>(x)))

/** ∫ f over [low, high], where f is smooth: Simpson's rule. */
const integral = (f: (x: number) => number, low: number, high: number): number => {
  const intervals = 20_000
  const step = (high - low) / intervals
  let sum = f(low) + f(high)
  for (let i = 1; i < intervals; i += 1) sum += (i % 2 === 1 ? 4 : 2) * f(low + i * step)
  return (sum * step) / 3
}

interface Truncation {
  readonly low: number
  readonly high: number
  /** The density between the bounds. */
  readonly density: (x: number) => number
  readonly mean: number
  readonly variance: number
  /** Of (x - μ)². */
  readonly spread: number
}

const truncation = (low: number, high: number): Truncation => {
  // What lies further than 40 from 0, or 40 beyond a bound that is greater than 0, is less than e^-800.
  const [from, to] = [Math.max(low, Math.min(high, 0) - 40), Math.min(high, Math.max(low, 0) + 40)]
  // The peak: the density relative to it neither overflows nor vanishes.
  const peak = Math.min(Math.max(0, low), high)
  const relative = (x: number): number => Math.exp((peak - x) * ((peak + x) / 2))
  const narrow: readonly [number, number] =
    peak === 0 ? [from, to] : peak > 0 ? [from, Math.min(to, from + 60 / from)] : [Math.max(from, to + 60 / to), to]
  const total = integral(relative, ...narrow)
  const density = (x: number): number => relative(x) / total
  const moment = (f: (x: number) => number): number => integral(x => f(x) * density(x), ...narrow)
  const mean = moment(x => x)
  const variance = moment(x => (x - mean) ** 2)
  return { low, high, density, mean, variance, spread: moment(x => ((x - mean) ** 2 - variance) ** 2) }
}

const bounds: readonly (readonly [number, number])[] = [
  [8, 9],
  [5.5, 7],
  [5, 6],
  [2, 2.25],
  [3, inf],
  [20, 20.5],
  [-9, -8],
  [-inf, -3],
  [-2, 2],
  [-100, 100],
  [-6, 6],
  [-inf, 0],
  [1.5, inf],
  [-inf, inf],
]
const dtypes = ['float32', 'float64'] as const
const n = 2 ** 16

/** How many of n draws are expected to differ where only float32s are drawn: Σ 1 - (1 - p)ⁿ over these, in blocks of like density. */
const expectedDistinct = ({ low, high, density }: Truncation): number => {
  let sum = 0
  const block = 256
  let x = low
  let p = 1
  // Until another draw so far out is not expected once in a billion runs.
  while (x < high && p * n > 1e-9) {
    const unit = 2 ** (Math.floor(Math.log2(x)) - 23)
    p = density(x + (block / 2) * unit) * unit
    sum += -block * Math.expm1(n * Math.log1p(-p))
    x += block * unit
  }
  return sum
}

describe.each(bounds)('between %d and %d', (low, high) => {
  const law = truncation(low, high)
  test.each(dtypes)('%s: strictly between them, with the moments of the density', dtype => {
    const x = numbersOf(random.truncatedNormal(low, high)('n', { n }, dtype)(random.key(4)))
    expect(x.every(value => value > low && value < high && Number.isFinite(value))).toBe(true)
    let [sum, squares] = [0, 0]
    for (const value of x) {
      sum += value - law.mean
      squares += (value - law.mean) ** 2
    }
    // Five standard errors.
    expect(Math.abs(sum / n)).toBeLessThan(5 * Math.sqrt(law.variance / n))
    expect(Math.abs(squares / n - law.variance)).toBeLessThan(5 * Math.sqrt(law.spread / n))
  })
})

test.each(bounds.filter(([low]) => low >= 2))('as many distinct numbers between %d and %d as the dtype has', (low, high) => {
  const draw = (dtype: Float): number => new Set(numbersOf(random.truncatedNormal(low, high)('n', { n }, dtype)(random.key(5)))).size
  // Two of 2^16 draws by 52 bits are equal with probability 2^-21.
  expect(draw('float64')).toBe(n)
  // The count of distinct draws has a variance below n.
  expect(Math.abs(draw('float32') - expectedDistinct(truncation(low, high)))).toBeLessThan(5 * Math.sqrt(n))
})

test('a tail that is narrower than the numbers of a dtype', () => {
  const far = numbersOf(random.truncatedNormal(1e5, inf)('8')(random.key(0)))
  // 1e5 + 2^-7 is the float32 after 1e5.
  expect([...far]).toEqual(Array.from(far, () => 1e5 + 2 ** -7))
  expect([...numbersOf(random.truncatedNormal(1, 1 + 2 ** -22)('3')(random.key(0)))]).toEqual([1, 1, 1].map(x => x + 2 ** -23))
  expect(numbersOf(random.truncatedNormal(1e200, inf)('4', {}, 'float64')(random.key(0))).every(x => x > 1e200 && x < inf)).toBe(true)
  expect(errorOf(() => random.truncatedNormal(1, 1 + 2 ** -23)('3')(random.key(0))).message).toBe(
    'truncatedNormal: no float32 lies between the bounds 1 and 1.0000001192092896',
  )
})

describe('from a uniform number', () => {
  /** From the least to the greatest that is drawn. */
  const ends = [0, 2 ** -52, 2 ** -30, 2 ** -23, 0.25, 0.5, 0.75, 1 - 2 ** -23, 1 - 2 ** -30, 1 - 2 ** -52]
  const uniforms = fc.array(fc.double({ min: 0, max: 1 - 2 ** -52, noNaN: true }), { maxLength: 20 })
  const bound = fc.oneof(fc.double({ min: -40, max: 40, noNaN: true }), fc.constantFrom(-inf, inf, 0, 2, -2, 16))
  test('the draw grows with it and stays between the bounds', () => {
    fc.assert(
      fc.property(bound, bound, uniforms, fc.constantFrom(...dtypes), (a, b, more, dtype) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(high - low > 1e-4)
        // The uniform numbers of float32 are multiples of 2^-23.
        const own = (u: number, wanted: string): number => (wanted === 'float32' ? Math.floor(u * 2 ** 23) / 2 ** 23 : u)
        const sorted = [...ends, ...more].sort((u, v) => u - v)
        const drawn = [
          ...numbersOf(
            truncated(low, high, dtype, wanted =>
              vector(
                sorted.map(u => own(u, wanted)),
                wanted,
              ),
            ),
          ),
        ]
        // A draw from the lower tail is the mirror image of one from the upper.
        const rising = high <= -2 ? drawn.toReversed() : drawn
        rising.forEach((value, i) => {
          expect(value > low && value < high).toBe(true)
          // Each of two neighbours is off by a few units in the last place of itself or of the bound.
          const slack = 8 * (dtype === 'float32' ? 2 ** -23 : 2 ** -52) * Math.max(1, Math.abs(value))
          if (i > 0) expect(value).toBeGreaterThanOrEqual((rising[i - 1] ?? inf) - slack)
        })
      }),
      draws(71, 60),
    )
  })

  test('a share of the tail lies beyond the draw', () => {
    /** Q(x) by the oracle, whose digits do not end: erfc (x / √2) / 2. */
    const logQ = (x: number): number => {
      const { fixed, exponent } = oracle.erfc(x / Math.SQRT2)
      return Math.log(numberOf(fixed)) + exponent * Math.LN2
    }
    for (const low of [2, 3, 7.9, 8, 15.9, 16, 30]) {
      const u = [2 ** -40, 0.01, 0.5, 0.99, 1 - 2 ** -40, 1 - 2 ** -52]
      const drawn = numbersOf(truncated(low, inf, 'float64', () => vector(u)))
      drawn.forEach((x, i) => {
        // A relative error of x, and of the x / √2 of this test, enters log Q times x²; log Q itself is as great as x² / 2.
        expect(Math.abs(logQ(x) - logQ(low) - Math.log1p(-(u[i] ?? 0))), `${low}`).toBeLessThan(4 * (x * x + 2) * 2 ** -52)
      })
    }
  })
})

describe('the inverse of erf', () => {
  test.each(dtypes)('%s: at its ends and beyond', dtype => {
    expect([...numbersOf(erfInv(vector([-1, 1, 0, 1.5, Number.NaN], dtype)))]).toEqual([-inf, inf, 0, Number.NaN, Number.NaN])
  })
  test('of every size of 1 - |x| in float64', () => {
    const rests = Array.from({ length: 52 }, (_, i) => 2 ** -(i + 2)).flatMap(rest => [rest, Math.min(0.4, 1.37 * rest)])
    const x = rests.map(rest => 1 - rest)
    const found = numbersOf(erfInv(vector(x)))
    const mirrored = numbersOf(erfInv(vector(x.map(value => -value))))
    found.forEach((y, i) => {
      const rest = 1 - (x[i] ?? 0)
      const beyond = numberOf(shifted(oracle.erfc(y).fixed, oracle.erfc(y).exponent))
      // erfc multiplies a relative error of y by about 2 y² + 1. Where erf is inverted, below 1 - 2^-10, a unit of erf counts for 1 / rest.
      const units = 4 * (2 * y * y + 1) + (rest >= 2 ** -10 ? 2 / rest : 0)
      expect(Math.abs(beyond / rest - 1), `at 1 - ${rest}`).toBeLessThan(units * 2 ** -53)
      expect(mirrored[i]).toBe(-y)
    })
  })
})

describe('of 2^21 draws', () => {
  const draw = (seed: number, dtype: Float): Numbers => numbersOf(random.normal('n', { n: many }, dtype)(random.key(seed)))
  test.each([0, 1, 2])('none is infinite: float32, key %d', seed => {
    expect(draw(seed, 'float32').every(Number.isFinite)).toBe(true)
  })
  test.each([
    // Φ⁻¹ of the uniform number, by SciPy.
    [2, 1_341_955, -5.077317919, 9],
    [19, 1_091_027, 5.98861, 5],
  ])('none is infinite, and a known one is right: float64, key %d', (seed, place, value, digits) => {
    const x = draw(seed, 'float64')
    expect(x.every(Number.isFinite)).toBe(true)
    expect(x[place]).toBeCloseTo(value, digits)
  })
  test.each([
    [-100, 100],
    [-6, 6],
    [-inf, 0],
    [-inf, inf],
  ])('the least of those between %d and %d is no bound', (low, high) => {
    const x = numbersOf(random.truncatedNormal(low, high)('n', { n: many })(random.key(4)))
    // The least uniform number, 0, stands for the least normal number of float32, Φ⁻¹(2^-25).
    expect(x[286_683]).toBeCloseTo(-5.42, 2)
    expect(x.every(value => Math.abs(value) < 6)).toBe(true)
  })
})

test('bounds that are none', () => {
  for (const [low, high] of [
    [2, 2],
    [inf, inf],
    [Number.NaN, 1],
    [1, Number.NaN],
  ] as const)
    expect(errorOf(() => random.truncatedNormal(low, high)).message).toBe(
      `truncatedNormal: the lower bound ${low} is not below the upper bound ${high}`,
    )
})
