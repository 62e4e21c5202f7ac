/** Sorting: order, stability, NaN, every axis, gradients, and agreement with JavaScript's own sort. */
import * as fc from 'fast-check'
import {
  argsort,
  floor,
  fromArray,
  grad,
  jit,
  lexsort,
  mul,
  pipe,
  random,
  reference,
  searchsorted,
  sort,
  sortBy,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  topK,
  unique,
  vmap,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'
import { testOnEach } from '../support/engines.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const engines = [reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]

describe('argsort', () => {
  test('keeps equal entries in their order, 0 and -0 among them', () => {
    expect(toNested(argsort(0)(tensor([2, 1, 2, 1, 2])))).toEqual([1, 3, 0, 2, 4])
    expect(toNested(argsort(0)(tensor([0, -0, 0, -1])))).toEqual([3, 0, 1, 2])
  })

  test('puts NaN last, also after infinity', () => {
    expect(toNested(argsort(0)(tensor([nan, inf, nan, -inf, 0])))).toEqual([3, 4, 1, 0, 2])
  })

  test('knows signed from unsigned integers', () => {
    expect(toNested(argsort(0)(tensor([0, -1, 5], 'int32')))).toEqual([1, 0, 2])
    expect(toNested(argsort(0)(tensor([0, 2 ** 32 - 1, 5], 'uint32')))).toEqual([0, 2, 1])
  })

  test('of nothing is nothing, and of one entry its place', () => {
    expect(toNested(argsort(0)(tensor([7])))).toEqual([0])
    expect(argsort(1)(zeros('3 0')).sizes).toEqual([3, 0])
    expect(jit(argsort(1))(zeros('3 0')).sizes).toEqual([3, 0])
  })
})

describe('sort', () => {
  test('goes along the axis that is named', () => {
    const x = tensor([
      [3, 1],
      [2, 5],
      [1, 4],
    ])
    expect(toNested(sort(0)(x))).toEqual([
      [1, 1],
      [2, 4],
      [3, 5],
    ])
    expect(toNested(sort(1)(x))).toEqual([
      [1, 3],
      [2, 5],
      [1, 4],
    ])
  })

  test('gives the cotangent back to where the entry came from', () => {
    const f = (x: Tensor<'4'>) => pipe(x, sort(0), mul(tensor([1, 10, 100, 1000])), sum())
    expect(toNested(grad(f)(tensor([4, 2, 9, 3])))).toEqual([100, 1, 1000, 10])
  })

  test('of a batch is the batch of what is sorted', () => {
    const x = tensor([
      [2, 1, 3],
      [9, 8, 7],
    ])
    expect(toNested(vmap('2')((row: Tensor<'3'>) => sort(0)(row))(x))).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ])
  })
})

test.each(engines)('is what JavaScript sorts, stable, NaN last: $name', engine => {
  const number = fc.oneof(fc.constantFrom(0, -0, 1, 1, 2, nan, inf, -inf), fc.float({ noNaN: false }))
  const order = (x: number, y: number): number => (x < y ? -1 : x > y ? 1 : Number(Number.isNaN(x)) - Number(Number.isNaN(y)))
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 70 }), values => {
      const x = right(fromArray(String(values.length))(values.map(Math.fround)))
      const places = jit(argsort(0), { engine })(x)
      const expected = values.map((_, i) => i).sort((i, j) => order(Math.fround(values[i] ?? 0), Math.fround(values[j] ?? 0)))
      expect(toNested(places)).toEqual(expected)
      expect(toNested(withEngine(engine)(() => argsort(0)(x)))).toEqual(expected)
    }),
    draws(7, 60),
  )
})

describe('descending', () => {
  test('is the other order, in which equal entries stay as they are and NaN is first', () => {
    const x = tensor([1, nan, 3, 1, -0, 0])
    expect(toNested(argsort(0, { descending: true })(x))).toEqual([1, 2, 0, 3, 4, 5])
    expect(toNested(sort(0, { descending: true })(x))).toEqual([nan, 3, 1, 1, -0, 0])
  })

  test('is an option with a name and a kind', () => {
    expect(() => Reflect.apply(sort, undefined, [0, { reverse: true }])).toThrow("sort: there is no option 'reverse', give descending")
    expect(() => Reflect.apply(argsort, undefined, [0, { descending: 1 }])).toThrow('argsort: descending is 1: give true or false')
  })
})

describe('long rows, which are sorted by digits and in parts', () => {
  // Two parts and a rest; many equal entries.
  const size = 140_001
  const row = pipe(random.normal(String(size))(random.key(1)), mul(1000), floor)
  const numbers = toArray(row)
  const ordered = [1, -1].map(way => Int32Array.from(numbers.keys()).sort((i, j) => way * ((numbers[i] ?? 0) - (numbers[j] ?? 0)) || i - j))
  const [ascending = new Int32Array(), descending = ascending] = ordered
  /** Compared entry by entry: the test's own comparison of so many takes seconds. */
  const isSame = (x: { readonly [i: number]: number }, y: Int32Array): boolean => y.every((value, i) => x[i] === value)

  test.each(engines.slice(1))('are stable in both directions: $name', engine => {
    expect(isSame(toArray(jit(argsort(0), { engine })(row)), ascending)).toBe(true)
    expect(isSame(toArray(jit(argsort(0, { descending: true }), { engine })(row)), descending)).toBe(true)
  })

  test.each(engines.slice(1))('have the same greatest and least entries: $name', engine => {
    for (const k of [1, 300]) {
      const [values, indices] = jit((x: Tensor<string>) => topK(k, 0)(x), { engine })(row)
      expect(toArray(indices)).toEqual(descending.slice(0, k))
      expect(toArray(values)).toEqual(Float32Array.from(descending.slice(0, k), i => numbers[i] ?? nan))
      const [, least] = jit((x: Tensor<string>) => topK(k, 0, { largest: false })(x), { engine })(row)
      expect(toArray(least)).toEqual(ascending.slice(0, k))
    }
  })
})

describe('topK', () => {
  testOnEach('gives values and positions along any axis, of equals the first', () => {
    const x = tensor([
      [1, 5],
      [4, 2],
      [4, 5],
      [0, 1],
      [nan, 0],
      [4, 5],
      [-0, -1],
      [0, -2],
    ])
    const [values, indices] = topK(2, 0)(x)
    expect(toNested(values)).toEqual([
      [nan, 5],
      [4, 5],
    ])
    expect(toNested(indices)).toEqual([
      [4, 0],
      [1, 2],
    ])
    expect(toNested(topK(2, 0, { largest: false })(x)[1])).toEqual([
      [3, 7],
      [6, 6],
    ])
    expect(toNested(topK(8, 0)(x)[1])[0]).toEqual([4, 0])
  })

  testOnEach('is differentiated through its values, and mapped', () => {
    const f = (x: Tensor<'3'>) => pipe(topK(2, 0)(x)[0], mul(tensor([1, 10])), sum())
    expect(toNested(grad(f)(tensor([1, 3, 2])))).toEqual([0, 1, 10])
    const x = tensor([
      [1, 3, 2],
      [9, 8, 7],
    ])
    expect(toNested(vmap('2')((row: Tensor<'3'>) => topK(2, 0)(row)[1])(x))).toEqual([
      [1, 2],
      [0, 1],
    ])
  })

  test('refuses more than there are, of a name too', () => {
    expect(() => topK(3, 'n')(zeros('n 2', { n: 2 }))).toThrow("topK: 3 of axis 0 of 'n 2', which has 2 entries")
    expect(() => Reflect.apply(topK, undefined, ['3', 0])(zeros('4'))).toThrow('topK: the number of entries is a string')
  })
})

describe('searchsorted', () => {
  testOnEach('counts entries that are less, or not greater', () => {
    const sorted = tensor([1, 2, 2, 3])
    const queries = tensor([0, 1, 2, 2.5, 3, 4, nan])
    expect(toNested(searchsorted(sorted)(queries))).toEqual([0, 0, 1, 3, 3, 4, 4])
    expect(toNested(searchsorted(sorted, { side: 'right' })(queries))).toEqual([0, 1, 3, 3, 4, 4, 4])
  })

  testOnEach('looks up each row in its own, or all in one', () => {
    const rows = tensor([
      [1, 2],
      [3, 4],
    ])
    const look = (row: Tensor<'2'>, x: Tensor<''>) => searchsorted(row)(x)
    expect(toNested(vmap('2')(look)(rows, tensor([2, 2])))).toEqual([1, 0])
    expect(toNested(vmap('2', { in: [0, null] })(look)(rows, tensor(2.5)))).toEqual([2, 0])
    expect(toNested(vmap('2', { in: [null, 0] })(look)(tensor([1, 2]), tensor([2, 3])))).toEqual([1, 2])
  })

  test('refuses a side that is none', () => {
    expect(() => Reflect.apply(searchsorted, undefined, [tensor([1]), { side: 'middle' }])).toThrow(
      "searchsorted: side is \"middle\": give 'left' or 'right'",
    )
  })
})

describe('lexsort', () => {
  testOnEach('sorts by the last key, and equal ones by the one before', () => {
    expect(toNested(lexsort(0)([tensor([3, 1, 2, 1]), tensor([1, 0, 1, 0], 'int32')]))).toEqual([1, 3, 2, 0])
    expect(toNested(lexsort(0)([tensor([3, 1, 2])]))).toEqual([1, 2, 0])
    const [a, b] = [
      tensor([
        [2, 1],
        [1, 2],
      ]),
      tensor([
        [0, 0],
        [1, 0],
      ]),
    ]
    expect(toNested(lexsort(-1)([a, b]))).toEqual([
      [1, 0],
      [1, 0],
    ])
  })
})

describe('sortBy', () => {
  testOnEach('puts the rows of a tree in the order of a key, and their cotangents back', () => {
    const key = tensor([2, 0, 1])
    const rows = {
      x: tensor([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
      y: [tensor([5, 6, 7], 'int32')] as const,
    }
    expect(toNested(sortBy(key, { descending: true })(rows).x)).toEqual([
      [1, 1],
      [3, 3],
      [2, 2],
    ])
    expect(toNested(sortBy(key)(rows).y[0])).toEqual([6, 7, 5])
    const f = (x: Tensor<'3'>) => pipe(sortBy(key)({ x }).x, mul(tensor([1, 10, 100])), sum())
    expect(toNested(grad(f)(tensor([7, 8, 9])))).toEqual([100, 1, 10])
  })

  test('refuses rows of another axis, at run time too', () => {
    expect(() => Reflect.apply(sortBy(tensor([2, 0])), undefined, [{ x: tensor([1, 2, 3]) }])).toThrow(
      "sortBy: '3' does not begin with '2', the axis of the key",
    )
  })
})

describe('unique', () => {
  testOnEach('gives each kind once, where it is first, how often, and the kind of each entry', () => {
    const x = tensor([
      [2, nan, 2],
      [nan, -1, 7],
    ])
    const { values, indices, inverse, counts } = unique(5)(x)
    expect(toNested(values)).toEqual([-1, 2, 7, nan, -1])
    expect(toNested(indices)).toEqual([4, 0, 5, 1, 4])
    expect(toNested(counts)).toEqual([1, 2, 1, 2, 0])
    expect(toNested(inverse)).toEqual([
      [1, 3, 1],
      [3, 0, 2],
    ])
  })

  testOnEach('leaves out the greatest kinds where there is no room, and fills what is left', () => {
    const x = tensor([3, 1, 2, 3], 'int32')
    expect(toNested(unique(2)(x).values)).toEqual([1, 2])
    expect(toNested(unique(2)(x).counts)).toEqual([1, 1])
    expect(toNested(unique(2)(x).inverse)).toEqual([2, 0, 1, 2])
    expect(toNested(unique(4, { fill: 9 })(x).values)).toEqual([1, 2, 3, 9])
    const f = (y: Tensor<'4'>) => pipe(unique(2)(y).values, mul(tensor([1, 10])), sum())
    expect(toNested(grad(f)(tensor([3, 1, 3, 1])))).toEqual([10, 1, 0, 0])
  })

  test('refuses no entries, and a fill that the dtype does not hold', () => {
    expect(() => unique(2)(zeros('0'))).toThrow("unique: '0' has no entries")
    expect(() => unique(2, { fill: 0.5 })(tensor([1], 'int32'))).toThrow('unique: 0.5 is not a value of int32: give a fill that it holds')
  })
})
