import * as fc from 'fast-check'
import { arange, broadcastTo, eye, full, linspace, ones, pipe, random, repeat, sub, tensor, toArray, toNested, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const messageOf = (f: () => unknown): string => errorOf(f).message

describe('uniform tensors', () => {
  test('zeros, ones and any value', () => {
    expect(toNested(zeros('2 2'))).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(toNested(ones('2'))).toEqual([1, 1])
    expect(toNested(full(-2.5)('3'))).toEqual([-2.5, -2.5, -2.5])
    expect(toNested(full(7)(''))).toBe(7)
  })
  test('a name takes its size', () => {
    const x = ones('batch 3 batch', { batch: 2 })
    expect([x.shape, x.sizes]).toEqual(['batch 3 batch', [2, 3, 2]])
    expect(zeros('n+1', { n: 4 }).sizes).toEqual([5])
    expect(zeros('n', { n: 0 }).sizes).toEqual([0])
  })
  test('every dtype has its array', () => {
    expect(toArray(zeros('1'))).toEqual(new Float32Array([0]))
    expect(toArray(ones('1', {}, 'float64'))).toEqual(new Float64Array([1]))
    expect(toArray(ones('1', {}, 'int32'))).toEqual(new Int32Array([1]))
    expect(toArray(ones('1', {}, 'uint32'))).toEqual(new Uint32Array([1]))
    expect(toArray(ones('1', {}, 'bool'))).toEqual(new Uint8Array([1]))
  })
  test('float32 rounds, what other dtypes do not hold is an error', () => {
    expect(toNested(full(0.1)('1'))).toEqual([Math.fround(0.1)])
    expect(toNested(full(0.1)('1', {}, 'float64'))).toEqual([0.1])
    expect(messageOf(() => full(1.5)('2', {}, 'int32'))).toBe('full: 1.5 is not a value of int32: ask for another dtype')
    expect(messageOf(() => full(Number.NaN)('2', {}, 'int32'))).toBe('full: NaN is not a value of int32: ask for another dtype')
    expect(messageOf(() => full(-1)('2', {}, 'uint32'))).toBe('full: -1 is not a value of uint32: ask for another dtype')
    expect(messageOf(() => full(2)('2', {}, 'bool'))).toBe('full: 2 is not a value of bool: ask for another dtype')
  })
})

test('a uniform tensor is the same number as one with an array, also inside an operation', () => {
  // 0.999 is no float32: 1 - 0.999 would differ in the fifth digit if the rounding came later.
  const uniform = pipe(full(0.999)('2'), sub(1))
  const array = pipe(tensor([0.999, 0.999]), sub(1))
  expect(toNested(uniform)).toEqual(toNested(array))
  expect(toNested(pipe(ones('2'), sub(0.999)))).toEqual(toNested(pipe(tensor([1, 1]), sub(tensor([0.999, 0.999])))))
})

describe('ranges', () => {
  const linspaceOf = (start: number, stop: number, n: number): readonly number[] => [...toArray(linspace(start, stop, n, 'float64'))]
  test('arange counts from 0', () => {
    expect([arange(4).dtype, toNested(arange(4))]).toEqual(['int32', [0, 1, 2, 3]])
    expect(arange(4, 'float32').dtype).toBe('float32')
    expect(arange(0).sizes).toEqual([0])
  })
  test('linspace has both its ends', () => {
    expect(toNested(linspace(0, 1, 5))).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(toNested(linspace(1, -1, 3))).toEqual([1, 0, -1])
    expect(toNested(linspace(3, 9, 1))).toEqual([3])
    expect(toNested(linspace(3, 9, 0))).toEqual([])
    expect(messageOf(() => linspace(0, 1, 3, 'int32'))).toBe('linspace: 0.5 is not a value of int32: ask for another dtype')
  })
  test('linspace ends exactly where it is told, whatever the steps round to', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.integer({ min: 2, max: 40 }), (start, stop, n) => {
        const values = linspaceOf(start, stop, n)
        expect([values[0], values.at(-1)]).toEqual([start, stop])
        const singles = toArray(linspace(start, stop, n))
        expect([singles[0], singles.at(-1)]).toEqual([Math.fround(start), Math.fround(stop)])
        if (!Number.isFinite(start) || !Number.isFinite(stop)) return
        // In order, and so between the ends.
        const signs = values.slice(1).map((value, i) => Math.sign(value - (values[i] ?? 0)))
        expect(signs.every(sign => sign === 0 || sign === Math.sign(stop - start))).toBe(true)
      }),
      draws(31, 300),
    )
    expect(linspaceOf(-3.7, -7.1328571428571435, 11).at(-1)).toBe(-7.1328571428571435)
  })
  test('linspace between ends whose distance is beyond float64', () => {
    expect(toNested(linspace(1e308, -1e308, 3, 'float64'))).toEqual([1e308, 0, -1e308])
    // Terms of up to 1.7e308 are rounded by 1e292. Between the second ends the way is finite, five times as long it is not.
    for (const [start, stop, n] of [
      [-1.7e308, 1.7e308, 5],
      [0, 1e308, 6],
    ] as const)
      linspaceOf(start, stop, n).forEach((value, i, all) => {
        const part = i / (all.length - 1)
        expect(Math.abs(value - (start * (1 - part) + stop * part))).toBeLessThanOrEqual(2e292)
      })
    expect(toNested(linspace(-3e38, 3e38, 3))).toEqual([Math.fround(-3e38), 0, Math.fround(3e38)])
  })
  test('arange refuses numbers that float32 would give twice', () => {
    expect(messageOf(() => arange(2 ** 24 + 2, 'float32'))).toBe('arange: 16777217 is not a value of float32: ask for another dtype')
  })
  test('eye', () => {
    expect(toNested(eye(3))).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
    expect(toNested(eye(1, 'bool'))).toEqual([[true]])
    expect(eye(0).sizes).toEqual([0, 0])
  })
})

describe('literals', () => {
  test('the shape is read off', () => {
    expect([tensor(1).shape, tensor([1, 2]).shape, tensor([[1], [2]]).shape, tensor([[[]]]).shape]).toEqual(['', '2', '2 1', '1 1 0'])
  })
  test('values are rounded to float32 unless float64 is asked for', () => {
    expect(toNested(tensor([0.1]))).toEqual([Math.fround(0.1)])
    expect(toNested(tensor([0.1], 'float64'))).toEqual([0.1])
  })
  test('booleans are bool', () => {
    const x = tensor([[true], [false]])
    expect([x.dtype, toNested(x), toArray(x)]).toEqual(['bool', [[true], [false]], new Uint8Array([1, 0])])
    expect(toNested(tensor(true))).toBe(true)
  })
  test('the ends of the integers', () => {
    expect(toNested(tensor([-(2 ** 31), 2 ** 31 - 1], 'int32'))).toEqual([-(2 ** 31), 2 ** 31 - 1])
    expect(toNested(tensor([0, 2 ** 32 - 1], 'uint32'))).toEqual([0, 2 ** 32 - 1])
  })
  test('a scalar keeps its -0 and its NaN', () => {
    expect(Object.is(toNested(tensor(-0)), -0)).toBe(true)
    expect(toNested(tensor([Number.NaN, Number.NEGATIVE_INFINITY]))).toEqual([Number.NaN, Number.NEGATIVE_INFINITY])
  })
})

describe('what is given in the place of the sizes', () => {
  const refused = [
    ['zeros', () => loose(zeros)('3', 'int32')],
    ['ones', () => loose(ones)('n', 3)],
    ['full', () => loose(full(2))('3', 'float64')],
    ['normal', () => loose(random.normal)('3', 'float64')(random.key(0))],
    ['bits', () => loose(random.bits)('3', [3])(random.key(0))],
    ['broadcastTo', () => loose(broadcastTo)('n 3', null)(zeros('3'))],
    ['broadcastTo', () => loose(broadcastTo)('3 3', 'int32')(zeros('3'))],
    ['repeat', () => loose(repeat)('a -> a b', 4)(zeros('3'))],
  ] as const
  test.each(refused)('%s refuses what is no record of sizes', (op, call) => {
    expect(call).toThrow(new RegExp(`^${op}: .* is no record of sizes: give one, such as \\{ n: 4 \\}`))
  })
})
