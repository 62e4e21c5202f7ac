/** Products of every layout and size: transposed sides, batches, the edges of register blocks, panels and cache blocks. */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import { contract, permuteAxes, reverseAxes } from '../../src/primitives/index.js'
import { allocate, at, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { boundOf, within } from './support/bound.js'
import { closed, interpreted, whole } from './support/run.js'

const engine = wasmEngine()

interface Product {
  readonly batch: number
  readonly rows: number
  readonly inner: number
  readonly columns: number
}

/** How a side lies in memory: the order of its three axes there, and whether it is read backwards. */
interface Layout {
  readonly order: readonly number[]
  readonly reversed: boolean
}

const asItIs: Layout = { order: [0, 1, 2], reversed: false }
const layouts: fc.Arbitrary<Layout> = fc.record({
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  reversed: fc.boolean(),
})

/** Entries that go round: whole numbers from -3 to 3, or anything between. */
const entries = (sizes: readonly number[], dtype: DType, isWhole: boolean): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 7) - 3 + (isWhole ? 0 : Math.sin(i))))
  return concrete(sizes, dtype, buffer)
}

const sides = ({ batch, rows, inner, columns }: Product, [left, right]: readonly [Layout, Layout], dtype: DType, isWhole: boolean) => {
  const stored = (sizes: readonly number[], { order }: Layout): Value =>
    entries(
      order.map(axis => at(sizes, axis)),
      dtype,
      isWhole,
    )
  const restored = (x: Value | undefined, { order, reversed }: Layout): Value => {
    if (x === undefined) throw new Error('a product has two sides')
    const view = permuteAxes(
      x,
      order.map((_, axis) => order.indexOf(axis)),
    )
    return reversed ? reverseAxes(view, [0, 1, 2]) : view
  }
  const f = ([x, y]: readonly Value[]): readonly Value[] => [
    contract(restored(x, left), restored(y, right), { left: [2], right: [1], leftBatch: [0], rightBatch: [0] }),
  ]
  return { inputs: [stored([batch, rows, inner], left), stored([batch, inner, columns], right)], f }
}

/** Sums of at most 2000 products of at most 9 are whole numbers that no dtype rounds. */
const isExact = (product: Product, how: readonly [Layout, Layout], dtype: DType): void => {
  const { inputs, f } = sides(product, how, dtype, true)
  const program = closed(f, inputs)
  const shape = `${Object.values(product).join(' ')} (batch, rows, inner, columns)`
  sameBits('engine', `the reference and the engine at ${shape}`, interpreted(program), whole(engine, program))
}

describe.each<DType>(['float32', 'float64', 'int32', 'uint32'])('%s', dtype => {
  test('small products, every layout of both sides', () => {
    const products = fc.record({
      batch: fc.constantFrom(1, 1, 2, 3),
      rows: fc.integer({ min: 1, max: 14 }),
      inner: fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9),
      columns: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17),
    })
    fc.assert(
      fc.property(products, fc.tuple(layouts, layouts), (product, how) => isExact(product, how, dtype)),
      { seed: 41, numRuns: 120 },
    )
  })

  test('products worth packing, every layout of both sides', () => {
    const products = fc.record({
      batch: fc.constantFrom(1, 2),
      rows: fc.constantFrom(1, 5, 6, 13, 31, 49, 53),
      inner: fc.constantFrom(31, 32, 33, 66, 385),
      columns: fc.constantFrom(1, 7, 8, 9, 33, 64, 65),
    })
    fc.assert(
      fc.property(products, fc.tuple(layouts, layouts), (product, how) => isExact(product, how, dtype)),
      { seed: 42, numRuns: 40 },
    )
  })

  test('beyond the blocks of columns, of rows and of the contracted index', () => {
    isExact({ batch: 1, rows: 7, inner: 3, columns: 1030 }, [asItIs, asItIs], dtype)
    isExact({ batch: 1, rows: 101, inner: 9, columns: 17 }, [asItIs, asItIs], dtype)
    isExact({ batch: 1, rows: 3, inner: 1153, columns: 5 }, [asItIs, asItIs], dtype)
  })
})

describe.each<DType>(['float32', 'float64'])('%s', dtype => {
  test('real numbers are within the rounding of their sums', () => {
    const products = fc.record({
      batch: fc.constantFrom(1, 2),
      rows: fc.constantFrom(1, 6, 13, 49),
      inner: fc.constantFrom(1, 33, 385, 770),
      columns: fc.constantFrom(1, 8, 33),
    })
    fc.assert(
      fc.property(products, fc.tuple(layouts, layouts), (product, how) => {
        const { inputs, f } = sides(product, how, dtype, false)
        const program = closed(f, inputs)
        const [expected, actual] = [...interpreted(program), ...whole(engine, program)]
        if (expected && actual) within('contract', expected, actual, boundOf({ name: 'contract', f }, inputs, expected))
      }),
      { seed: 43, numRuns: 20 },
    )
  })
})
