/** A tensor never changes: neither through what it was made from, nor through what is read from it. */
import { add, fromArray, neg, pipe, tensor, toArray, toNested, zeros } from 'pullback'
import { expect, test } from 'vitest'
import { right } from '../support/either.js'

test('toArray is a copy', () => {
  const x = tensor([1, 2, 3])
  toArray(x)[0] = 99
  expect([...toArray(x)]).toEqual([1, 2, 3])
})

test('toArray of a uniform tensor is a copy', () => {
  const x = zeros('3')
  toArray(x)[0] = 99
  expect([...toArray(x)]).toEqual([0, 0, 0])
})

test('the array that a tensor was made from may change', () => {
  const row = [1, 2]
  const flat = new Float32Array([1, 2, 3, 4])
  const made = right(fromArray('n')(row))
  const filled = right(fromArray('2 n')(flat))
  const rows = right(fromArray('n 4')([flat]))
  row[0] = 99
  flat[0] = 99
  expect([toNested(made), toNested(filled), toNested(rows)]).toEqual([
    [1, 2],
    [
      [1, 2],
      [3, 4],
    ],
    [[1, 2, 3, 4]],
  ])
})

test('an operation leaves its operands', () => {
  const x = tensor([1, 2])
  pipe(x, add(1), neg)
  pipe(tensor([5, 6]), add(x))
  expect([...toArray(x)]).toEqual([1, 2])
})

test('a tensor and its sizes are frozen', () => {
  const x = tensor([[1, 2]])
  expect(Object.isFrozen(x)).toBe(true)
  expect(Object.isFrozen(x.sizes)).toBe(true)
  expect(() => Object.assign(x, { shape: '2 1' })).toThrow(TypeError)
  expect(() => Object.assign(x.sizes, [2, 1])).toThrow(TypeError)
})
