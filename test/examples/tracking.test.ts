import { add, eye, grad, mul, pipe, slice, sum, type Tensor, tensor, toArray } from 'pullback'
import { assertAllClose } from 'pullback/testing'
import { describe, expect, test } from 'vitest'
import { distance, filter, filterInParallel, main, placesOf } from '../../examples/tracking.js'

const result = main({ seed: 0, push: 0.01, noise: 1 })

/** The filter along one axis of the plane by plain numbers; the axes do not touch each other. */
const byHand = (measured: readonly number[], push: number, noise: number): readonly number[] => {
  let [place, velocity] = [0, 0]
  // The covariance: of the place, of both, of the velocity.
  let [p, c, v] = [1, 0, 0.01]
  return measured.map(y => {
    ;[place, velocity] = [place + velocity, velocity]
    ;[p, c, v] = [p + 2 * c + v + push / 3, c + v + push / 2, v + push]
    const [first, second] = [p / (p + noise), c / (p + noise)]
    const surprise = y - place
    ;[place, velocity] = [place + first * surprise, velocity + second * surprise]
    ;[p, c, v] = [(1 - first) * p, (1 - first) * c, v - second * c]
    return place
  })
}

describe('the filter in the plane', () => {
  test('by scan is the one written out in numbers, along both axes', () => {
    for (const axis of [0, 1]) {
      const along = (values: ArrayLike<number>): readonly number[] => Array.from(values).filter((_, i) => i % 2 === axis)
      const expected = byHand(along(toArray(result.measured)), 0.01, 1)
      along(toArray(placesOf(result.sequential))).forEach((place, i) => {
        // A few roundings of float64 at each step, and errors shrink from step to step.
        expect(place).toBeCloseTo(expected[i] ?? Number.NaN, 10)
      })
    }
  })
  test('by associativeScan gives the same', () => {
    assertAllClose(result.parallel, result.sequential, { rtol: 1e-10, atol: 1e-10 })
  })
  test('and the same gradient by the level of the noise', () => {
    const through = (run: typeof filter) =>
      grad((level: Tensor<'', 'float64'>) => {
        const { mean, covariance } = run({ ...result.model, noise: pipe(eye(2, 'float64'), mul(level)) })(result.measured)
        return pipe(mean, sum(), add(pipe(covariance, sum())))
      })(tensor(1, 'float64'))
    assertAllClose(through(filterInParallel), through(filter), { rtol: 1e-8, atol: 1e-8 })
  })
  test('is nearer to the point than the measurements are', () => {
    expect(distance(placesOf(result.sequential), result.places)).toBeLessThan(distance(result.measured, result.places) / 1.5)
  })
  test('keeps covariances symmetric', () => {
    const last = [...toArray(pipe(result.parallel.covariance, slice('-1')))]
    for (let i = 0; i < 4; i += 1) for (let j = 0; j < i; j += 1) expect(last[4 * i + j]).toBeCloseTo(last[4 * j + i] ?? Number.NaN, 12)
  })
})
