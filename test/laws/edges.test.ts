/**
 * The laws from the edges: infinities, NaN, zeros of both signs, subnormal numbers, saturated tails, ties, numbers far from 0. Every primitive of the
 * registry and its derivatives: compiled as at once, lifted as one by one, and the engine as the plain loops.
 */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { jitChangesNothing, vmapIsMapAndStack } from '../../src/laws/index.js'
import { isFloat, type Value } from '../../src/tensor/index.js'
import { cases, partial, singleCases } from '../support/cases.js'
import { derivedFrom } from '../support/derived.js'
import { draws } from '../support/draws.js'
import { engines } from '../support/engines.js'
import { followsReference, tamed } from '../support/follows.js'
import { drawn, edgy } from '../support/samples.js'

const engine = wasmEngine({ threads: 1 })
const few = draws(91, 4)
const samples = [...cases, ...singleCases].filter(({ inputs }) => inputs.some(({ dtype }) => isFloat(dtype)))

describe.each(samples.map(sample => [sample.title, sample] as const))('%s', (_, sample) => {
  const all = fc.tuple(...sample.inputs.map(input => edgy(input)))
  /** Of a matrix from the edges, which may be all but singular, derivatives are as large as rounding makes them: one that is not is taken. */
  const regular = fc.tuple(...sample.inputs.map(input => (input.dominant ? drawn(input) : edgy(input))))
  const free = sample.inputs.map(() => true)

  test('compiled it gives the bits that it gives at once, and so do its derivatives', () => {
    fc.assert(
      fc.property(derivedFrom(sample, all, { edges: true }), ({ pulled, pushed }) => {
        for (const [f, inputs] of [pulled, pushed]) jitChangesNothing(f, { engine })(...inputs)
      }),
      few,
    )
  })

  test.each(engines)('lifted it gives what it gives example by example, on the %s engine', (_, on) => {
    const rows = fc.tuple(...sample.inputs.map(input => edgy(input, [3])))
    withEngine(on)(() =>
      fc.assert(
        fc.property(rows, inputs =>
          vmapIsMapAndStack('3')((...values: readonly Value[]) => partial(sample, values, free)(...values))(...inputs),
        ),
        few,
      ),
    )
  })

  test('the engine follows the plain loops, in derivatives too', () => {
    fc.assert(
      fc.property(
        derivedFrom(
          sample,
          regular.map(inputs => inputs.map(tamed)),
        ),
        ({ pulled, pushed }) => {
          for (const [f, inputs] of [pulled, pushed]) followsReference(engine, f, inputs)
        },
      ),
      few,
    )
  })
})
