/** Products of every layout and size: transposed sides, batches, the edges of register blocks, panels and cache blocks. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { contract, permuteAxes, reverseAxes, windows } from '../../src/primitives/index.js'
import { allocate, at, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
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
      draws(41, 120),
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
      draws(42, 40),
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
      draws(43, 20),
    )
  })
})

describe('axes of every kind, several of each', () => {
  const lengths = fc.array(fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constantFrom(8, 9, 21)), { maxLength: 2 })
  const inner = fc.oneof({ weight: 3, arbitrary: lengths }, fc.constantFrom([30, 40], [3, 20, 21], [2, 400], [400, 3], [1, 385, 1]))
  const shapes = fc
    .record({ batch: lengths, rows: lengths, inner, columns: lengths })
    .filter(({ batch, rows, inner, columns }) => sizeOf([...batch, ...rows, ...inner, ...columns]) < 60_000)

  /** A side whose axes lie in memory in another order, and the axes of each kind. */
  const turned = (kinds: readonly (readonly number[])[], seed: number, dtype: DType) => {
    const sizes = kinds.flat()
    const order = sizes.map((_, axis) => axis).sort((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5) || a - b)
    const stored = entries(
      order.map(axis => at(sizes, axis)),
      dtype,
      true,
    )
    const starts = kinds.map((_, i) => kinds.slice(0, i).flat().length)
    const axesOf = (i: number): readonly number[] => (kinds[i] ?? []).map((_, k) => order.indexOf((starts[i] ?? 0) + k))
    return { stored, axesOf }
  }

  test.each<DType>(['float32', 'float64', 'int32'])('of small whole numbers are exact: %s', dtype => {
    fc.assert(
      fc.property(shapes, fc.nat(4), fc.nat(4), ({ batch, rows, inner, columns }, seed, other) => {
        const [x, y] = [turned([batch, rows, inner], seed, dtype), turned([batch, inner, columns], other, dtype)]
        const params = { left: x.axesOf(2), right: y.axesOf(1), leftBatch: x.axesOf(0), rightBatch: y.axesOf(0) }
        const program = closed(([a = x.stored, b = y.stored]) => [contract(a, b, params)], [x.stored, y.stored])
        sameBits('engine', `the reference and the engine: ${JSON.stringify(params)}`, interpreted(program), whole(engine, program))
      }),
      draws(23, 150),
    )
  })

  test('of windows: read where they lie, the same bits as their copy', () => {
    const x = entries([3, 2, 9, 30], 'float32', false)
    const w = entries([5, 2, 3, 4], 'float32', false)
    const lattice = { axes: [2, 3], size: [3, 4], step: [1, 2], dilation: [2, 1] }
    const product = (v: Value, k: Value): Value => contract(k, v, { left: [1, 2, 3], right: [1, 4, 5], leftBatch: [], rightBatch: [] })
    const inPlace = closed(([a = x, b = w]) => [product(windows(a, lattice), b)], [x, w])
    expect(merge(buildGraph(inPlace.program, wasmTarget), wasmTarget.costs.fusion).stages.map(({ kind }) => kind)).toEqual(['contract'])
    const copied = closed(([v = x, b = w]) => [product(v, b)], [windows(x, lattice), w])
    sameBits('engine', 'windows in place and their copy', whole(engine, copied), whole(engine, inPlace))
  })
})
