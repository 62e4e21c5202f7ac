import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LiteralShape, literalShape } from '../../src/shape/index.js'
import { twin } from './twin.js'

/** The type that a constructor infers with `const T`, beside the value. */
const literal = <const T>(data: T) => ({ rule: literalShape(data), twin: twin<LiteralShape<T>>() })

describe('literalShape', () => {
  test('even', () => {
    const matrix = literal([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    matrix.twin(matrix.rule, { shape: '3 2' })
    const scalar = literal(3)
    scalar.twin(scalar.rule, { shape: '' })
    const flag = literal(true)
    flag.twin(flag.rule, { shape: '' })
    const empty = literal([])
    empty.twin(empty.rule, { shape: '0' })
    const empties = literal([[], []])
    empties.twin(empties.rule, { shape: '2 0' })
    const cube = literal([
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ])
    cube.twin(cube.rule, { shape: '3 2 1' })
    const mixed = literal([true, 0])
    mixed.twin(mixed.rule, { shape: '2' })
  })
  test('ragged', () => {
    const rows = literal([
      [1, 2],
      [1, 2, 3],
    ])
    rows.twin(rows.rule, { message: 'tensor: ragged array: row 0 has length 2, row 1 has length 3' })
    const deep = literal([
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 2], [3]],
    ])
    deep.twin(deep.rule, { message: 'tensor: ragged array: row [0][0] has length 2, row [1][1] has length 1' })
    const numbers = literal([1, [2, 3]])
    numbers.twin(numbers.rule, { message: 'tensor: ragged array: row 0 is a number, row 1 has length 2' })
    const arrays = literal([[1, 2], 3])
    arrays.twin(arrays.rule, { message: 'tensor: ragged array: row 0 has length 2, row 1 is a number' })
    const late = literal([[0], [1], [2], [3], [4], [5], [6], [7], [8], [9], [10, 11], [12]])
    late.twin(late.rule, { message: 'tensor: ragged array: row 0 has length 1, row 10 has length 2' })
    const several = literal([[0], [1], [2, 3], [3], [4], [5], [6], [7], [8], [9], [10, 11], []])
    several.twin(several.rule, { message: 'tensor: ragged array: row 0 has length 1, row 2 has length 2' })
    const inner = literal([
      [[1], [2]],
      [1, 2],
    ])
    inner.twin(inner.rule, { message: 'tensor: ragged array: row [0][0] has length 1, row [1][0] is a number' })
  })
  test('what is no number', () => {
    const text = literal([
      [1, 2],
      ['a', 3],
    ])
    text.twin(text.rule, { message: 'tensor: [1][0] is a string, neither a number nor a boolean' })
    const nothing = literal([1, null])
    nothing.twin(nothing.rule, { message: 'tensor: [1] is null, neither a number nor a boolean' })
    const missing = literal([undefined])
    missing.twin(missing.rule, { message: 'tensor: [0] is undefined, neither a number nor a boolean' })
    const big = literal([1n])
    big.twin(big.rule, { message: 'tensor: [0] is a bigint, neither a number nor a boolean' })
    const object = literal({ a: 1 })
    object.twin(object.rule, { message: 'tensor: an object is no tensor, give numbers or booleans' })
    const top = literal('12')
    top.twin(top.rule, { message: 'tensor: a string is no tensor, give numbers or booleans' })
  })
  test('typed rows and large arrays, at run time', () => {
    expect(literalShape(new Float32Array(3))).toStrictEqual({ shape: '3' })
    expect(literalShape([new Float32Array(2), new Float64Array(2), [1, 2]])).toStrictEqual({ shape: '3 2' })
    expect(literalShape([new Float32Array(2), new Float32Array(3)])).toStrictEqual({
      message: 'tensor: ragged array: row 0 has length 2, row 1 has length 3',
    })
    expect(literalShape([[[1], [2]], new Float32Array(2)])).toStrictEqual({
      message: 'tensor: ragged array: row [0][0] has length 1, row [1][0] is a number',
    })
    expect(literalShape([new BigInt64Array(2)])).toStrictEqual({
      message: 'tensor: [0] is an object, neither a number nor a boolean',
    })
    expect(literalShape(Array.from({ length: 2000 }, () => Array.from({ length: 500 }, () => 1)))).toStrictEqual({ shape: '2000 500' })
    const loop: unknown[] = []
    loop.push(loop)
    expect(literalShape(loop)).toStrictEqual({ message: 'tensor: an array is nested 64 deep or more' })
  })
  test('is the shape an array was built with', () => {
    const build = (shape: readonly number[]): unknown =>
      shape.length === 0 ? 1 : Array.from({ length: shape[0] ?? 0 }, () => build(shape.slice(1)))
    const positive = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
    fc.assert(
      fc.property(positive, shape => {
        expect(literalShape(build(shape))).toStrictEqual({ shape: shape.join(' ') })
      }),
    )
  })
})
