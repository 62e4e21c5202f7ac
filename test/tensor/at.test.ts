/** `at` reads values that are there; in tests, where they are not is an error, so that a wrong index is found. */
import { expect, test } from 'vitest'
import { at } from '../../src/tensor/dtype.js'

test('at reads an entry', () => {
  expect(at([3, 4], 1)).toBe(4)
  expect(at(Float32Array.of(Number.NaN), 0)).toBeNaN()
})

test('a wrong index is an error in tests', () => {
  expect(() => at([3, 4], 2)).toThrow('at: no entry 2 of 2')
  expect(() => at([3, 4], -1)).toThrow('at: no entry -1 of 2')
  expect(() => at([3, 4], 0.5)).toThrow('at: no entry 0.5 of 2')
})
