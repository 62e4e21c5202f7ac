/** What every primitive in the registry must obey, by enrolment alone: its plain loops against its shape rule, its batching and its uniform value. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { sameBits } from '../../src/laws/compare.js'
import { vmapIsMapAndStack } from '../../src/laws/index.js'
import type { Operand } from '../../src/program/index.js'
import { allocate, bufferOf, concrete, isFloat, sizeOf, store, type Value } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { vmap } from '../../src/transform/index.js'
import { cases, partial, singleCases } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { engines, testOnEach } from '../support/engines.js'
import { drawnAll, nonEmptySubsets } from '../support/samples.js'

const few = draws(21, 3)

const operandsOf = (values: readonly Value[]): readonly Operand[] =>
  values.map(x => ({ sizes: x.sizes, dtype: x.dtype, data: bufferOf('test', x) }))

describe.each([...cases, ...singleCases].map(sample => [sample.title, sample] as const))('%s', (_, sample) => {
  const { operation, inputs } = sample

  test('its loops give the lengths and dtypes that its shape rule claims, and write to no input', () => {
    fc.assert(
      fc.property(drawnAll(inputs), all => {
        const operands = operandsOf(all)
        const before = operands.map(({ data }) => data.slice())
        const buffers = operation.evaluate(operands)
        expect(operands.map(({ data }) => data)).toEqual(before)
        const claimed = operation.shape(all)
        expect(buffers.map(buffer => [buffer.constructor, buffer.length])).toEqual(
          claimed.map(({ sizes, dtype }) => [allocate(dtype, 0).constructor, sizeOf(sizes)]),
        )
      }),
      few,
    )
  })

  const subsets = nonEmptySubsets(inputs.length)
  const leading = (free: readonly boolean[], sizes: readonly number[]) => (i: number) => (free[i] ? sizes : [])

  test.each(engines.flatMap(([, engine]) => subsets.flatMap(free => [2, 1, 0].map(size => [free, size, engine.name, engine] as const))))(
    'vmap over inputs %j, %i of them, is map and stack, on the %s engine',
    (free, size, _, engine) =>
      withEngine(engine)(() =>
        fc.assert(
          fc.property(drawnAll(inputs, leading(free, [size])), all =>
            vmapIsMapAndStack('rows')(partial(sample, all, free))(...all.filter((_, i) => free[i])),
          ),
          few,
        ),
      ),
  )

  test.each(engines.flatMap(([, engine]) => subsets.flatMap(outer => subsets.map(inner => [outer, inner, engine.name, engine] as const))))(
    'vmap over inputs %j of vmap over inputs %j is map and stack, on the %s engine',
    (outer, inner, _, engine) => {
      const axes = (i: number) => [...(outer[i] ? [2] : []), ...(inner[i] ? [3] : [])]
      withEngine(engine)(() =>
        fc.assert(
          fc.property(drawnAll(inputs, axes), all =>
            vmapIsMapAndStack('rows')((...rows: readonly Value[]) => {
              const next = rows[Symbol.iterator]()
              const held = all.map((x, i) => (outer[i] ? (next.next().value ?? x) : x))
              return vmap('columns')(partial(sample, held, inner))(...held.filter((_, i) => inner[i]))
            })(...all.filter((_, i) => outer[i])),
          ),
          draws(21, 2),
        ),
      )
    },
  )

  testOnEach('its value for uniform inputs is what it gives for the same numbers in an array', () => {
    const drawnValues = fc.tuple(
      ...inputs.map(({ dtype, low, high }) =>
        isFloat(dtype)
          ? fc.oneof(
              fc.double({ min: low, max: high }),
              fc.constantFrom(0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
            )
          : fc.integer({ min: low, max: high }),
      ),
    )
    fc.assert(
      fc.property(drawnValues, drawn => {
        const values = drawn.map((value, i) => store(inputs[i]?.dtype ?? 'float64', value))
        const given = inputs.map(({ sizes, dtype }, i) => concrete(sizes, dtype, values[i] ?? 0))
        const arrays = given.map(x => concrete(x.sizes, x.dtype, bufferOf('test', x)))
        sameBits('uniform', 'the value for one number and for an array', bind(operation, given), bind(operation, arrays))
        const uniform = operation.uniform(
          values,
          inputs.map(({ dtype }) => dtype),
        )
        if (uniform === undefined) return
        // A uniform tensor is stored as this number: it must be one that the dtype holds.
        const claimed = operation.shape(inputs)
        expect(claimed.map(({ dtype }) => store(dtype, uniform))).toEqual(claimed.map(() => uniform))
      }),
      draws(22, 60),
    )
  })
})
