/** Routines as data: every primitive's routine, run by an interpreter of the language, gives what the primitive's plain loops give. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { argsortPrimitive } from '../../src/primitives/index.js'
import { allocate, bufferOf, sizeOf } from '../../src/tensor/index.js'
import { cases, singleCases } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { drawnAll } from '../support/samples.js'
import { interpret } from './interpreter.js'

const routines = [...cases, ...singleCases].filter(({ operation, inputs }) => operation.lower(inputs).kind === 'routine')

const linalg = ['cholesky', 'eigenvalues', 'eigh', 'lu', 'qr', 'singularValues', 'svd', 'triangularSolve']

test('there are some', () => {
  expect(new Set(routines.map(({ operation }) => operation.name))).toEqual(
    new Set([
      'argmax',
      'argsort',
      'cumMax',
      'cumMin',
      'cumProd',
      'cumSum',
      'gather',
      'randomWords',
      'recurrence',
      'scatter',
      'scatterAdd',
      'searchsorted',
      'threefry',
      'topK',
      ...linalg,
    ]),
  )
})

test.each(routines.map(sample => [sample.title, sample] as const))('%s', (_, { operation, inputs }) => {
  const kernel = operation.lower(inputs)
  if (kernel.kind !== 'routine') throw new Error('no routine')
  fc.assert(
    fc.property(drawnAll(inputs), values => {
      const operands = values.map(x => ({ sizes: x.sizes, dtype: x.dtype, data: bufferOf('test', x) }))
      const outputs = operation.shape(inputs)
      const writes = outputs.map(({ dtype, sizes }, i) => {
        const result = allocate(dtype, sizeOf(sizes))
        if (i === 0 && kernel.onto !== undefined) result.set(operands[kernel.onto]?.data ?? [])
        return result
      })
      const reads = operands.flatMap(({ data }, i) => (i === kernel.onto ? [] : [data]))
      expect(interpret(kernel.body(), { reads, writes })).toBeUndefined()
      const expected = operation.evaluate(operands)
      // Plain loops of scatterAdd add in float64, the routine in the dtype, so float32 may differ in its last digit.
      if (operation.name === 'scatterAdd')
        writes.forEach((written, i) => {
          for (const [k, value] of written.entries()) expect(value).toBeCloseTo(expected[i]?.[k] ?? Number.NaN, 5)
        })
      else expect(writes).toEqual(expected)
    }),
    draws(11, 20),
  )
})

/** Rows that are long enough to be sorted by digits, with equal entries and numbers that need a word. */
test.each(['float32', 'float64', 'int32', 'uint32'] as const)('argsort of long rows of %s', dtype => {
  const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-310, -1e-40, 2 ** 31, -(2 ** 31), 2 ** 32 - 1]
  for (const sizes of [
    [2, 300],
    [300, 2],
  ])
    for (const descending of [false, true]) {
      const data = allocate(dtype, 600)
      // The lowest word of a float64 is all that tells some entries from others.
      data.set(Array.from({ length: 600 }, (_, i) => special[i % 23] ?? (((i * 7919) % 97) - 48) * (1 + ((i * 31) % 5) * 2 ** -50)))
      const operation = argsortPrimitive.of({ axis: sizes.indexOf(300), descending })
      const kernel = operation.lower([{ sizes, dtype }])
      if (kernel.kind !== 'routine') throw new Error('no routine')
      const written = allocate('int32', 600)
      expect(interpret(kernel.body(), { reads: [data], writes: [written] })).toBeUndefined()
      expect(written).toEqual(operation.evaluate([{ sizes, dtype, data }])[0])
    }
})

describe('an index out of range', () => {
  test('is reported, the first one', () => {
    const gathers = cases.find(({ operation }) => operation.name === 'gather')
    const kernel = gathers?.operation.lower(gathers.inputs)
    if (kernel?.kind !== 'routine') throw new Error('no routine')
    const reads = [new Float64Array(6), new Int32Array([0, 7, -1, 1])]
    expect(interpret(kernel.body(), { reads, writes: [new Float64Array(8)] })).toEqual({ index: 7, size: 3 })
  })
})
