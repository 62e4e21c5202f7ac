/** Sums of ten million terms of float32: as exact as sums by pairs, whichever axes are reduced and however many results there are. */
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { broadcastAxes, div, filled, sumAxes } from '../../src/primitives/index.js'
import { concrete, toArray, type Value } from '../../src/tensor/index.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engine = wasmEngine({ threads: 1 })
const terms = 1e7

/** A sum by pairs is off by as many roundings as there are levels of pairs, each of half a unit in the last place of what is added. */
const pairwise = (count: number): number => Math.log2(count) * 2 ** -24

/** Entries whose sum in float64 is exact to far more digits than float32 has. */
const entries = {
  'of 0.1': () => 0.1,
  'of 1': () => 1,
  'between 0 and 1': (i: number) => ((i * 7919) % 10_007) / 10_007,
  'of both signs': (i: number) => ((i * 7919) % 10_007) / 5_000 - 1,
} as const

const filledBy = (count: number, entry: (i: number) => number): Float32Array => {
  const buffer = new Float32Array(count)
  for (let i = 0; i < count; i += 1) buffer[i] = entry(i)
  return buffer
}

const checked = (
  f: Flat,
  x: Value,
  expected: readonly number[],
  most: readonly number[],
  run: (of: ReturnType<typeof closed>) => readonly Value[] = of => whole(engine, of),
): void => {
  const found = run(closed(f, [x])).flatMap(sums => [...toArray(sums)])
  expect(found.length).toBe(expected.length)
  found.forEach((sum, i) => {
    expect(Math.abs(sum - (expected[i] ?? Number.NaN))).toBeLessThanOrEqual(most[i] ?? 0)
  })
}

describe.each(Object.entries(entries))('ten million terms %s', (_, entry) => {
  const buffer = filledBy(terms, entry)
  const [total, magnitude] = [buffer.reduce((sum, x) => sum + x, 0), buffer.reduce((sum, x) => sum + Math.abs(x), 0)]
  const most = pairwise(terms) * magnitude

  test.each([
    ['all', [terms], [0]],
    ['rows', [1, terms], [1]],
    ['columns', [terms, 1], [0]],
    ['all of a matrix', [100_000, 100], [0, 1]],
    ['a middle axis', [1, terms, 1], [1]],
    ['outer axes', [1000, 10_000, 1], [0, 1]],
  ] as const)('%s', (__, sizes, axes) => {
    const x = concrete(sizes, 'float32', buffer)
    checked(([y = x]) => [sumAxes(y, axes)], x, [total], [most])
  })

  test('their mean', () => {
    const x = concrete([terms], 'float32', buffer)
    const mean: Flat = ([y = x]) => {
      const sum = sumAxes(y, [0])
      return [div(sum, filled(sum, terms))]
    }
    checked(mean, x, [total / terms], [most / terms])
  })
})

describe('ten million terms to each of many results', () => {
  // More results than a long sum is cut into parts for. Rows that are repeated take no memory.
  const values = filledBy(65, i => (i + 1) / 10)
  const x = concrete([65], 'float32', values)
  const sums = [...values].map(value => value * terms)
  const most = sums.map(sum => pairwise(terms) * sum)

  test('by columns', () => checked(([y = x]) => [sumAxes(broadcastAxes(y, [terms, 65], [0]), [0])], x, sums, most))
  test('by rows', () => checked(([y = x]) => [sumAxes(broadcastAxes(y, [65, terms], [1]), [1])], x, sums, most))
  test('by columns over two axes, of which the last is short', () => {
    const fewer = terms / 40
    const tenth = sums.map(sum => sum / 10)
    checked(
      ([y = x]) => [sumAxes(broadcastAxes(y, [fewer, 65, 4], [0, 2]), [0, 2])],
      x,
      tenth,
      tenth.map(sum => pairwise(terms / 10) * sum),
    )
  })
})

test('the plain loops add in float64 and round once', () => {
  const count = terms / 10
  const buffer = filledBy(count, () => 0.1)
  const total = buffer.reduce((sum, x) => sum + x, 0)
  const x = concrete([count], 'float32', buffer)
  checked(([y = x]) => [sumAxes(y, [0])], x, [total], [total * 2 ** -24], interpreted)
})
