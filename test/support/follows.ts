/** An engine beside the plain loops, on numbers of which some are infinite or NaN. */
import { expect } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import type { Engine } from '../../src/program/index.js'
import { allocate, bufferOf, concrete, type DType, isFloat, sizeOf, type Value } from '../../src/tensor/index.js'
import type { Flat } from './derived.js'

/** Numbers whose products and sums stay finite: an engine that adds in the dtype may overflow where the reference, in float64, does not. */
export const tamed = (x: Value): Value => {
  if (!isFloat(x.dtype)) return x
  const buffer = allocate(x.dtype, sizeOf(x.sizes))
  buffer.set(bufferOf('test', x).map(entry => (Number.isFinite(entry) && Math.abs(entry) > 100 ? Math.sign(entry) * 100 : entry)))
  return concrete(x.sizes, x.dtype, buffer)
}

/** How much sums of some tens of terms may be rounded, each term as great as the greatest that is there. */
const units: { readonly [D in DType]: number } = { float32: 1e-4, float64: 1e-12, int32: 0, uint32: 0, bool: 0 }

/** Checks that numbers agree: NaN where the other is NaN, the same infinities, and other numbers up to rounding. */
const expectAlike = (found: readonly Value[], expected: readonly Value[], inputs: readonly Value[]): void => {
  const reach = [...expected, ...inputs]
    .flatMap(x => [...bufferOf('test', x)].filter(Number.isFinite))
    .reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  found.forEach((x, leaf) => {
    const other = [...bufferOf('test', expected[leaf] ?? x)]
    ;[...bufferOf('test', x)].forEach((entry, i) => {
      const value = other[i] ?? Number.NaN
      const alike = entry === value || Object.is(entry, value) || Math.abs(entry - value) <= units[x.dtype] * reach
      expect(alike, `${entry} and ${value} at ${i} of ${leaf}, of ${inputs.map(String).join(' and ')}`).toBe(true)
    })
  })
}

/** Checks that an engine gives what the plain loops give. */
export const followsReference = (engine: Engine, f: Flat, inputs: readonly Value[]): void =>
  expectAlike(
    withEngine(engine)(() => f(...inputs)),
    withEngine(reference)(() => f(...inputs)),
    inputs,
  )
