/** Derivatives of functions of one entry at lists of numbers, and comparison in units in the last place. */
import { expect } from 'vitest'
import { filled } from '../../src/primitives/index.js'
import { bufferOf, type Value } from '../../src/tensor/index.js'
import { jvp, vjp } from '../../src/transform/index.js'

export type Float = 'float32' | 'float64'
export type OfEntries = (x: Value) => Value

export const numbers = (x: Value): readonly number[] => [...bufferOf('test', x)]

/** The derivative of a function of entries, by its pullback. */
export const reverse =
  (f: OfEntries): OfEntries =>
  x =>
    vjp((y: Value) => f(y))(x)[1](filled(x, 1))

/** The derivative of a function of entries, by its pushforward. */
export const forward =
  (f: OfEntries): OfEntries =>
  x =>
    jvp((y: Value) => f(y))(x, filled(x, 1))[1]

const unit: { readonly [D in Float]: number } = { float32: 2 ** -23, float64: 2 ** -52 }
const leastNormal: { readonly [D in Float]: number } = { float32: 2 ** -126, float64: 2 ** -1022 }

/**
 * Checks that numbers are within so many units in the last place of those expected. Below the least normal number the unit is that
 * number's; -0 counts as 0.
 */
export const expectClose = (found: number, expected: number, dtype: Float, units: number): void => {
  if (!Number.isFinite(expected) || expected === 0) expect(found + 0).toBe(expected + 0)
  else {
    const width = units * unit[dtype] * Math.max(Math.abs(expected), leastNormal[dtype])
    expect(Math.abs(found - expected), `${found}, not ${expected}`).toBeLessThanOrEqual(width)
  }
}
