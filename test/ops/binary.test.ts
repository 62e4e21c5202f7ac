/** Binary operations by hand, and broadcasting against its definition. */
import * as fc from 'fast-check'
import {
  add,
  and,
  type Binary,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mul,
  notEqual,
  or,
  pipe,
  pow,
  rem,
  shiftLeft,
  shiftRight,
  sub,
  tensor,
  toArray,
  toNested,
  xor,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { at, typed, type Value } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

describe('values by hand', () => {
  const x = tensor([7, -7, 0.5])
  const y = tensor([2, 2, 2])
  test('of floats', () => {
    expect(toNested(pipe(x, add(y)))).toEqual([9, -5, 2.5])
    expect(toNested(pipe(x, sub(y)))).toEqual([5, -9, -1.5])
    expect(toNested(pipe(x, mul(y)))).toEqual([14, -14, 1])
    expect(toNested(pipe(x, div(y)))).toEqual([3.5, -3.5, 0.25])
    expect(toNested(pipe(x, rem(y)))).toEqual([1, -1, 0.5])
    expect(toNested(pipe(x, pow(y)))).toEqual([49, 49, 0.25])
    expect(toNested(pipe(x, maximum(y)))).toEqual([7, 2, 2])
    expect(toNested(pipe(x, minimum(y)))).toEqual([2, -7, 0.5])
  })
  test('of a number on the right', () => {
    expect(toNested(pipe(x, sub(1)))).toEqual([6, -8, -0.5])
    expect(toNested(pipe(x, div(2)))).toEqual([3.5, -3.5, 0.25])
    expect(toNested(pipe(x, pow(2)))).toEqual([49, 49, 0.25])
  })
  test('division by zero and NaN are those of IEEE 754', () => {
    expect(toNested(pipe(tensor([1, -1, 0]), div(0)))).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN])
    expect(toNested(pipe(tensor([1, Number.NaN]), maximum(tensor([Number.NaN, 1]))))).toEqual([Number.NaN, Number.NaN])
  })
  test('of integers, which wrap', () => {
    const i = tensor([2 ** 31 - 1, -7], 'int32')
    expect(toNested(pipe(i, add(1)))).toEqual([-(2 ** 31), -6])
    expect(toNested(pipe(i, mul(2)))).toEqual([-2, -14])
    expect(toNested(pipe(i, rem(2)))).toEqual([1, -1])
    expect(toNested(pipe(tensor([0], 'uint32'), sub(1)))).toEqual([2 ** 32 - 1])
    // 65537² = 2³² + 2·65536 + 1, which a product in floats would have to round above 2⁵³ only
    expect(toNested(pipe(tensor([65537], 'int32'), mul(tensor([65537], 'int32'))))).toEqual([131073])
    // (2³¹ - 1)² = 2⁶² - 2³² + 1 is 1 mod 2³², and is not exact in float64
    expect(toNested(pipe(tensor([2 ** 31 - 1], 'int32'), mul(tensor([2 ** 31 - 1], 'int32'))))).toEqual([1])
  })
  test('comparisons are bools', () => {
    const a = tensor([1, 2, 3])
    const b = tensor([2, 2, 2])
    const results = [equal, notEqual, less, lessEqual, greater, greaterEqual].map(op => toNested(pipe(a, op(b))))
    expect(results).toEqual([
      [false, true, false],
      [true, false, true],
      [true, false, false],
      [true, true, false],
      [false, false, true],
      [false, true, true],
    ])
    expect(pipe(a, less(b)).dtype).toBe('bool')
  })
  test('NaN compares false, but is not equal to itself', () => {
    const nan = tensor([Number.NaN])
    const results = [equal, notEqual, less, lessEqual, greater, greaterEqual].map(op => toNested(pipe(nan, op(nan))))
    expect(results.flat()).toEqual([false, true, false, false, false, false])
  })
  test('bits of bools and of integers', () => {
    const p = tensor([true, true, false, false])
    const q = tensor([true, false, true, false])
    expect([and, or, xor].map(op => toNested(pipe(p, op(q))))).toEqual([
      [true, false, false, false],
      [true, true, true, false],
      [false, true, true, false],
    ])
    const i = tensor([0b1100], 'int32')
    expect([and, or, xor].map(op => toNested(pipe(i, op(0b1010)))[0])).toEqual([0b1000, 0b1110, 0b0110])
  })
  test('shifts: int32 keeps its sign, places count modulo 32', () => {
    expect(toNested(pipe(tensor([-8, 8], 'int32'), shiftRight(1)))).toEqual([-4, 4])
    expect(toNested(pipe(tensor([2 ** 31], 'uint32'), shiftRight(31)))).toEqual([1])
    expect(toNested(pipe(tensor([1], 'int32'), shiftLeft(31)))).toEqual([-(2 ** 31)])
    expect(toNested(pipe(tensor([1], 'uint32'), shiftLeft(32)))).toEqual([1])
    expect(toNested(pipe(tensor([-1, 1], 'int32'), shiftRight(33)))).toEqual([-1, 0])
  })
})

describe('broadcasting', () => {
  const column = tensor([[10], [20]])
  const row = tensor([[1, 2, 3]])
  const table = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  test('by hand', () => {
    expect(toNested(pipe(table, add(tensor([10, 20, 30]))))).toEqual([
      [11, 22, 33],
      [14, 25, 36],
    ])
    expect(toNested(pipe(table, add(column)))).toEqual([
      [11, 12, 13],
      [24, 25, 26],
    ])
    expect(toNested(pipe(row, sub(table)))).toEqual([
      [0, 0, 0],
      [-3, -3, -3],
    ])
    expect(toNested(pipe(tensor(1), sub(table)))).toEqual([
      [0, -1, -2],
      [-3, -4, -5],
    ])
  })

  /** A shape and one that broadcasts to it: leading axes gone, some others 1. */
  const shapes = fc
    .array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 })
    .chain(wide =>
      fc
        .tuple(fc.integer({ min: 0, max: wide.length }), fc.array(fc.boolean(), { minLength: wide.length, maxLength: wide.length }))
        .map(([lead, ones]) => ({ wide, narrow: wide.slice(lead).map((size, axis) => (ones[axis] ? 1 : size)) })),
    )
  const pairs = shapes.chain(({ wide, narrow }) => fc.tuple(values(wide, 'float64'), values(narrow, 'float64')))

  /** numpy's definition: the entry at an index is that of the narrow tensor at the trailing part of it, 0 where its size is 1. */
  const entryAt = (x: Value, index: readonly number[]): number => {
    const own = index.slice(index.length - x.sizes.length).map((i, axis) => (x.sizes[axis] === 1 ? 0 : i))
    return at(
      toArray(x),
      own.reduce((offset, i, axis) => offset * at(x.sizes, axis) + i, 0),
    )
  }
  const indices = (sizes: readonly number[]): readonly (readonly number[])[] =>
    sizes.reduce<readonly (readonly number[])[]>(
      (all, size) => all.flatMap(index => Array.from({ length: size }, (_, i) => [...index, i])),
      [[]],
    )

  test.each<[string, Binary<string, 'any', 'bool'> | Binary<string, 'numeric'>, (x: number, y: number) => number]>([
    ['sub', sub, (x, y) => x - y],
    ['mul', mul, (x, y) => x * y],
    ['maximum', maximum, Math.max],
    ['less', less, (x, y) => Number(x < y)],
  ])('%s of any two shapes of which one fits the other, both ways round', (_, op, definition) => {
    fc.assert(
      fc.property(pairs, fc.boolean(), ([wide, narrow], swapped) => {
        const [x, y] = swapped ? [narrow, wide] : [wide, narrow]
        const result = typed<Value>(loose(op)(y)(x))
        expect(result.sizes).toEqual(wide.sizes)
        expect([...toArray(result)]).toEqual(indices(wide.sizes).map(index => definition(entryAt(x, index), entryAt(y, index))))
      }),
      draws(51, 80),
    )
  })

  test('the result has the shape of one operand, names and all', () => {
    const batch = zeros('batch 3', { batch: 2 })
    claims(pipe(batch, add(zeros('3'))), 'batch 3', [2, 3])
    claims(pipe(zeros('3'), add(batch)), 'batch 3', [2, 3])
    claims(pipe(batch, add(zeros('batch 1', { batch: 2 }))), 'batch 3', [2, 3])
    claims(pipe(zeros(''), add(batch)), 'batch 3', [2, 3])
    claims(pipe(batch, add(1)), 'batch 3', [2, 3])
    claims(pipe(batch, less(zeros('1 3'))), 'batch 3', [2, 3])
    claims(pipe(zeros('n', { n: 0 }), add(zeros('n', { n: 0 }))), 'n', [0])
  })
  test('a name of size 1 is not stretched to a number', () => {
    const message = errorOf(() => loose(add)(zeros('3'))(zeros('n', { n: 1 }))).message
    expect(message).toBe("add: 'n' and '3': neither broadcasts to the other")
  })
})

describe('what does not fit', () => {
  const tried = (op: unknown, y: unknown, x: unknown): readonly [tag: string, message: string] => {
    const { _tag, message } = errorOf(() => loose(op)(y)(x))
    return [_tag, message]
  }
  test('shapes', () => {
    expect(tried(add, zeros('3'), zeros('2'))).toEqual(['ShapeError', "add: '2' and '3': neither broadcasts to the other"])
    expect(tried(sub, zeros('n 1', { n: 2 }), zeros('n', { n: 2 }))).toEqual([
      'ShapeError',
      "sub: 'n' and 'n 1': neither broadcasts to the other: pairwise(sub) gives 'n n', squeeze or reshape aligns them",
    ])
    expect(tried(add, zeros('1 3'), zeros('2 1'))).toEqual([
      'ShapeError',
      "add: '2 1' and '1 3': neither broadcasts to the other: pairwise(add) gives '2 3', squeeze or reshape aligns them",
    ])
  })
  test('one name, two sizes', () => {
    expect(tried(add, zeros('n', { n: 3 }), zeros('n', { n: 2 }))).toEqual([
      'SizeError',
      "add: 'n' is 2 in one place and 3 in another: one name has one size",
    ])
    expect(tried(add, zeros('n', { n: 3 }), zeros('m n', { m: 4, n: 2 }))[0]).toBe('SizeError')
  })
  test('dtypes', () => {
    const i = zeros('2', {}, 'int32')
    const b = zeros('2', {}, 'bool')
    expect(tried(add, zeros('2'), i)).toEqual(['DTypeError', 'add: int32 and float32: dtypes differ, cast one of them'])
    expect(tried(add, b, b)).toEqual(['DTypeError', "add: needs numbers, not bool: cast('float32') or cast('int32') first"])
    expect(tried(div, i, i)).toEqual(['DTypeError', "div: needs a float dtype, not int32: cast('float32') first"])
    expect(tried(and, zeros('2'), zeros('2'))).toEqual(['DTypeError', 'and: needs bool, int32 or uint32, not float32'])
    expect(tried(shiftLeft, b, b)).toEqual(['DTypeError', 'shiftLeft: needs int32 or uint32, not bool'])
  })
  test('numbers that the dtype does not hold', () => {
    expect(tried(add, 1.5, zeros('2', {}, 'int32'))).toEqual(['DTypeError', "add: 1.5 is not a value of int32: cast('float32') first"])
    expect(tried(add, -1, zeros('2', {}, 'uint32'))).toEqual(['DTypeError', "add: -1 is not a value of uint32: cast('float32') first"])
    expect(tried(mul, 2 ** 31, zeros('2', {}, 'int32'))).toEqual([
      'DTypeError',
      "mul: 2147483648 is not a value of int32: cast('float32') first",
    ])
    expect(tried(equal, Number.NaN, zeros('2', {}, 'int32'))[0]).toBe('DTypeError')
    // 0.1 is rounded to float32, as everywhere
    expect(toNested(pipe(zeros('1'), add(0.1)))).toEqual([Math.fround(0.1)])
  })
})
