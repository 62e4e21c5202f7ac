/**
 * Distributions against their distribution functions, by the Kolmogorov-Smirnov statistic, and against their means. The keys are fixed, so that no run
 * fails by chance.
 */
import { type DType, type Float, random, type Tensor, tensor, toArray } from 'pullback'
import { describe, expect, test } from 'vitest'
import { inFloat64 } from '../engine/math/support/double.js'

const n = 4000

/** Draws of a dtype, the probability that a number is at most x, and the mean and the standard deviation where there are such. */
interface Row {
  readonly draw: (dtype: Float) => (key: random.Key) => Tensor<string, DType>
  readonly below: (x: number) => number
  readonly moments?: readonly [mean: number, deviation: number]
}

const { erf, normalCdf: phi } = inFloat64
const { exp, sqrt, log, PI, abs, atan, asin } = Math
const exponential = (x: number): number => (x < 0 ? 0 : -Math.expm1(-x))
const laplace = (x: number): number => (x < 0 ? exp(x) / 2 : 1 - exp(-x) / 2)
const cauchy = (x: number): number => 0.5 + atan(x) / PI
const maxwell = (x: number): number => (x < 0 ? 0 : erf(x * Math.SQRT1_2) - sqrt(2 / PI) * x * exp((-x * x) / 2))
const wald = (x: number): number => (x <= 0 ? 0 : phi((x / 2 - 1) / sqrt(x)) + exp(1) * phi(-(x / 2 + 1) / sqrt(x)))
const triangular = (x: number): number => (x < 1 ? (x * x) / 4 : 1 - (4 - x) ** 2 / 12)
const between = (x: number): number => Math.min(Math.max(x, 0), 1)

const floats: { readonly [name: string]: Row } = {
  exponential: { draw: d => random.exponential('n', { n }, d), below: exponential, moments: [1, 1] },
  gumbel: { draw: d => random.gumbel('n', { n }, d), below: x => exp(-exp(-x)), moments: [0.5772156649015329, PI / sqrt(6)] },
  laplace: { draw: d => random.laplace('n', { n }, d), below: laplace, moments: [0, sqrt(2)] },
  cauchy: { draw: d => random.cauchy('n', { n }, d), below: cauchy },
  logistic: { draw: d => random.logistic('n', { n }, d), below: x => 1 / (1 + exp(-x)), moments: [0, PI / sqrt(3)] },
  maxwell: { draw: d => random.maxwell('n', { n }, d), below: maxwell, moments: [2 * sqrt(2 / PI), sqrt(3 - 8 / PI)] },
  'doubleSidedMaxwell(1, 2)': {
    draw: d => random.doubleSidedMaxwell(1, 2)('n', { n }, d),
    below: x => 0.5 + (Math.sign(x - 1) * maxwell(abs(x - 1) / 2)) / 2,
    moments: [1, sqrt(12)],
  },
  'pareto(5)': { draw: d => random.pareto(5)('n', { n }, d), below: x => 1 - x ** -5, moments: [1.25, sqrt(5 / 48)] },
  'rayleigh(2)': {
    draw: d => random.rayleigh(2)('n', { n }, d),
    below: x => exponential((x * x) / 8),
    moments: [2 * sqrt(PI / 2), 2 * sqrt(2 - PI / 2)],
  },
  'lognormal(0.5)': {
    draw: d => random.lognormal(0.5)('n', { n }, d),
    below: x => phi(log(x) / 0.5),
    moments: [exp(0.125), sqrt(exp(0.25) * Math.expm1(0.25))],
  },
  'weibullMin(2, 1.5)': { draw: d => random.weibullMin(2, 1.5)('n', { n }, d), below: x => exponential((x / 2) ** 1.5) },
  'wald(2)': { draw: d => random.wald(2)('n', { n }, d), below: wald, moments: [2, sqrt(8)] },
  'triangular(0, 1, 4)': { draw: d => random.triangular(0, 1, 4)('n', { n }, d), below: triangular, moments: [5 / 3, sqrt(13 / 18)] },
  'gamma(1)': { draw: d => random.gamma(1)('n', { n }, d), below: exponential, moments: [1, 1] },
  'gamma(0.5)': { draw: d => random.gamma(0.5)('n', { n }, d), below: x => erf(sqrt(x)), moments: [0.5, sqrt(0.5)] },
  'gamma(3)': { draw: d => random.gamma(3)('n', { n }, d), below: x => 1 - exp(-x) * (1 + x + (x * x) / 2), moments: [3, sqrt(3)] },
  // Nearly normal: the skewness, which moves the distribution function by less than a third of itself, is 2e-3.
  'gamma(1e6)': { draw: d => random.gamma(1e6)('n', { n }, d), below: x => phi((x - 1e6) / 1e3), moments: [1e6, 1e3] },
  'loggamma(1)': {
    draw: d => random.loggamma(1)('n', { n }, d),
    below: x => exponential(exp(x)),
    moments: [-0.5772156649015329, PI / sqrt(6)],
  },
  // x^a is nearly uniform for a small parameter a.
  'loggamma(1e-4)': { draw: d => random.loggamma(1e-4)('n', { n }, d), below: x => Math.min(1, exp(1e-4 * x)) },
  'beta(2, 5)': {
    draw: d => random.beta(2, 5)('n', { n }, d),
    below: x => 1 - (1 - x) ** 5 * (1 + 5 * x),
    moments: [2 / 7, sqrt(10 / 392)],
  },
  'beta(0.5, 0.5)': { draw: d => random.beta(0.5, 0.5)('n', { n }, d), below: x => (2 / PI) * asin(sqrt(x)), moments: [0.5, sqrt(1 / 8)] },
  'chisquare(2)': { draw: d => random.chisquare(2)('n', { n }, d), below: x => exponential(x / 2), moments: [2, 2] },
  'f(2, 10)': { draw: d => random.f(2, 10)('n', { n }, d), below: x => 1 - (1 + x / 5) ** -5, moments: [1.25, sqrt(125 / 48)] },
  'studentT(1)': { draw: d => random.studentT(1)('n', { n }, d), below: cauchy },
  'studentT(2)': { draw: d => random.studentT(2)('n', { n }, d), below: x => 0.5 + x / (2 * sqrt(2 + x * x)) },
  'generalizedNormal(1)': { draw: d => random.generalizedNormal(1)('n', { n }, d), below: laplace, moments: [0, sqrt(2)] },
  'generalizedNormal(2)': { draw: d => random.generalizedNormal(2)('n', { n }, d), below: x => (1 + erf(x)) / 2, moments: [0, sqrt(0.5)] },
}

/** Distribution functions of counts: sums of probabilities, of which each is a multiple of the one before. */
const counted =
  (none: number, ratio: (k: number) => number) =>
  (x: number): number => {
    let [sum, term] = [0, none]
    for (let k = 0; k <= x; k += 1) {
      sum += term
      term *= ratio(k)
    }
    return sum
  }
const poisson = (rate: number) => counted(exp(-rate), k => rate / (k + 1))
const binomial = (m: number, p: number) => counted((1 - p) ** m, k => (((m - k) / (k + 1)) * p) / (1 - p))

const counts: { readonly [name: string]: Row } = {
  'randint(-3, 7)': { draw: () => random.randint(-3, 7)('n', { n }), below: x => between((x + 4) / 10), moments: [1.5, sqrt(8.25)] },
  rademacher: { draw: () => random.rademacher('n', { n }), below: x => (x < -1 ? 0 : x < 1 ? 0.5 : 1), moments: [0, 1] },
  'poisson(0.3)': { draw: () => random.poisson(0.3)('n', { n }), below: poisson(0.3), moments: [0.3, sqrt(0.3)] },
  'poisson(9.9)': { draw: () => random.poisson(9.9)('n', { n }), below: poisson(9.9), moments: [9.9, sqrt(9.9)] },
  'poisson(10)': { draw: () => random.poisson(10)('n', { n }), below: poisson(10), moments: [10, sqrt(10)] },
  'poisson(200)': { draw: () => random.poisson(200)('n', { n }), below: poisson(200), moments: [200, sqrt(200)] },
  // Nearly normal: a step of the distribution function is 4e-5.
  'poisson(1e8)': { draw: () => random.poisson(1e8)('n', { n }), below: x => phi((x - 1e8) / 1e4), moments: [1e8, 1e4] },
  'binomial(20, 0.3)': { draw: () => random.binomial(20, 0.3)('n', { n }), below: binomial(20, 0.3), moments: [6, sqrt(4.2)] },
  'binomial(20, 0.5)': { draw: () => random.binomial(20, 0.5)('n', { n }), below: binomial(20, 0.5), moments: [10, sqrt(5)] },
  'binomial(300, 0.9)': { draw: () => random.binomial(300, 0.9)('n', { n }), below: binomial(300, 0.9), moments: [270, sqrt(27)] },
  'geometric(0.2)': { draw: () => random.geometric(0.2)('n', { n }), below: x => 1 - 0.8 ** x, moments: [5, sqrt(20)] },
  'bernoulli(tensor(0.3))': {
    draw: () => random.bernoulli(tensor(0.3))('n', { n }),
    below: x => (x < 1 ? 0.7 : 1),
    moments: [0.3, sqrt(0.21)],
  },
  // softmax of 0, log 2 and log 4
  categorical: {
    draw: () => random.categorical(tensor([0, log(2), log(4)]))('n', { n }),
    below: x => ([1, 3, 7][x] ?? 0) / 7,
    moments: [10 / 7, sqrt(26) / 7],
  },
  'choice(5)': { draw: () => random.choice(5)('n', { n }), below: x => (x + 1) / 5, moments: [2, sqrt(2)] },
  'choice by weights': {
    draw: () => random.choice(3, { p: tensor([1, 0, 3]) })('n', { n }),
    below: x => (x < 2 ? 0.25 : 1),
    moments: [1.5, sqrt(0.75)],
  },
}

/**
 * The greatest distance between the distribution function and the share of the draws at most x, for numbers with ties too. Of n draws it is above
 * 2.3 / √n with probability 2 e^(-2 · 2.3²) = 5e-5, of counts less often.
 */
const distance = (values: readonly number[], below: (x: number) => number, isCount: boolean): number => {
  const sorted = values.toSorted((a, b) => a - b)
  let worst = 0
  sorted.forEach((x, i) => {
    if (sorted[i + 1] !== x) worst = Math.max(worst, abs((i + 1) / n - below(x)))
    if (!isCount && sorted[i - 1] !== x) worst = Math.max(worst, abs(i / n - below(x)))
  })
  return worst
}

const check = ({ draw, below, moments }: Row, dtype: Float, isCount: boolean): void => {
  const values = [...toArray(draw(dtype)(random.key(11)))]
  expect(values.length).toBe(n)
  expect(distance(values, below, isCount)).toBeLessThan(2.3 / sqrt(n))
  if (moments === undefined) return
  const [mean, deviation] = moments
  // Five standard errors.
  expect(abs(values.reduce((a, b) => a + b, 0) / n - mean)).toBeLessThan((5 * deviation) / sqrt(n))
}

describe('floats', () => {
  const cases = Object.entries(floats).flatMap(([name, row]) => (['float32', 'float64'] as const).map(dtype => ({ name, dtype, row })))
  test.each(cases)('$name, $dtype', ({ row, dtype }) => check(row, dtype, false))
})

test.each(Object.entries(counts))('%s', (_, row) => check(row, 'float32', true))

describe('vectors and matrices', () => {
  const rowsOf = (x: Tensor<string, DType>, size: number): readonly (readonly number[])[] => {
    const values = [...toArray(x)]
    return Array.from({ length: values.length / size }, (_, i) => values.slice(i * size, (i + 1) * size))
  }
  test('dirichlet: shares, each of which is beta', () => {
    const rows = rowsOf(random.dirichlet(tensor([0.5, 0.5]))('n', { n })(random.key(1)), 2)
    for (const [a = 0, b = 0] of rows) expect(abs(a + b - 1)).toBeLessThan(3e-7)
    expect(
      distance(
        rows.map(([a = 0]) => a),
        x => (2 / PI) * asin(sqrt(between(x))),
        false,
      ),
    ).toBeLessThan(2.3 / sqrt(n))
  })
  test.each([
    [1, (x: number) => x ** 2],
    [2, (x: number) => x ** 2],
    [3, (x: number) => x ** 2],
  ])('ball: the distance to the centre is the root of a uniform number, p = %d', (p, below) => {
    const rows = rowsOf(random.ball(2, p)('n', { n })(random.key(1)), 2)
    const lengths = rows.map(([x = 0, y = 0]) => (abs(x) ** p + abs(y) ** p) ** (1 / p))
    expect(Math.max(...lengths)).toBeLessThan(1 + 1e-6)
    expect(distance(lengths, below, false)).toBeLessThan(2.3 / sqrt(n))
  })
  test('multivariateNormal: the mean and the covariance, one for all and one for each', () => {
    const one = random.multivariateNormal(
      tensor([1, -1]),
      tensor([
        [4, 1],
        [1, 2],
      ]),
    )('n', { n })(random.key(1))
    const rows = rowsOf(one, 2)
    const average = (f: (x: number, y: number) => number): number => rows.reduce((sum, [x = 0, y = 0]) => sum + f(x - 1, y + 1), 0) / n
    // Five standard errors: of x the deviation is 2, of x² 4 √2, of x y √(4 · 2 + 1).
    expect(abs(average(x => x))).toBeLessThan(10 / sqrt(n))
    expect(abs(average(x => x * x) - 4)).toBeLessThan((20 * sqrt(2)) / sqrt(n))
    expect(abs(average((x, y) => x * y) - 1)).toBeLessThan(15 / sqrt(n))
    expect(abs(average((_, y) => y * y) - 2)).toBeLessThan((10 * sqrt(2)) / sqrt(n))
    const each = random.multivariateNormal(
      tensor([0, 5]),
      tensor([
        [
          [1e-8, 0],
          [0, 1e-8],
        ],
        [
          [1, 0],
          [0, -1],
        ],
      ]),
    )('2')(random.key(1))
    const [small = [], none = []] = rowsOf(each, 2)
    expect(small).toEqual([expect.closeTo(0, 2), expect.closeTo(5, 2)])
    expect(none.every(Number.isNaN)).toBe(true)
  })
  test('orthogonal: rows of length 1, right angles, and entries as of a point on the sphere', () => {
    const count = 1000
    const rows = rowsOf(random.orthogonal(3)('n', { n: count })(random.key(1)), 9)
    for (const q of rows)
      for (let i = 0; i < 3; i += 1)
        for (let j = 0; j < 3; j += 1) {
          const dot = [0, 1, 2].reduce((sum, k) => sum + (q[3 * i + k] ?? 0) * (q[3 * j + k] ?? 0), 0)
          // Three reflections of a few roundings each.
          expect(abs(dot - Number(i === j))).toBeLessThan(2e-6)
        }
    // Each coordinate of a point on the sphere in three dimensions is uniform (Archimedes), so an entry has the mean 0 and the variance 1/3.
    for (let entry = 0; entry < 9; entry += 1) {
      const values = rows.map(q => q[entry] ?? 0)
      expect(abs(values.reduce((a, b) => a + b, 0) / count)).toBeLessThan(5 / sqrt(3 * count))
      expect(abs(values.reduce((a, b) => a + b * b, 0) / count - 1 / 3)).toBeLessThan((5 * sqrt(4 / 45)) / sqrt(count))
    }
  })
})
