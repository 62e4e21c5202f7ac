/** Cutting, shuffling and splitting a data set. */
import * as fc from 'fast-check'
import { arange, data, pipe, random, reshape, toArray, toNested, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}

/** Rows whose number can be read off both tensors, so that pairs torn apart would show. */
const rows = (n: number) => ({ x: pipe(arange<number>(n), reshape<string>(`${n} 1`)), y: arange<number>(n) })
const numbersOf = (set: ReturnType<typeof rows>): readonly number[] => {
  expect([...toArray(set.x)]).toEqual([...toArray(set.y)])
  return [...toArray(set.y)]
}
const cut = (n: number, options: data.BatchOptions): readonly (readonly number[])[] =>
  [...data.batches(options)(rows(n))].map(batch => numbersOf({ x: batch.x, y: batch.y }))

describe('batches', () => {
  test('in order, the short one kept or dropped', () => {
    expect(cut(5, { size: 2 })).toEqual([[0, 1], [2, 3], [4]])
    expect(cut(5, { size: 2, last: 'drop' })).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(cut(4, { size: 2, last: 'drop' })).toEqual(cut(4, { size: 2 }))
    expect(cut(3, { size: 10 })).toEqual([[0, 1, 2]])
    expect(cut(2, { size: 1, epochs: 2 })).toEqual([[0], [1], [0], [1]])
  })
  test('every epoch of a shuffle is a permutation of the examples, and no epoch is like the one before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (n, size, seed) => {
        const all = cut(n, { size, epochs: 2, key: random.key(seed) }).flat()
        const [first, second] = [all.slice(0, n), all.slice(n)]
        expect(first.toSorted((a, b) => a - b)).toEqual([...Array(n).keys()])
        expect(second.toSorted((a, b) => a - b)).toEqual([...Array(n).keys()])
      }),
      draws(111, 40),
    )
    const all = cut(40, { size: 40, epochs: 3, key: random.key(0) })
    expect(new Set(all.map(epoch => epoch.join())).size).toBe(3)
  })
  test('iterated twice they are the same, and they can be left half-way', () => {
    const batches = data.batches({ size: 3, epochs: 2, key: random.key(7) })(rows(10))
    const twice = [1, 2].map(() => [...batches].map(batch => numbersOf({ x: batch.x, y: batch.y })))
    expect(twice[0]).toEqual(twice[1])
    for (const batch of batches) {
      expect(numbersOf({ x: batch.x, y: batch.y })).toEqual(twice[0]?.[0])
      break
    }
  })
  test('count is how many there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('keep', 'drop'),
        (n, size, epochs, last) => {
          const batches = data.batches({ size, epochs, last })(rows(n))
          expect(batches.count).toBe([...batches].length)
        },
      ),
      draws(112, 30),
    )
  })
  test('a leading name stays, a leading number becomes the size of the batch', () => {
    const [first, , last] = [...data.batches({ size: 2 })({ x: zeros('batch 3', { batch: 5 }), y: arange(5) })]
    if (first) claims(first.x, 'batch 3', [2, 3])
    expect([last?.x.shape, last?.x.sizes, last?.y.shape]).toEqual(['batch 3', [1, 3], '1'])
  })
  test('what does not fit', () => {
    const tried = (options: data.BatchOptions, set: object = rows(3)) => wrong(() => data.batches(options)(set))
    expect(tried({ size: 0 })).toEqual(['ArgumentError', 'data.batches: size is 0: give a whole number from 1 up'])
    expect(tried({ size: 1.5 })[1]).toBe('data.batches: size is 1.5: give a whole number from 1 up')
    expect(tried({ size: 2, epochs: 0 })[1]).toBe('data.batches: epochs is 0: give a whole number from 1 up')
    expect(tried({ size: 4, last: 'drop' })[1]).toBe(
      'data.batches: 3 examples make no full batch of 4: take a smaller size, or keep the short batch',
    )
    expect(tried({ size: 1 }, rows(0))).toEqual(['ArgumentError', 'data.batches: the data set is empty'])
    expect(tried({ size: 1 }, {})).toEqual(['ArgumentError', 'data.batches: the data set has no tensors'])
    expect(tried({ size: 1 }, { x: arange(3), y: zeros('') })).toEqual([
      'TreeError',
      "data.batches: 'y' is a scalar: every tensor of a data set has a leading axis",
    ])
    expect(tried({ size: 1 }, { x: zeros('batch', { batch: 3 }), y: zeros('batch 2', { batch: 4 }) })).toEqual([
      'SizeError',
      "data.batches: 'batch' is 3 in one place and 4 in another: one name has one size",
    ])
    expect(tried({ size: 1 }, { x: arange(3), y: arange(4) })).toEqual([
      'ShapeError',
      "data.batches: 'x' has 3 examples and 'y' has 4: every tensor of a data set has as many",
    ])
  })
})

describe('shuffle and split', () => {
  test('a shuffle is a permutation, the same for the same key', () => {
    const order = numbersOf(data.shuffle(random.key(1))(rows(20)))
    expect(order.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()])
    expect(order).not.toEqual([...Array(20).keys()])
    expect(numbersOf(data.shuffle(random.key(1))(rows(20)))).toEqual(order)
    expect(numbersOf(data.shuffle(random.key(2))(rows(20)))).not.toEqual(order)
  })
  test('the parts of a split are all examples, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 30 }), fc.integer({ min: 3, max: 7 }), fc.nat(), (n, tenths, seed) => {
        const [a, b] = data.split({ fraction: tenths / 10, key: random.key(seed) })(rows(n))
        const parts = [a, b].map(part => [...toArray(part.y)])
        expect(parts[0]?.length).toBe(Math.round((n * tenths) / 10))
        expect(parts.flat().toSorted((x, y) => x - y)).toEqual([...Array(n).keys()])
        expect([...toArray(a.x)]).toEqual([...toArray(a.y)])
      }),
      draws(113, 30),
    )
  })
  test.each([0, 1, -0.5, 1.5, Number.NaN, 0.01])('a fraction of %d of 10 leaves one part empty', fraction => {
    expect(wrong(() => data.split({ fraction, key: random.key(0) })(rows(10)))).toEqual([
      'ArgumentError',
      `data.split: a fraction of ${fraction} of 10 examples leaves one part empty: give one between 0 and 1 that does not`,
    ])
  })
  test('size', () => {
    expect(data.size(rows(7))).toBe(7)
    expect(toNested(data.shuffle(random.key(0))({ x: zeros('batch', { batch: 2 }) }).x)).toEqual([0, 0])
  })
})
