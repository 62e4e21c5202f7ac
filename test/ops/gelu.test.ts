/** The exact gelu in its negative tail, where x Φ(x) and Φ(x) + x φ(x) are tiny: against fixed point of 320 bits, and at its limits. */
import { type Float, gelu, grad, pipe, reference, sum, type Tensor, tensor, toArray, toNumber, withEngine } from 'pullback'
import { describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'
import {
  expFixed,
  type Format,
  fixedOf,
  float64,
  one,
  over,
  type Precise,
  pi,
  rootFixed,
  scaledErfcFixed,
  times,
  ulpsFrom,
} from '../engine/math/support/precise.js'
import { between } from '../engine/math/support/sample.js'
import { vector } from '../support/vectors.js'

const float32: Format = { fraction: 23, least: -149, greatest: 104 }
const rootHalf = rootFixed(one / 2n)
const rootTwoPi = rootFixed(2n * pi)

/** e^(-x²/2) times what `factor` gives for x and for 2 Φ(x) e^(x²/2). */
const tail =
  (factor: (x: bigint, twiceScaled: bigint) => bigint) =>
  (at: number): Precise => {
    const x = fixedOf(at)
    const { fixed, exponent } = expFixed(-times(x, x) / 2n)
    return { fixed: times(fixed, factor(x, scaledErfcFixed(times(-x, rootHalf)))), exponent }
  }
const value = tail((x, twice) => times(x, twice) / 2n)
const slope = tail((x, twice) => twice / 2n + over(x, rootTwoPi))

const slopes = (x: Tensor<string, Float>): ArrayLike<number> => toArray(grad((y: typeof x) => sum()(gelu(y)))(x))

// To where Φ(x) becomes subnormal: it has fewer digits from there on.
describe.each([
  ['float32', float32, -12.9],
  ['float64', float64, -37.5],
] as const)('%s', (dtype, format, least) => {
  const x = typed<Tensor<'n', Float>>(vector(between(least, -1.5, 400, 1), dtype))
  test.each([
    ['the engine', <A>(f: () => A): A => f()],
    ['the reference', withEngine(reference)],
  ] as const)('digits of the tail: %s', (_, within) => {
    const [values, gradient] = within(() => [toArray(gelu(x)), slopes(x)] as const)
    toArray(x).forEach((at, i) => {
      // Φ(x) is within 2.4 units, and a product is rounded by half a unit, which may be a whole one of the result's.
      expect(ulpsFrom(values[i] ?? Number.NaN, value(at), format), `gelu(${at})`).toBeLessThanOrEqual(3.4)
      // Φ(x) is less than a third of x φ(x) here, so that their difference is at least two thirds of it: half a unit more for each of six steps.
      expect(ulpsFrom(gradient[i] ?? Number.NaN, slope(at), format), `the slope at ${at}`).toBeLessThanOrEqual(5)
    })
  })
  test('at -∞ 0, at ∞ x, with slopes 0 and 1', () => {
    const far = tensor([Number.NEGATIVE_INFINITY, -1e30, -41, -40, 40, 41, 1e30, Number.POSITIVE_INFINITY], dtype)
    expect([...toArray(gelu(far))]).toEqual([-0, -0, -0, -0, ...[...toArray(far)].slice(4)])
    expect([...Array.from(slopes(far))]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
  })
  test('NaN stays, in the slope too', () => {
    expect(toNumber(gelu(tensor(Number.NaN, dtype)))).toBeNaN()
    expect([...Array.from(slopes(tensor([Number.NaN, 0], dtype)))]).toEqual([Number.NaN, 0.5])
  })
})

test('values of SciPy', () => {
  const at = (x: number, dtype: Float): number => toNumber(gelu(tensor(x, dtype)))
  expect(at(-5.5, 'float32') / -1.044425935623825e-7).toBeCloseTo(1, 6)
  expect(at(-6, 'float32') / -5.919525870226189e-9).toBeCloseTo(1, 6)
  expect(at(-8.5, 'float64') / -8.05760459887282e-17).toBeCloseTo(1, 14)
  const [first = 0, second = 0] = Array.from(slopes(tensor([-5.5, -6])))
  expect(first / -5.73347239873992e-7).toBeCloseTo(1, 6)
  expect(second / -3.5468709453902e-8).toBeCloseTo(1, 6)
})

test('grows from its least value on', () => {
  const x = between(-0.75, 12, 3000, 2)
  const values = [...toArray(pipe(typed<Tensor<'n', 'float64'>>(vector(x)), gelu))]
  for (let i = 1; i < x.length; i += 1) expect(values[i]).toBeGreaterThan(values[i - 1] ?? Number.NaN)
})
