/** The arbitraries draw what they say: shapes in their bounds, numbers in theirs, trees of one form; and they shrink to the simple. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapes, tensors, treesLike } from '../../src/laws/index.js'
import * as shape from '../../src/shape/index.js'
import { type DType, dtypes, store, tensor, toArray, tree, typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'

const many = draws(10, 100)

describe('shapes', () => {
  test('are well formed and within their bounds', () => {
    fc.assert(
      fc.property(shapes({ maxRank: 4, minSize: 1, maxSize: 3 }), text => {
        expect(shape.isErr(shape.shape(text))).toBe(false)
        const sizes = shape.dims(text).map(Number)
        expect(sizes.length).toBeLessThanOrEqual(4)
        for (const size of sizes) expect([1, 2, 3]).toContain(size)
      }),
      many,
    )
  })

  test('come as scalars and with empty axes too', () => {
    const drawn = fc.sample(shapes(), { seed: 11, numRuns: 200 })
    expect(drawn).toContain('')
    expect(drawn.some(text => text.split(' ').includes('0'))).toBe(true)
  })
})

describe('tensors', () => {
  test.each(dtypes)('of %s hold values of their dtype within their bounds', dtype => {
    fc.assert(
      fc.property(tensors('2 3', { dtype, low: 0, high: 1 }), x => {
        expect([x.shape, x.sizes, x.dtype]).toEqual(['2 3', [2, 3], dtype])
        for (const value of toArray(x)) {
          expect(value >= 0 && value <= 1).toBe(true)
          expect(store(dtype, value)).toBe(value)
        }
      }),
      many,
    )
  })

  test('take sizes for their names', () => {
    const [x] = fc.sample(tensors('batch 2', { sizes: { batch: 3 } }), { seed: 1, numRuns: 1 })
    expect([x?.shape, x?.sizes]).toEqual(['batch 2', [3, 2]])
    expect(errorOf(() => tensors('batch 2')).message).toBe(
      "tensors: 'batch' in 'batch 2' has no size: give one, as in tensors('batch 2', { batch: 32 })",
    )
  })

  test('are exact in float32, so that both precisions see the same numbers', () => {
    fc.assert(
      fc.property(tensors('4', { dtype: 'float64', low: 0.2, high: 3 }), x => toArray(x).every(value => Math.fround(value) === value)),
      many,
    )
  })

  test('shrink to zeros', () => {
    const { counterexample } = fc.check(
      fc.property(tensors('3'), () => false),
      { seed: 12 },
    )
    expect(counterexample?.map(String)).toEqual(["Tensor<'3'> [0, 0, 0]"])
  })

  test.each(dtypes)('from the edges of %s: what the dtype holds, entries equal to others, and what is drawn without edges', dtype => {
    const drawn = fc.sample(tensors('4', { dtype, edges: true }), { seed: 13, numRuns: 400 }).map(x => [...toArray(x)])
    const entries = drawn.flat()
    for (const value of entries) expect(store(dtype, value)).toBe(value)
    expect(drawn.some(row => row[0] === row[3] && row[0] !== row[1])).toBe(true)
    const wanted: { readonly [D in DType]: readonly number[] } = {
      float32: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 2 ** -149, (2 - 2 ** -23) * 2 ** 127, 1e8],
      float64: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 5e-324, Number.MAX_VALUE, 1e8],
      int32: [0, 2 ** 31 - 1, -(2 ** 31), 5],
      uint32: [0, 2 ** 32 - 1, 5],
      bool: [0, 1],
    }
    for (const value of wanted[dtype])
      expect(
        entries.some(entry => Object.is(entry, value)),
        String(value),
      ).toBe(true)
  })

  test('of one value, and bounds in the wrong order', () => {
    const [x] = fc.sample(tensors('2', { low: 0.1, high: 0.1, dtype: 'float64' }), { seed: 1, numRuns: 1 })
    expect(x && [...toArray(x)]).toEqual([0.1, 0.1])
    expect(errorOf(() => tensors('2', { low: 1, high: 0 }))).toMatchObject({
      _tag: 'ArgumentError',
      message: 'tensors: low is 1 and high is 0',
    })
  })
})

test('trees have the form, shapes and dtypes of the given one', () => {
  const given = { w: tensor([[1, 2]]), rest: [tensor(3, 'int32'), { mask: tensor([true]) }] } as const
  const describeTree = (t: object) =>
    tree.fold<readonly (readonly [string, string, DType])[]>([], (list, x, path) => [...list, [path, x.shape, x.dtype]])(t)
  fc.assert(
    fc.property(treesLike(given), drawn => {
      expect(describeTree(drawn)).toEqual(describeTree(given))
    }),
    many,
  )
  const plain = fc.sample(treesLike(typed<object>([])), { seed: 1, numRuns: 1 })
  expect(plain).toEqual([[]])
})
