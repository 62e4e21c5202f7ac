/** scatterAdd: in float64 and in the order of the updates on every engine, so with the same bits; and of many updates of one row. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { filled, scatterAdd } from '../../src/primitives/index.js'
import { concrete, sizeOf, toArray, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { closed, interpreted, whole } from './support/run.js'

const engine = wasmEngine({ threads: 1 })
type Params = Parameters<typeof scatterAdd>[3]

const whole32 = (sizes: readonly number[], entries: readonly number[]): Value => concrete(sizes, 'int32', Int32Array.from(entries))

/** What one program of the engine gives. */
const scattered = (x: Value, indices: Value, updates: Value, params: Params): Value => {
  const [result] = whole(
    engine,
    closed(([a = x, b = indices, c = updates]) => [scatterAdd(a, b, c, params)], [x, indices, updates]),
  )
  return result ?? x
}

describe('the plain loops and the engine have the same bits', () => {
  const sizes = fc.record({
    batches: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 1 }),
    before: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 1 }),
    // As many rows as updates, fewer and more: the engine has a way for each.
    rows: fc.integer({ min: 1, max: 40 }),
    after: fc.constantFrom([], [1], [2], [3], [4], [5], [8], [16], [19], [37], [0]),
    count: fc.integer({ min: 0, max: 40 }),
  })
  const drawn = sizes.chain(({ batches, before, rows, after, count }) =>
    fc.record({
      params: fc.constant({ axis: batches.length + before.length, batch: batches.length }),
      x: values([...batches, ...before, rows, ...after], 'float32'),
      indices: fc
        .array(fc.nat({ max: rows - 1 }), { minLength: sizeOf(batches) * count, maxLength: sizeOf(batches) * count })
        .map(entries => whole32([...batches, count], entries)),
      updates: values([...batches, ...before, count, ...after], 'float32'),
    }),
  )
  test('of any sizes', () => {
    fc.assert(
      fc.property(drawn, ({ params, x, indices, updates }) => {
        const program = closed(([a = x, b = indices, c = updates]) => [scatterAdd(a, b, c, params)], [x, indices, updates])
        sameBits('engine', 'the reference and the engine', interpreted(program), whole(engine, program))
      }),
      draws(31, 400),
    )
  })
})

describe('many updates of one row', () => {
  const uses = (count: number, entry: number, rows: number): number => {
    const x = concrete([rows], 'float32', 0)
    const updates = concrete([count], 'float32', new Float32Array(count).fill(entry))
    const indices = concrete([count], 'int32', new Int32Array(count).fill(1))
    return toArray(scattered(x, indices, updates, { axis: 0, batch: 0 }))[1] ?? Number.NaN
  }
  test('a million of 0.1', () => {
    // 0.1 is 1.5e-9 less as a float32, and the sum is rounded once.
    expect(uses(1e6, 0.1, 3)).toBe(100_000)
    expect(uses(1e6, 0.1, 1e6 + 1)).toBe(100_000)
  })
  test('twenty million of 1, more than float32 can count', () => expect(uses(2e7, 1, 3)).toBe(2e7))
})

describe('an index outside the table', () => {
  test.each([2, 1000])('is named, with %i rows', rows => {
    const x = concrete([rows, 5], 'float32', 0)
    const updates = filled({ sizes: [3, 5], dtype: 'float32' }, 1)
    for (const wrong of [-1, rows])
      expect(() => scattered(x, whole32([3], [0, wrong, -7]), updates, { axis: 0, batch: 0 })).toThrow(String(wrong))
    // The next call of the same program is right again.
    expect(toArray(scattered(x, whole32([3], [0, 1, 0]), updates, { axis: 0, batch: 0 })).slice(0, 10)).toEqual(
      Float32Array.of(2, 2, 2, 2, 2, 1, 1, 1, 1, 1),
    )
  })
})
