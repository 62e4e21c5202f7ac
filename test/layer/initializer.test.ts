/** Initializers by their moments, on fixed keys, within five standard errors. */
import { initializer, matmul, pipe, random, toArray, toNested, transpose } from 'pullback'
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
  test('several leading axes count as rows', () => {
    claims(initializer.orthogonal()('2 2 3')(key), '2 2 3', [2, 2, 3])
  })
})

test('the receptive field counts', () => {
  // '5 10 8': fans 50 and 40; variance 1 / 50 of lecunUniform ends at √(3/50)
  const values = [...toArray(initializer.lecunUniform('5 10 8')(key))]
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3 / 50))
  expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(Math.sqrt(3 / 50) * 0.9)
})

test('shape first, key last; a vector has no fans', () => {
  claims(initializer.heNormal('784 10')(key), '784 10', [784, 10])
  expect(errorOf(() => initializer.heNormal('10')(key)).message).toBe("heNormal: '10' has fewer than two axes: it is for weights 'in out'")
  expect(errorOf(() => initializer.orthogonal()('10')(key)).message).toBe(
    "orthogonal: '10' has fewer than two axes: it is for weights 'in out'",
  )
})
