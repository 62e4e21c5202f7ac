import { add, grad, pipe, sum, tensor, toArray, toNumber } from 'pullback'
import { assertAllClose } from 'pullback/testing'
import { describe, expect, test } from 'vitest'
import { distance, filter, filterInParallel, main, type Noise } from '../../examples/kalman.js'

const config = { seed: 0, drift: 0.05, measurement: 1 }
const result = main(config)

/** The filter by plain numbers. */
const byHand = (measured: readonly number[], drift: number, measurement: number, first: number) => {
  let [mean, variance] = [0, first]
  return measured.map(y => {
    const predicted = variance + drift
    const gain = predicted / (predicted + measurement)
    ;[mean, variance] = [mean + gain * (y - mean), (1 - gain) * predicted]
    return { mean, variance }
  })
}

describe('the filter', () => {
  test('by scan is the one written out in numbers', () => {
    const expected = byHand([...toArray(result.measured)], config.drift, config.measurement, 1)
    // Each is a few roundings of float64 away, and errors shrink from step to step.
    toArray(result.sequential.mean).forEach((mean, i) => {
      expect(mean).toBeCloseTo(expected[i]?.mean ?? Number.NaN, 12)
    })
    toArray(result.sequential.variance).forEach((variance, i) => {
      expect(variance).toBeCloseTo(expected[i]?.variance ?? Number.NaN, 12)
    })
  })

  test('by associativeScan gives the same', () => {
    // The same sums in another order.
    assertAllClose(result.parallel, result.sequential, { rtol: 1e-12, atol: 1e-12 })
  })

  test('and the same gradients by the variances', () => {
    const through = (run: typeof filter) =>
      grad((noise: Noise) => {
        const { mean, variance } = run(noise)(result.measured)
        return pipe(mean, sum(), add(pipe(variance, sum())))
      })(result.noise)
    assertAllClose(through(filterInParallel), through(filter), { rtol: 1e-10, atol: 1e-12 })
  })

  test('comes to the variance at which what drift adds is what a measurement takes away: P² + Q P = Q R', () => {
    const last = toArray(result.sequential.variance).at(-1) ?? Number.NaN
    expect(last).toBeCloseTo((-0.05 + Math.sqrt(0.05 ** 2 + 4 * 0.05)) / 2, 12)
  })

  test('is nearer to the place than the measurements are, and as near as it says', () => {
    const off = distance(result.sequential.mean, result.places)
    expect(off).toBeLessThan(distance(result.measured, result.places) / 1.5)
    const said = Math.sqrt(toArray(result.sequential.variance).at(-1) ?? Number.NaN)
    // 200 places that hang together over about five make some forty independent ones: a ninth of the value is one standard deviation.
    expect(Math.abs(off / said - 1)).toBeLessThan(1 / 3)
  })

  test('of measurements without noise is the measurements', () => {
    const exact: Noise = { ...result.noise, measurement: tensor(0, 'float64') }
    expect(distance(filter(exact)(result.measured).mean, result.measured)).toBe(0)
    expect(toNumber(pipe(filterInParallel(exact)(result.measured).variance, sum()))).toBe(0)
  })
})
