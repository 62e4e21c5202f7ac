import { toArray } from 'pullback'
import { describe, expect, test } from 'vitest'
import { distance, main } from '../../examples/spectral-filter.js'

const result = main({ seed: 0, tones: [7, 19, 40], steps: 60 })

describe('the spectral filter', () => {
  test('takes away most of the noise', () => {
    // The noise has a deviation of 1. Of 501 entries about 3 are kept, so some √(6/1000) of it is left, and what the gate cuts off the tones.
    expect(distance(result.noisy, result.clean)).toBeGreaterThan(0.9)
    expect(distance(result.filtered, result.clean)).toBeLessThan(0.25)
  })
  test('finds the tones where they are: the three loudest entries', () => {
    const loudest = [...toArray(result.spectrum)].map((power, i) => [power, i] as const).toSorted(([a], [b]) => b - a)
    expect(
      loudest
        .slice(0, 3)
        .map(([, i]) => i)
        .toSorted((a, b) => a - b),
    ).toEqual([7, 19, 40])
    expect(toArray(result.frequencies)[40]).toBeCloseTo(0.04, 7)
  })
  test('has learnt to stand above the noise', () => {
    expect(result.threshold).toBeGreaterThan(1.5)
  })
})
