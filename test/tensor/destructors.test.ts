import { cast, mean, ones, pipe, refine, sum, type Tensor, tensor, toArray, toNested, toNumber, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { problem, right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

/** A tensor whose shape the compiler no longer knows. */
const gradual = (x: Tensor<string>): Tensor<string> => x

describe('refine', () => {
  test('binds names and keeps the values', () => {
    const x = right(
      refine('batch 3')(
        gradual(
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      ),
    )
    expect([x.shape, x.sizes, toNested(x)]).toEqual([
      'batch 3',
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ])
    expect(right(refine('')(gradual(tensor(5)))).shape).toBe('')
    expect(right(refine('n n')(gradual(zeros('3 3')))).sizes).toEqual([3, 3])
    expect(right(refine('4 2')(gradual(zeros('batch 2', { batch: 4 })))).shape).toBe('4 2')
  })
  test('refining to its own shape changes nothing', () => {
    const x = zeros('batch 3', { batch: 2 })
    expect(right(refine('batch 3')(x))).toBe(x)
  })
  test.each([
    ['n n', '2 3', 'SizeError', "refine: 'n' is 2 in one place and 3 in another: one name has one size"],
    ['batch 3', '2 4', 'ShapeError', "refine: '2 4' does not fit 'batch 3': '4' is not '3'"],
    ['a b', '2', 'ShapeError', "refine: '2' does not fit 'a b': it has 1 axis, not 2"],
    ['', '2 3', 'ShapeError', "refine: '2 3' does not fit '': it has 2 axes, not 0"],
    ['a,b', '2', 'ShapeError', "shape 'a,b': write one space between axes"],
  ])("'%s' from '%s'", (pattern, shape, tag, message) => {
    expect(problem(refine<string>(pattern)(ones<string>(shape)))).toEqual([tag, message])
  })
  test('the fields of a SizeError', () => {
    const result = refine('n n')(gradual(zeros('2 3')))
    expect(result).toMatchObject({ left: { _tag: 'SizeError', op: 'refine', axis: 'n', first: 2, second: 3 } })
  })
})

describe('numbers out', () => {
  test('nested arrays of every rank', () => {
    expect(toNested(tensor(2))).toBe(2)
    expect(toNested(tensor([[[1, 2]], [[3, 4]]]))).toEqual([[[1, 2]], [[3, 4]]])
    expect(toNested(zeros('2 0'))).toEqual([[], []])
    expect(toNested(zeros('0 2'))).toEqual([])
    expect(toNested(tensor([[true], [false]]))).toEqual([[true], [false]])
  })
  test('the number of a scalar', () => {
    expect(toNumber(pipe(tensor([1, 2, 3]), sum()))).toBe(6)
    expect(toNumber(pipe(tensor([true, false]), cast('float32'), mean()))).toBe(0.5)
    expect(toNumber(tensor(true))).toBe(1)
  })
  test('a number of more than a scalar', () => {
    expect(errorOf(() => loose(toNumber)(ones('2'))).message).toBe("toNumber: '2' is not a scalar: reduce it first, or use toArray")
  })
  test('row-major order', () => {
    expect([
      ...toArray(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ]).toEqual([1, 2, 3, 4])
  })
})
