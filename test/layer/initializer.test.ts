/** Initializers by their moments, on fixed keys, within five standard errors. */
import { initializer, matmul, pipe, random, reshape, toArray, toNested, transpose } from 'pullback'
import { describe, expect, test } from 'vitest'
import { claims } from '../support/claim.js'
import { errorOf } from '../support/errors.js'

const key = random.key(11)
const [inputs, outputs] = [120, 60]
const n = inputs * outputs

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Greatest values: a truncated normal ends at two standard deviations of the normal it was cut from, which is 1 / 0.8796 wider. */
const cut = 2 / 0.8796256610342398
const uniformEnd = Math.sqrt(3)

test.each<[string, initializer.Initializer, variance: number, end: number]>([
  ['glorotNormal', initializer.glorotNormal, 2 / (inputs + outputs), cut],
  ['glorotUniform', initializer.glorotUniform, 2 / (inputs + outputs), uniformEnd],
  ['heNormal', initializer.heNormal, 2 / inputs, cut],
  ['heUniform', initializer.heUniform, 2 / inputs, uniformEnd],
  ['lecunNormal', initializer.lecunNormal, 1 / inputs, cut],
  ['lecunUniform', initializer.lecunUniform, 1 / inputs, uniformEnd],
  ['normal', initializer.normal(0.5), 0.25, Number.POSITIVE_INFINITY],
  ['uniform', initializer.uniform(0.5), 0.25 / 3, uniformEnd],
  ['truncatedNormal', initializer.truncatedNormal(0.5), 0.25 * 0.8796256610342398 ** 2, cut],
])('%s', (_, initial, variance, end) => {
  const values = [...toArray(initial('120 60')(key))]
  // The mean's standard error is σ / √n; the variance's at most σ² √(2 / n), the normal's.
  expect(Math.abs(meanOf(values))).toBeLessThan(5 * Math.sqrt(variance / n))
  expect(Math.abs(meanOf(values.map(x => x * x)) - variance)).toBeLessThan(5 * variance * Math.sqrt(2 / n))
  const greatest = Math.max(...values.map(Math.abs)) / Math.sqrt(variance)
  // With 7,200 values the greatest comes within 5 % of the end; a rounding to float32 may pass it by 1e-6.
  expect(greatest).toBeLessThanOrEqual(end * 1.000001)
  if (Number.isFinite(end)) expect(greatest).toBeGreaterThan(end * 0.95)
})

test('constants', () => {
  expect(toNested(initializer.zeros('2')(key))).toEqual([0, 0])
  expect(toNested(initializer.ones('2')(key))).toEqual([1, 1])
  expect(toNested(initializer.constant(0.1)('1')(key))).toEqual([Math.fround(0.1)])
})

describe('orthogonal', () => {
  const isIdentity = (product: readonly (readonly number[])[], scale: number): void => {
    product.forEach((row, i) => {
      row.forEach((value, j) => {
        // Sums of up to 8 products rounded to float32.
        expect(Math.abs(value - (i === j ? scale : 0))).toBeLessThan(1e-6 * Math.max(1, scale))
      })
    })
  }
  test('square: rows and columns', () => {
    const q = initializer.orthogonal()('8 8')(key)
    isIdentity(toNested(pipe(q, matmul(transpose(q)))), 1)
    isIdentity(toNested(pipe(transpose(q), matmul(q))), 1)
  })
  test('wide: rows; tall: columns', () => {
    const wide = initializer.orthogonal()('3 8')(key)
    isIdentity(toNested(pipe(wide, matmul(transpose(wide)))), 1)
    const tall = initializer.orthogonal()('8 3')(key)
    isIdentity(toNested(pipe(transpose(tall), matmul(tall))), 1)
  })
  test('times a scale', () => {
    const q = initializer.orthogonal(3)('4 4')(key)
    isIdentity(toNested(pipe(q, matmul(transpose(q)))), 9)
  })
  test("a kernel 'out in k…' has a row for each output", () => {
    const kernel = initializer.orthogonal()('4 2 3 3')(key)
    claims(kernel, '4 2 3 3', [4, 2, 3, 3])
    const rows = reshape('4 18')(kernel)
    isIdentity(toNested(pipe(rows, matmul(transpose(rows)))), 1)
    // More outputs than inputs: then its columns are orthonormal.
    const wide = reshape('9 4')(initializer.orthogonal()('9 2 2')(key))
    isIdentity(toNested(pipe(transpose(wide), matmul(wide))), 1)
  })
})

describe("a kernel is 'out in k…'", () => {
  const deviationOf = (values: ArrayLike<number>): number => Math.sqrt(meanOf(Array.from(values, x => x * x)))

  test.each<[string, initializer.Initializer, deviation: number]>([
    // Fan-in 32 · 25, fan-out 64 · 25.
    ['heNormal', initializer.heNormal, 0.05],
    ['heUniform', initializer.heUniform, 0.05],
    ['lecunNormal', initializer.lecunNormal, Math.sqrt(1 / 800)],
    ['lecunUniform', initializer.lecunUniform, Math.sqrt(1 / 800)],
    ['glorotNormal', initializer.glorotNormal, Math.sqrt(1 / 1200)],
    ['glorotUniform', initializer.glorotUniform, Math.sqrt(1 / 1200)],
  ])('%s of two dimensions', (_, initial, deviation) => {
    // Of 51,200 values the deviation's standard error is below 1 / √(2 · 51200), 0.3 %; five of them.
    expect(Math.abs(deviationOf(toArray(initial('64 32 5 5')(key))) / deviation - 1)).toBeLessThan(0.016)
  })

  test('of one and of three dimensions', () => {
    // '5 10 8': fans 80 and 40; variance 1 / 80 of lecunUniform ends at √(3/80)
    const values = [...toArray(initializer.lecunUniform('5 10 8')(key))]
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3 / 80))
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(Math.sqrt(3 / 80) * 0.9)
    // Fan-in 8 · 27.
    expect(Math.abs(deviationOf(toArray(initializer.heNormal('64 8 3 3 3')(key))) / Math.sqrt(2 / 216) - 1)).toBeLessThan(0.03)
  })

  test('given fans go before the shape', () => {
    const given = initializer.heNormal('64 8 16', { fanIn: 64, fanOut: 128 })(key)
    claims(given, '64 8 16', [64, 8, 16])
    expect(Math.abs(deviationOf(toArray(given)) / Math.sqrt(2 / 64) - 1)).toBeLessThan(0.04)
    expect(Math.max(...initializer.lecunUniform('1000', { fanIn: 3, fanOut: 1 })(key).sizes)).toBe(1000)
    expect(errorOf(() => initializer.heNormal('3 4', { fanIn: Number.NaN, fanOut: 1 })(key)).message).toBe(
      'heNormal: the fans are NaN and 1: give numbers of inputs and outputs',
    )
  })
})

test('shape first, key last; a vector has no fans', () => {
  claims(initializer.heNormal('784 10')(key), '784 10', [784, 10])
  expect(errorOf(() => initializer.heNormal('10')(key)).message).toBe("heNormal: '10' has fewer than two axes: it is for weights 'in out'")
  expect(errorOf(() => initializer.orthogonal()('10')(key)).message).toBe(
    "orthogonal: '10' has fewer than two axes: it is for weights 'in out'",
  )
})
