/** Data of unknown length: every way to be right, and every Left. */
import * as fc from 'fast-check'
import { type Buffer, type DType, fromArray, fromArrayOrThrow, type Nested, toArray, toNested } from 'pullback'
import { describe, expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { problem, right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

describe('names are bound from the lengths', () => {
  test('of nested arrays', () => {
    const x = right(
      fromArray('batch 2')([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    )
    expect([x.shape, x.sizes, toNested(x)]).toEqual([
      'batch 2',
      [3, 2],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ])
    expect(
      right(
        fromArray('n n')([
          [1, 2],
          [3, 4],
        ]),
      ).sizes,
    ).toEqual([2, 2])
    expect(toNested(right(fromArray('')(5)))).toBe(5)
  })
  test('of one flat typed array', () => {
    const x = right(fromArray('2 n')(new Float32Array([1, 2, 3, 4, 5, 6])))
    expect(toNested(x)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(right(fromArray('2 3')(new Uint8Array(6))).sizes).toEqual([2, 3])
    expect(toNested(right(fromArray('n', 'int32')(new Int16Array([-1, 2]))))).toEqual([-1, 2])
  })
  test('of rows that are typed arrays', () => {
    expect(toNested(right(fromArray('n 2')([new Float64Array([1, 2]), new Float64Array([3, 4])])))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })
  test('of no data: the other axes are those of the shape', () => {
    expect(right(fromArray('n')([])).sizes).toEqual([0])
    expect(right(fromArray('batch 2 3')([])).sizes).toEqual([0, 2, 3])
    expect(right(fromArray('0 2')([])).sizes).toEqual([0, 2])
    expect(right(fromArray('n 3')(new Float32Array(0))).sizes).toEqual([0, 3])
  })
  test('every dtype', () => {
    expect(toArray(right(fromArray('n', 'bool')([true, false])))).toEqual(new Uint8Array([1, 0]))
    expect(toArray(right(fromArray('n', 'float64')([0.1])))).toEqual(new Float64Array([0.1]))
    expect(toArray(right(fromArray('n', 'uint32')([4294967295])))).toEqual(new Uint32Array([4294967295]))
  })
})

test('what goes in as numbers comes out as the same numbers', () => {
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain(width => fc.array(fc.array(fc.double(), { minLength: width, maxLength: width }), { minLength: 1 }))
  fc.assert(
    fc.property(rows, data => {
      expect(toNested(right(fromArray('n m', 'float64')(data)))).toEqual(data)
      const flat: Buffer<'float64'> = toArray(right(fromArray('n m', 'float64')(data)))
      expect([...flat]).toEqual(data.flat())
    }),
    draws(31),
  )
})

const lefts: readonly (readonly [shape: string, data: Nested, tag: string, message: string])[] = [
  ['batch 2', [[1, 2], [3]], 'ShapeError', 'fromArray: ragged array: row 0 has length 2, row 1 has length 1'],
  ['n 2', [[1, 2], 3], 'ShapeError', 'fromArray: ragged array: row 0 has length 2, row 1 is a number'],
  ['n m', [new Float32Array(2), new Float32Array(3)], 'ShapeError', 'fromArray: ragged array: row 0 has length 2, row 1 has length 3'],
  [
    'n n',
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    'ShapeError',
    "fromArray: '3 2' does not fit 'n n': 'n' is already '3', not '2'",
  ],
  ['batch 3', [[1, 2]], 'ShapeError', "fromArray: '1 2' does not fit 'batch 3': '2' is not '3'"],
  ['batch', 5, 'ShapeError', "fromArray: '' has fewer axes than 'batch'"],
  ['batch 2', [1, 2], 'ShapeError', "fromArray: '2' has fewer axes than 'batch 2'"],
  ['', [5], 'ShapeError', "fromArray: '1' has more axes than ''"],
  ['2 2', [], 'ShapeError', "fromArray: '0' does not fit '2 2': '0' is not '2'"],
  ['batch n', [], 'ShapeError', "fromArray: '0' has fewer axes than 'batch n'"],
  ['n m', new Float32Array(6), 'ShapeError', "fromArray: flat data of length 6 cannot say the sizes of 2 names in 'n m': nest it"],
  ['n 4', new Float32Array(6), 'ShapeError', "fromArray: 6 values do not fill 'n 4', whose rows have 4"],
  ['2 2', new Float32Array(6), 'ShapeError', "fromArray: 6 values do not fill '2 2', which has 4"],
  ['n,m', [[1]], 'ShapeError', "shape 'n,m': write one space between axes"],
  ['n', [true], 'DTypeError', "fromArray: [0]: true is not a number, ask for dtype 'bool'"],
]

describe('what does not fit is a Left', () => {
  test.each(lefts)("'%s' from %j", (shape, data, tag, message) => {
    expect(problem(fromArray<string>(shape)(data))).toEqual([tag, message])
  })
  test.each([
    ['int32', 1.5, '1.5 is not a whole number from -2147483648 to 2147483647, which is what int32 holds'],
    ['int32', Number.NaN, 'NaN is not a whole number from -2147483648 to 2147483647, which is what int32 holds'],
    ['uint32', -1, '-1 is not a whole number from 0 to 4294967295, which is what uint32 holds'],
    ['bool', 1, '1 is not a boolean, compare first, as in value !== 0'],
  ] as const)('%s from %d', (dtype, value, message) => {
    expect(problem(fromArray('n', dtype)([value]))).toEqual(['DTypeError', `fromArray: [0]: ${message}`])
  })
  test('bigints are no numbers, in a list and in a typed array', () => {
    const said = (data: unknown): string => errorOf(() => loose(fromArrayOrThrow)('n', 'int32')(data)).message
    expect(said([1, 1n])).toBe('fromArrayOrThrow: [1] is a bigint, neither a number nor a boolean')
    expect(said(BigInt64Array.of(1n))).toBe('fromArrayOrThrow: an object is no tensor, give numbers or booleans')
  })
  test.each([
    ['int8', 'use int32, which holds every number of it'],
    ['uint64', 'use uint32, or float64, which holds whole numbers up to 2^53'],
    ['complex128', 'keep the real and the imaginary part as two float64 tensors'],
    ['toString', 'use float32, float64, int32, uint32, bool'],
  ])('%s is no dtype', (name, advice) => {
    expect(errorOf(() => loose(fromArrayOrThrow)('n', name)([1])).message).toBe(`fromArrayOrThrow: '${name}' is no dtype: ${advice}`)
  })
  test('the place of a wrong value is told', () => {
    expect(
      problem(
        fromArray(
          'n 2',
          'int32',
        )([
          [1, 2],
          [3, 4.5],
        ]),
      )[1],
    ).toMatch(/^fromArray: \[1\]\[1\]: 4\.5 is not a whole number/)
  })
  test('JSON that is not numbers', () => {
    const data: Nested = JSON.parse('[[1, 2], [3, null]]')
    expect(problem(fromArray('n 2')(data))).toEqual(['ShapeError', 'fromArray: [1][1] is null, neither a number nor a boolean'])
    const text: Nested = JSON.parse('["a"]')
    expect(problem(fromArray('n')(text))).toEqual(['ShapeError', 'fromArray: [0] is a string, neither a number nor a boolean'])
  })
})

describe('a typed array is as the list of its numbers', () => {
  const numbers = fc.array(fc.double({ min: -300, max: 70_000 }).chain(x => fc.constantFrom(x, Math.round(x), Number.NaN)))
  const classes = [Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint16Array, Uint32Array] as const
  const all = classes.flatMap(kind =>
    (['float32', 'float64', 'int32', 'uint32', 'bool'] as const).map(dtype => [kind.name, dtype, kind] as const),
  )
  const seen = (decoded: ReturnType<ReturnType<typeof fromArray<'n', DType>>>): unknown =>
    decoded._tag === 'Left' ? decoded.left.message : toArray(decoded.right)

  test.each(all)('%s for %s, errors and their places included', (_, dtype, kind) => {
    fc.assert(
      fc.property(numbers, list => {
        const typedArray = new kind(list)
        expect(seen(fromArray('n', dtype)(typedArray))).toEqual(seen(fromArray('n', dtype)([...typedArray])))
      }),
    )
  })
})
