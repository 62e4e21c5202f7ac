/** How maps read and write by vectors: pairs of an innermost axis of two entries, every other entry, and ends that fill no vector. */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import { add, broadcastAxes, filled, less, padWith, permuteAxes, select, sliceOf, sub, sumAxes } from '../../src/primitives/index.js'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engine = wasmEngine()

const numbers = (sizes: readonly number[], dtype: DType): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 17) - 8))
  return concrete(sizes, dtype, buffer)
}

const isExact = (f: Flat, inputs: readonly Value[], what: string): void => {
  const program = closed(f, inputs)
  sameBits('engine', `the reference and the engine: ${what}`, interpreted(program), whole(engine, program))
}

const dtypes = fc.constantFrom<DType>('float32', 'int32', 'uint32', 'float64')
const sizes = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }))

describe('an innermost axis of two entries', () => {
  // Entries in order, each read twice, from two halves, by columns, and one for each row.
  const f: Flat = ([x = numbers([1, 1, 2], 'float32'), each = x, halves = x, columns = x, row = x]) => {
    const seen = [
      broadcastAxes(each, x.sizes, [2]),
      permuteAxes(halves, [1, 2, 0]),
      permuteAxes(columns, [2, 1, 0]),
      broadcastAxes(row, x.sizes, [1, 2]),
    ]
    const y = seen.reduce(add, x)
    const all = (n: number): readonly number[] => x.sizes.map(() => n)
    return [y, padWith(y, { low: [0, 1, 1], high: [0, 0, 2], interior: all(0) }), permuteAxes(y, [0, 2, 1]), select(less(x, y), x, y)]
  }

  test('is read and written as its places are', () => {
    fc.assert(
      fc.property(sizes, dtypes, ([a, b], dtype) => {
        const inputs = [[a, b, 2], [a, b], [2, a, b], [2, b, a], [a]].map(each => numbers(each, dtype))
        isExact(f, inputs, `${a} ${b} ${dtype}`)
      }),
      draws(5, 60),
    )
  })
})

describe('every other entry', () => {
  const f: Flat = ([x = numbers([1, 2], 'float32')]) => {
    const [rows = 0, columns = 0] = x.sizes
    const from = (first: number): Value => sliceOf(x, { start: [0, first], stop: [rows, columns - 1 + first], step: [1, 2] })
    const y = sub(from(0), from(1))
    return [y, sumAxes(select(less(y, filled(y, 0)), y, from(1)), [0])]
  }

  test('is read as its places are', () => {
    fc.assert(
      fc.property(sizes, dtypes, ([a, b], dtype) => isExact(f, [numbers([a, 2 * b], dtype)], `${a} ${b} ${dtype}`)),
      draws(6, 60),
    )
  })
})
