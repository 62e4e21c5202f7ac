/** Choosing entries, by hand. */
import {
  arange,
  fromArray,
  grad,
  greater,
  less,
  log,
  oneHot,
  pipe,
  reshape,
  slice,
  sum,
  type Tensor,
  take,
  tensor,
  toNested,
  where,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { claims } from '../support/claim.js'
import { right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}

describe('where', () => {
  const x = tensor([
    [1, -2],
    [-3, 4],
  ])
  test('by hand, with numbers on either side', () => {
    expect(toNested(pipe(x, greater(0), where(x, 0)))).toEqual([
      [1, 0],
      [0, 4],
    ])
    expect(toNested(pipe(x, greater(0), where(9, x)))).toEqual([
      [9, -2],
      [-3, 9],
    ])
  })
  test('broadcasts to one of the three shapes', () => {
    expect(toNested(pipe(tensor([true, false]), where(x, tensor(0))))).toEqual([
      [1, 0],
      [-3, 0],
    ])
    expect(toNested(pipe(x, greater(0), where(tensor([10, 20]), x)))).toEqual([
      [10, -2],
      [-3, 20],
    ])
    claims(pipe(zeros('n 2', { n: 3 }, 'bool'), where(zeros('2'), zeros('2'))), 'n 2', [3, 2])
  })
  test('the gradient of the side not chosen is 0', () => {
    const f = (y: Tensor<'2'>) => pipe(y, greater(0), where(pipe(y, log), 0), sum())
    expect(toNested(grad(f)(tensor([2, 4])))).toEqual([0.5, 0.25])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(where)(x, 0)(zeros('2 2')))).toEqual(['DTypeError', 'where: needs bool, not float32'])
    expect(wrong(() => loose(where)(1, 0)(zeros('2', {}, 'bool')))).toEqual(['ArgumentError', 'where: give one tensor at least'])
    expect(wrong(() => loose(where)(zeros('2', {}, 'int32'), zeros('2'))(zeros('2', {}, 'bool')))).toEqual([
      'DTypeError',
      'where: int32 and float32: dtypes differ, cast one of them',
    ])
    expect(wrong(() => loose(where)(zeros('2', {}, 'int32'), 0.5)(zeros('2', {}, 'bool')))[0]).toBe('DTypeError')
    expect(wrong(() => loose(where)(zeros('3'), zeros('3'))(zeros('2', {}, 'bool')))[0]).toBe('ShapeError')
    expect(wrong(() => loose(where)(zeros('n', { n: 2 }), 0)(zeros('n', { n: 3 }, 'bool')))).toEqual([
      'SizeError',
      "where: 'n' is 3 in one place and 2 in another: one name has one size",
    ])
  })
})

describe('slice', () => {
  const x = pipe(arange(12), reshape('3 4'))
  test.each([
    ['0', [0, 1, 2, 3]],
    ['-1', [8, 9, 10, 11]],
    ['1, 2', 6],
    [
      '1:',
      [
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
    ],
    [
      ':, 1:3',
      [
        [1, 2],
        [5, 6],
        [9, 10],
      ],
    ],
    [
      ':, ::2',
      [
        [0, 2],
        [4, 6],
        [8, 10],
      ],
    ],
    ['-2:, -1', [7, 11]],
    [
      '::2, 1:4:2',
      [
        [1, 3],
        [9, 11],
      ],
    ],
    [
      ':',
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
    ],
    ['1:1', []],
    [
      '',
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ],
    ],
  ])("'%s'", (pattern, expected) => {
    expect(toNested(slice<string>(pattern)(x))).toEqual(expected)
  })
  test('of a named axis', () => {
    const named = right(
      fromArray('batch 2')([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    )
    claims(pipe(named, slice(':, 0')), 'batch', [3])
    claims(pipe(named, slice('-2:')), '2 2', [2, 2])
    expect(toNested(pipe(named, slice('-2:, 1')))).toEqual([4, 6])
    expect(wrong(() => pipe(named, slice('2:5')))).toEqual([
      'ShapeError',
      "slice: '2:5' is out of range for axis 0 of '3 2', whose size is 3",
    ])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(slice)('1:9')(x))).toEqual(['ShapeError', "slice: '1:9' is out of range for axis 0 of '3 4', whose size is 3"])
    expect(wrong(() => loose(slice)('0, 0, 0')(x))).toEqual(['ShapeError', "slice: '0, 0, 0' has more parts than '3 4' has axes"])
    expect(wrong(() => loose(slice)('::0')(x))[0]).toBe('ShapeError')
    expect(wrong(() => loose(slice)('a')(x))[0]).toBe('ShapeError')
  })
})

describe('take', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  test('by hand, along either axis, repeated and in any order', () => {
    expect(toNested(pipe(x, take(tensor([1, 0, 1], 'int32'), 0)))).toEqual([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(toNested(pipe(x, take(tensor([2, 0], 'uint32'), -1)))).toEqual([
      [3, 1],
      [6, 4],
    ])
    expect(toNested(pipe(x, take(tensor(1, 'int32'), 0)))).toEqual([4, 5, 6])
    expect(toNested(pipe(x, take(tensor([[0, 1]], 'int32'), 1)))).toEqual([[[1, 2]], [[4, 5]]])
  })
  test('the axes of the indices stand in the place of the axis', () => {
    claims(pipe(zeros('5 4'), take(zeros('batch seq', { batch: 2, seq: 3 }, 'int32'), 0)), 'batch seq 4', [2, 3, 4])
    claims(pipe(x, take(zeros('0', {}, 'int32'), 0)), '0 3', [0, 3])
  })
  test('what does not fit', () => {
    expect(wrong(() => pipe(x, take(tensor([0, 2], 'int32'), 0)))).toEqual([
      'IndexError',
      'take: index 2 is outside 0 to 1: indices and class labels count from 0',
    ])
    expect(wrong(() => pipe(x, take(tensor([-1], 'int32'), 0)))).toEqual([
      'IndexError',
      'take: index -1 is outside 0 to 1: indices and class labels count from 0',
    ])
    expect(wrong(() => pipe(zeros('0 3'), take(tensor([0], 'int32'), 0)))).toEqual([
      'IndexError',
      'take: index 0 points into an axis of size 0',
    ])
    expect(wrong(() => loose(take)(tensor([0]), 0)(x))).toEqual(['DTypeError', "take: indices are float32: cast('int32') first"])
    expect(wrong(() => loose(take)(tensor([0], 'int32'), 2)(x))).toEqual([
      'ShapeError',
      "take: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)",
    ])
  })
})

describe('oneHot', () => {
  test('by hand; a label outside gives zeros', () => {
    expect(toNested(oneHot(3)(tensor([2, 0], 'int32')))).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ])
    expect(toNested(oneHot(2)(tensor([2, -1], 'int32')))).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(toNested(oneHot(2, 'bool')(tensor(1, 'uint32')))).toEqual([false, true])
  })
  test('a last axis for the classes', () => {
    claims(oneHot(10)(zeros('batch', { batch: 2 }, 'int32')), 'batch 10', [2, 10])
    expect(oneHot(2, 'int32')(tensor([0], 'int32')).dtype).toBe('int32')
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(oneHot)(0)(tensor([0], 'int32')))).toEqual(['ShapeError', 'oneHot: 0 classes, give a whole number from 1 up'])
    expect(wrong(() => loose(oneHot)(2)(tensor([0])))).toEqual(['DTypeError', "oneHot: labels are float32: cast('int32') first"])
  })
})

test('a comparison selects', () => {
  expect(toNested(pipe(tensor([1, 5]), less(3), where(tensor([10, 20]), -1)))).toEqual([10, -1])
})
