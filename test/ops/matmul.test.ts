/** Products of matrices by hand and against the definition, with leading axes on both sides. */
import * as fc from 'fast-check'
import { dot, matmul, ones, outer, pipe, tensor, toArray, toNested, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { at, typed, type Value } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const a = tensor([
  [1, 2],
  [3, 4],
])

test('by hand', () => {
  const b = tensor([
    [5, 6],
    [7, 8],
  ])
  expect(toNested(pipe(a, matmul(b)))).toEqual([
    [19, 22],
    [43, 50],
  ])
  expect(toNested(pipe(tensor([1, 2]), matmul(b)))).toEqual([19, 22])
  expect(toNested(pipe(a, matmul(tensor([1, 10]))))).toEqual([21, 43])
  expect(toNested(pipe(tensor([1, 2]), matmul(tensor([3, 4]))))).toBe(11)
  expect(toNested(pipe(tensor([1, 2]), dot(tensor([3, 4]))))).toBe(11)
  expect(toNested(pipe(tensor([1, 2]), outer(tensor([3, 4, 5]))))).toEqual([
    [3, 4, 5],
    [6, 8, 10],
  ])
  expect(toNested(pipe(tensor([2, 3], 'int32'), dot(tensor([4, 5], 'int32'))))).toBe(23)
})

test('names', () => {
  claims(pipe(zeros('batch 4', { batch: 2 }), matmul(zeros('4 3'))), 'batch 3', [2, 3])
  claims(pipe(zeros('b h s d', { b: 2, h: 3, s: 4, d: 5 }), matmul(zeros('b h d s', { b: 2, h: 3, s: 4, d: 5 }))), 'b h s s', [2, 3, 4, 4])
  claims(pipe(zeros('b 2 3', { b: 4 }), matmul(zeros('3 5'))), 'b 2 5', [4, 2, 5])
  claims(pipe(zeros('2 3'), matmul(zeros('b 3 5', { b: 4 }))), 'b 2 5', [4, 2, 5])
  claims(pipe(zeros('3'), matmul(zeros('b 3 5', { b: 4 }))), 'b 5', [4, 5])
  claims(pipe(zeros('m', { m: 2 }), outer(zeros('n', { n: 3 }))), 'm n', [2, 3])
})

test('sums over nothing are 0', () => {
  expect(toNested(pipe(ones('2 0'), matmul(ones('0 2'))))).toEqual([
    [0, 0],
    [0, 0],
  ])
  expect(pipe(ones('0 2'), matmul(ones('2 3'))).sizes).toEqual([0, 3])
})

describe('against the definition', () => {
  /** A lead and one that broadcasts to it. */
  const leads = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }).chain(wide =>
    fc
      .tuple(fc.integer({ min: 0, max: wide.length }), fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }), fc.boolean())
      .map(([from, stretch, swapped]) => {
        const narrow = wide.slice(from).map((size, i) => (stretch[i] ? 1 : size))
        return swapped ? { x: narrow, y: wide, wide } : { x: wide, y: narrow, wide }
      }),
  )
  const size = fc.integer({ min: 0, max: 3 })
  const products = fc.tuple(leads, size, size, size).chain(([{ x, y, wide }, m, k, n]) =>
    fc.record({
      x: values([...x, m, k], 'float64'),
      y: values([...y, k, n], 'float64'),
      wide: fc.constant(wide),
      sizes: fc.constant([m, k, n] as const),
    }),
  )

  /** The place of the matrix of an operand that stands at an index of the wide leading axes. */
  const matrixAt = (x: Value, index: readonly number[]): number => {
    const lead = x.sizes.slice(0, -2)
    return index.slice(index.length - lead.length).reduce((place, i, axis) => place * at(lead, axis) + (lead[axis] === 1 ? 0 : i), 0)
  }

  test('leading axes on both sides', () => {
    fc.assert(
      fc.property(products, ({ x, y, wide, sizes: [m, k, n] }) => {
        const result = typed<Value>(loose(matmul)(y)(x))
        expect(result.sizes).toEqual([...wide, m, n])
        const [left, right, found] = [toArray(x), toArray(y), toArray(result)]
        const indices = wide.reduce<readonly (readonly number[])[]>(
          (all, count) => all.flatMap(index => Array.from({ length: count }, (_, i) => [...index, i])),
          [[]],
        )
        const expected = indices.flatMap(index => {
          const [i0, j0] = [matrixAt(x, index) * m * k, matrixAt(y, index) * k * n]
          return Array.from({ length: m * n }, (_, place) => {
            const [i, j] = [Math.floor(place / n), place % n]
            return Array.from({ length: k }, (__, l) => at(left, i0 + i * k + l) * at(right, j0 + l * n + j)).reduce(
              (s, term) => s + term,
              0,
            )
          })
        })
        // Entries are multiples of 2^-14 below 2: products and sums of three are exact in float64.
        expect([...found]).toEqual(expected.map(value => value + 0))
      }),
      draws(55, 120),
    )
  })
})

test('what does not fit', () => {
  const wrong = (f: unknown, y: unknown, x: unknown): readonly string[] => {
    const { _tag, message } = errorOf(() => loose(f)(y)(x))
    return [_tag, message]
  }
  expect(wrong(matmul, zeros('3 2'), a)).toEqual(['ShapeError', "matmul: '2 2' by '3 2': inner axes differ, '2' is not '3'"])
  expect(wrong(matmul, tensor(2), a)).toEqual(['ShapeError', "matmul: '2 2' by '': a scalar has no axis to sum over, use mul"])
  expect(wrong(matmul, zeros('2 2 2'), zeros('3 2 2'))).toEqual([
    'ShapeError',
    "matmul: '3 2 2' by '2 2 2': of the leading axes '3' and '2' neither broadcasts to the other",
  ])
  expect(wrong(matmul, zeros('k 2', { k: 3 }), zeros('2 k', { k: 2 }))).toEqual([
    'SizeError',
    "matmul: 'k' is 2 in one place and 3 in another: one name has one size",
  ])
  expect(wrong(matmul, zeros('2 2', {}, 'float64'), a)).toEqual([
    'DTypeError',
    'matmul: float32 and float64: dtypes differ, cast one of them',
  ])
  expect(wrong(matmul, zeros('2 2', {}, 'bool'), zeros('2 2', {}, 'bool'))[0]).toBe('DTypeError')
  expect(wrong(dot, zeros('3'), zeros('2'))[1]).toMatch(/^dot: /)
  expect(wrong(outer, zeros('2 2'), zeros('2'))[1]).toMatch(/^outer: /)
})
