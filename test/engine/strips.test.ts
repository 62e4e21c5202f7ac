/** Stages done some rows at a time: the same numbers as one after the other, also where a row needs other rows. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileProgram } from '../../src/engine/wasm/compile.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { add, broadcastAxes, maxAxes, mul, neg, permuteAxes, reverseAxes, sumAxes } from '../../src/primitives/index.js'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engines = [wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]

/** Whole numbers from -3 to 3, so that everything here is exact. */
const numbers = (sizes: readonly number[], dtype: DType = 'float32'): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 7) - 3))
  return concrete(sizes, dtype, buffer)
}

/** What a softmax does, with a square for the exponential and a difference for the quotient; `seen` says which rows see which sums. */
const chain =
  (seen: (sums: Value) => Value): Flat =>
  ([x = numbers([1, 1])]) => {
    const along = [x.sizes.length - 1]
    const spread = (rows: Value): Value => broadcastAxes(rows, x.sizes, along)
    const below = add(x, neg(spread(maxAxes(x, along))))
    const squares = mul(mul(below, below), mul(below, below))
    const sums = sumAxes(squares, along)
    return [add(squares, neg(spread(seen(sums)))), squares]
  }

const isExact = (f: Flat, x: Value): void => {
  const program = closed(f, [x])
  for (const engine of engines)
    sameBits('engine', `the reference and the engine at ${x.sizes.join(' ')}`, interpreted(program), whole(engine, program))
}

/** The names of functions stand in a module as plain text, so they can be looked for in its bytes. */
const strips = (f: Flat, x: Value): readonly string[] => {
  const options = { ...platform(), patienceSeconds: 60, shared: false, arithmetic: 'strict', target: wasmTarget } as const
  const bytes = compileProgram(closed(f, [x]).program, 0, options)?.bytes
  return String.fromCharCode(...(bytes ?? [])).match(/\d+ rows/g) ?? []
}

const sizes = fc.oneof(
  fc.tuple(fc.constantFrom(2, 3, 5, 64, 101, 128), fc.constantFrom(64, 65, 67, 100, 1000, 2049)),
  fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 4, 33), fc.constantFrom(64, 70, 1001)),
)

describe.each<DType>(['float32', 'float64', 'int32'])('%s', dtype => {
  test('every row on its own', () => {
    fc.assert(
      fc.property(sizes, sizes => {
        isExact(
          chain(sums => sums),
          numbers(sizes, dtype),
        )
      }),
      draws(11, 40),
    )
  })

  test('rows that need the sums of other rows', () => {
    fc.assert(
      fc.property(sizes, sizes => {
        isExact(
          chain(sums => reverseAxes(sums, [0])),
          numbers(sizes, dtype),
        )
      }),
      draws(12, 40),
    )
  })

  test('a table that its own transpose is added to', () => {
    const f: Flat = ([x = numbers([1, 1])]) => {
      const [result = x, squares = x] = chain(sums => sums)([x])
      return [add(result, permuteAxes(squares, [1, 0]))]
    }
    for (const size of [64, 101, 128]) isExact(f, numbers([size, size], dtype))
  })
})

describe('strips', () => {
  test('a softmax is one, a sum that other rows need ends it, and what fits the cache is none', () => {
    const own = chain(sums => sums)
    expect(strips(own, numbers([128, 1000]))).toEqual(['128 rows'])
    expect(strips(own, numbers([4, 4, 8, 100]))).toEqual(['128 rows'])
    expect(strips(own, numbers([8, 100]))).toEqual([])
    const reversed = chain(sums => reverseAxes(sums, [0]))
    expect(strips(reversed, numbers([128, 1000]))).toEqual(['128 rows'])
    expect(strips(([x = numbers([1, 1])]) => [sumAxes(x, [1])], numbers([128, 1000]))).toEqual([])
  })
})

describe('the greatest of a row', () => {
  const special = [Number.NaN, 0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-40, -1e-40]
  test.each<DType>(['float32', 'float64'])('of %s zeros of both signs, infinities and NaN', dtype => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...special), { minLength: 1, maxLength: 70 }), values => {
        const rows = [values, values.toReversed(), values.map(x => (Number.isNaN(x) ? 0 : x)), values.map(x => (x > 0 ? -0 : x))]
        const buffer = allocate(dtype, 4 * values.length)
        buffer.set(rows.flat())
        isExact(([x = numbers([1, 1])]) => [maxAxes(x, [1])], concrete([4, values.length], dtype, buffer))
      }),
      draws(13, 300),
    )
  })
})
