/**
 * Products over very many contracted entries: as exact as long sums, whichever sides they have, and with the same bits however the sides lie
 * in memory and however many threads there are.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { blockOf } from '../../src/engine/fusion/contract.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { order } from '../../src/engine/fusion/target.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { add, broadcastAxes, contract, conv, div, filled, maximum, permuteAxes, windows } from '../../src/primitives/index.js'
import { allocate, at, concrete, type DType, sizeOf, toArray, type Value } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { disguises } from './support/disguise.js'
import { closed, type Flat, interpreted, piecewise, whole } from './support/run.js'

const engine = wasmEngine({ threads: 1 })
const two = wasmEngine({ threads: 2 })

const matrices = { left: [2], right: [1], leftBatch: [0], rightBatch: [0] }
const filledBy = (sizes: readonly number[], entry: (i: number) => number, dtype: DType = 'float32'): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  for (let i = 0; i < buffer.length; i += 1) buffer[i] = entry(i)
  return concrete(sizes, dtype, buffer)
}
const thirds = (i: number): number => ((i * 7919) % 33) / 3 - 5
const wholes = (i: number): number => ((i * 5) % 7) - 3

/** On one thread and on two. */
const run = (f: Flat, inputs: readonly Value[]): readonly Value[] => {
  const program = closed(f, inputs)
  const results = whole(engine, program)
  sameBits('engine', 'one thread and two', results, whole(two, program))
  return results
}

/**
 * Each product is off by half a unit (2⁻²⁴ of it), and so is each addition of the result; at most 32 products are added up one after another,
 * each addition off by half a unit of what has been added so far, which is half of all on the average. Sums in float64 add nothing to that.
 */
const bound = (magnitude: number): number => (0.5 + 16.5 + 0.5) * 2 ** -23 * magnitude

/** Rows of x by columns of y against sums in float64 of the products of the float32 entries. */
const isExactEnough = (x: Value, y: Value): void => {
  const [found] = run(([a = x, b = y]) => [contract(a, b, matrices)], [x, y])
  if (found === undefined) throw new Error('a product has a result')
  const [left, right, results] = [toArray(x), toArray(y), toArray(found)]
  const [batch = 0, rows = 0, inner = 0, columns = at(y.sizes, 2)] = x.sizes
  for (let place = 0; place < batch * rows * columns; place += 1) {
    const [column, row] = [place % columns, Math.floor(place / columns)]
    const [a, b] = [row * inner, Math.floor(row / rows) * inner * columns + column]
    let [sum, magnitude] = [0, 0]
    for (let k = 0; k < inner; k += 1) {
      const product = (left[a + k] ?? 0) * (right[b + k * columns] ?? 0)
      sum += product
      magnitude += Math.abs(product)
    }
    expect(Math.abs(at(results, place) - sum), `entry ${place}`).toBeLessThanOrEqual(bound(magnitude))
  }
}

describe('ten million products', () => {
  const terms = 1e7
  const [ones, tenths] = [filledBy([1, 1, terms], () => 1), filledBy([1, terms, 1], () => 0.1)]
  const sum = terms * Math.fround(0.1)

  test('of 1 and 0.1 are a million', () => {
    const [dot] = run(([x = ones, y = tenths]) => [contract(x, y, matrices)], [ones, tenths])
    // Ten units in the last place at a million, where a unit is 1/16.
    expect(Math.abs(Number(dot && toArray(dot)[0]) - sum)).toBeLessThan(10 / 16)
  })

  test.each([
    ['a matrix by a vector', 3, terms, 1],
    ['a vector by a matrix', 1, terms, 3],
    ['matrices', 5, terms / 10, 9],
  ] as const)('%s', (_, rows, inner, columns) => {
    // Rows that are repeated take no memory.
    const [x, y] = [filledBy([inner], () => 1), filledBy([inner], () => 0.1)]
    const repeated: Flat = ([a = x, b = y]) => [
      contract(broadcastAxes(a, [1, rows, inner], [0, 1]), broadcastAxes(b, [1, inner, columns], [0, 2]), matrices),
    ]
    const [found] = run(repeated, [x, y])
    expect(found?.sizes).toEqual([1, rows, columns])
    const total = inner * Math.fround(0.1)
    for (const entry of found ? toArray(found) : []) expect(Math.abs(entry - total)).toBeLessThan(10 * 2 ** -24 * total)
  })

  test('of thirds', () =>
    isExactEnough(
      filledBy([1, 1, terms], thirds),
      filledBy([1, terms, 1], i => thirds(i + 3)),
    ))
})

describe('more products than the longest that is added up in blocks', () => {
  test.each([
    [1, 13, 20_011, 37],
    [3, 7, 16_385, 5],
    [1, 21, 17_000, 19],
    [1, 3, 16_400, 72],
    [1, 72, 16_400, 3],
    [70, 1, 16_400, 1],
  ])('%i matrices of %i by %i by %i', (batch, rows, inner, columns) =>
    isExactEnough(
      filledBy([batch, rows, inner], thirds),
      filledBy([batch, inner, columns], i => thirds(i * 3 + 1)),
    ),
  )

  const ways = fc.constantFrom(...disguises)
  const shapes = fc.record({
    batch: fc.constantFrom(1, 1, 2),
    rows: fc.constantFrom(1, 2, 3, 4, 5, 13),
    inner: fc.constantFrom([16_385], [16_421], [600, 28], [170, 100], [29, 577], [20, 30, 28]),
    columns: fc.constantFrom(1, 2, 3, 7, 8, 9, 33),
  })
  /** A product over all axes of a kind, of a side with its rows first and of one with its columns last. */
  const product =
    (contracted: number): Flat =>
    ([x = ones, y = x]) => {
      const axes = Array.from({ length: contracted }, (_, i) => i)
      return [contract(x, y, { left: axes.map(i => i + 2), right: axes.map(i => i + 1), leftBatch: [0], rightBatch: [0] })]
    }
  const ones = filled({ sizes: [1, 1, 1], dtype: 'float32' }, 1)

  test('of whole numbers are exact, and of others the same however they lie', () => {
    fc.assert(
      fc.property(shapes, ways, ways, ({ batch, rows, inner, columns }, left, right) => {
        const f = product(inner.length)
        const sides = (entry: (i: number) => number) =>
          [left(filledBy([batch, rows, ...inner], entry)), right(filledBy([batch, ...inner, columns], entry))] as const
        const [a, b] = sides(wholes)
        const exact = closed(([x = a.stored, y = b.stored]) => f([a.restore(x), b.restore(y)]), [a.stored, b.stored])
        sameBits('engine', 'the reference and the engine', interpreted(exact), whole(engine, exact))
        const [c, d] = sides(thirds)
        const inPlace = run(([x = c.stored, y = d.stored]) => f([c.restore(x), d.restore(y)]), [c.stored, d.stored])
        const copied = run(f, [filledBy([batch, rows, ...inner], thirds), filledBy([batch, ...inner, columns], thirds)])
        sameBits('engine', 'sides as they are and otherwise', copied, inPlace)
      }),
      draws(31, 40),
    )
  })

  test('with a map that goes with them', () => {
    const inputs = [filledBy([1, 21, 16_500], thirds), filledBy([1, 16_500, 19], thirds), filledBy([19], thirds)]
    const dense: Flat = ([x = ones, w = x, b = x]) => {
      const y = contract(x, w, matrices)
      return [maximum(add(div(y, filled(y, 3)), broadcastAxes(b, y.sizes, [0, 1])), filled(y, 0))]
    }
    const program = closed(dense, inputs)
    expect(merge(buildGraph(program.program, wasmTarget), wasmTarget.costs.fusion).stages).toMatchObject([
      { kind: 'contract', epilogue: {} },
    ])
    sameBits('engine', 'in one stage and operation by operation', piecewise(engine, program), run(dense, inputs))
  })

  test.each([
    ['images of 28', [40, 2, 28, 28]],
    ['images wider than a share', [9, 2, 45, 50]],
  ] as const)('the gradient of a kernel: %s', (_, sizes) => {
    const params = { stride: [1, 1], low: [1, 1], high: [1, 1], inputDilation: [1, 1], dilation: [1, 1], groups: 1 }
    const gradient =
      (ct: Value, w: Value): Flat =>
      ([x = ct]) => {
        const [, pullback] = vjp((kernel: Value) => conv(x, kernel, params))(w)
        return [pullback(ct)]
      }
    const [n, channels, height, width] = sizes
    const w = filledBy([3, channels, 3, 3], wholes)
    const exact = closed(gradient(filledBy([n, 3, height, width], wholes), w), [filledBy(sizes, wholes)])
    sameBits('engine', 'the reference and the engine', interpreted(exact), whole(engine, exact))
    // All of the window's entries but those at an edge are 1, and the cotangent's are 0.1: each result is a count of tenths.
    const [found] = run(
      gradient(
        filledBy([n, 3, height, width], () => 0.1),
        w,
      ),
      [filledBy(sizes, () => 1)],
    )
    const entries = found ? [...toArray(found)] : []
    expect(entries.length).toBe(3 * channels * 9)
    entries.forEach((entry, i) => {
      const [row, column] = [Math.floor((i % 9) / 3), i % 3]
      const count = n * (height - Math.abs(row - 1)) * (width - Math.abs(column - 1)) * Math.fround(0.1)
      expect(Math.abs(entry - count)).toBeLessThanOrEqual(bound(count))
    })
  })

  test('of windows: read where they lie, the same bits as their copy', () => {
    const x = filledBy([200, 9, 30], thirds)
    const ct = filledBy([3, 200, 7, 13], thirds)
    const lattice = { axes: [1, 2], size: [3, 4], step: [1, 2], dilation: [1, 2] }
    const product: Flat = ([v = x, k = ct]) => [contract(k, v, { left: [1, 2, 3], right: [0, 1, 2], leftBatch: [], rightBatch: [] })]
    const view = windows(x, lattice)
    const places = view.sizes.slice(0, 3)
    const cotangent = filledBy([3, ...places], thirds)
    expect(sizeOf(places)).toBeGreaterThan(16_384)
    const inPlace = run(([a = x, k = cotangent]) => product([windows(a, lattice), k]), [x, cotangent])
    sameBits('engine', 'windows in place and their copy', run(product, [view, cotangent]), inPlace)
  })

  test('two axes that are one to both sides give the bits of one axis cut alike', () => {
    const [x, y] = [filledBy([1, 3, 600, 32], thirds), filledBy([1, 600, 32, 5], thirds)]
    const transposed: Flat = ([a = x, b = y]) => [
      contract(permuteAxes(permuteAxes(a, [0, 1, 3, 2]), [0, 1, 3, 2]), b, {
        left: [2, 3],
        right: [1, 2],
        leftBatch: [0],
        rightBatch: [0],
      }),
    ]
    sameBits('engine', 'joined and permuted twice', run(product(2), [x, y]), run(transposed, [x, y]))
  })
})

test('only products of more than 16,384 entries of float32 carry their sums', () => {
  expect(blockOf([16_384], 'float32', order)).toEqual({ axis: 0, entries: 384 })
  expect(blockOf([16_385], 'float32', order)).toEqual({ axis: 0, entries: 384, share: 32 })
  expect(blockOf([16_385], 'float64', order)).toEqual({ axis: 0, entries: 384 })
  // A row of 28 is a share, and a block is as many rows as before; of a row of 100 three shares of 32 and one of 4 are a block.
  expect(blockOf([64, 28, 28], 'float32', order)).toEqual({ axis: 1, entries: 10, share: 1 })
  expect(blockOf([1000, 100], 'float32', order)).toEqual({ axis: 1, entries: 100, share: 32 })
})
