/** Data from outside: what decodes, what does not, and standardised columns. */
import * as t from 'io-ts'
import { data, fromArray, tensor, toArray, toNested, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { claims } from '../support/claim.js'
import { problem, right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

describe('parseJson', () => {
  test('JSON', () => {
    expect(right(data.parseJson('a file')('[1, {"a": null}]'))).toEqual([1, { a: null }])
  })
  test.each(['', '{', 'NaN', '[1,]', 'undefined'])('%j is not', text => {
    const [tag, message] = problem(data.parseJson('penguins.json')(text))
    expect(tag).toBe('DataError')
    // What follows is the engine's own wording.
    expect(message).toMatch(/^penguins\.json: not JSON: ./)
  })
})

test.each([
  ['an empty list', [], 'a.json: there are no rows: the list is empty'],
  ['an object', {}, 'a.json: a list of rows is expected, this is an object'],
  ['null', null, 'a.json: a list of rows is expected, this is null'],
  ['a number', 5, 'a.json: a list of rows is expected, this is a number'],
  ['a text', 'x', 'a.json: a list of rows is expected, this is a string'],
] as const)('rowsOf %s', (_, json, message) => {
  expect(problem(data.rowsOf('a.json')(json))).toEqual(['DataError', message])
})

test('rowsOf a list', () => {
  expect(right(data.rowsOf('a.json')([1, 2]))).toEqual([1, 2])
})

describe('decodeRows', () => {
  const row = t.type({ height: t.number, name: t.string })
  const good = { height: 1.8, name: 'a' }
  test('keeps what decodes, in its order, and tells the rest', () => {
    const { rows, rejected } = data.decodeRows(row)([good, { height: null, name: 'b' }, { ...good, name: 'c' }, { name: 5 }, 7])
    expect(rows.map(({ name }) => name)).toEqual(['a', 'c'])
    expect(rejected).toEqual([
      { row: 1, problems: ["'height' is null"] },
      { row: 3, problems: ["'height' is missing", "'name' is 5, not string"] },
      { row: 4, problems: ['the row is 7, not { height: number, name: string }'] },
    ])
  })
  test('the rejected in words, like problems together', () => {
    const { rejected } = data.decodeRows(row)([{ height: null, name: 'a' }, good, { height: null, name: 'b' }, { height: 'x', name: 'c' }])
    expect(data.describeRejected(rejected)).toBe(
      "3 rows rejected\n  2 × 'height' is null (first in row 0)\n  1 × 'height' is \"x\", not number (first in row 3)",
    )
    expect(data.describeRejected([])).toBe('0 rows rejected')
  })
  test('a union is one problem, an intersection adds nothing to the path', () => {
    const loose = t.intersection([t.type({ size: t.union([t.number, t.null]) }), t.partial({ note: t.string })])
    expect(data.decodeRows(loose)([{ size: 'x' }, { size: null, note: 5 }]).rejected).toEqual([
      { row: 0, problems: ['\'size\' is "x", not (number | null)'] },
      { row: 1, problems: ["'note' is 5, not string"] },
    ])
  })
  test('a path into a row', () => {
    const nested = t.type({ point: t.tuple([t.number, t.number]) })
    expect(data.decodeRows(nested)([{ point: [1, 'y'] }]).rejected[0]?.problems).toEqual(['\'point.1\' is "y", not number'])
  })
})

describe('standardise', () => {
  test('by hand; a constant column is not divided', () => {
    // 1, 3: mean 2, deviation 1
    const scaler = data.standardise(
      tensor([
        [1, 5],
        [3, 5],
      ]),
    )
    expect([toNested(scaler.mean), toNested(scaler.std)]).toEqual([
      [2, 5],
      [1, 0],
    ])
    expect(
      toNested(
        scaler.apply(
          tensor([
            [3, 6],
            [0, 5],
          ]),
        ),
      ),
    ).toEqual([
      [1, 1],
      [-2, 0],
    ])
  })
  test('what it has learnt from has mean 0 and deviation 1', () => {
    const x = tensor([[1], [2], [4], [9]], 'float64')
    const again = data.standardise(data.standardise(x).apply(x))
    expect(toNested(again.mean)).toEqual([expect.closeTo(0, 14)])
    expect(toNested(again.std)).toEqual([expect.closeTo(1, 14)])
  })
  test.each([
    ['float32', 14.62, 1000],
    ['float32', 0.1, 7],
    ['float64', 0.1, 3],
    ['float32', -1e30, 5],
    ['float32', 1e-40, 5],
  ] as const)('a constant column has the deviation 0, however its sum is rounded: %s %f', (dtype, value, rows) => {
    const x = right(fromArray('n 1', dtype)(Array.from({ length: rows }, () => [value] as const)))
    const scaler = data.standardise(x)
    expect(toNested(scaler.std)).toEqual([0])
    expect(toArray(scaler.apply(x)).every(row => row === 0)).toBe(true)
    const further = 1.01 * value
    const [row = Number.NaN] = toArray(scaler.apply(right(fromArray('n 1', dtype)([[further]]))))
    // One rounding of each of the two numbers.
    expect(Math.abs(row - 0.01 * value)).toBeLessThanOrEqual(2 ** -23 * Math.abs(further) + 2 ** -148)
  })
  test('columns far from 0, and beyond the squares of the dtype', () => {
    const x = tensor([
      [1e8, 2 ** 80, 3e38],
      [1e8 + 16, 3 * 2 ** 80, -3e38],
    ])
    const scaler = data.standardise(x)
    expect(toNested(scaler.mean)).toEqual([1e8 + 8, 2 ** 81, 0])
    expect(toNested(scaler.apply(x))).toEqual([
      [-1, -1, 1],
      [1, 1, -1],
    ])
  })
  test('no rows, no columns to speak of', () => {
    expect(errorOf(() => data.standardise(zeros('0 2'))).message).toBe("data.standardise: '0 2' has no rows to learn from")
    expect(errorOf(() => data.standardise(tensor(1))).message).toContain('standardise: ')
  })
  test('names', () => {
    const scaler = data.standardise(zeros('batch 3', { batch: 4 }))
    claims(scaler.mean, '3', [3])
    claims(scaler.apply(zeros('rows 3', { rows: 2 })), 'rows 3', [2, 3])
    expect(errorOf(() => loose(data.standardise)(zeros('2 3', {}, 'int32'))).message).toBe(
      "data.standardise: needs a float dtype, not int32: cast('float32') first",
    )
    expect(errorOf(() => scaler.apply(zeros('2 4'))).message).toBe(
      "data.standardise: '2 4' has not the columns '3' that it was learnt from",
    )
  })
})
