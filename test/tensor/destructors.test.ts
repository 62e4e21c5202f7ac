import { cast, mean, ones, pipe, sum, tensor, toArray, toNested, toNumber, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

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
