/** Comparison within a tolerance: what passes, and of what does not the worst entry, named. */
import { jit, tensor, zeros } from 'pullback'
import { type AllCloseMatchers, assertAllClose, matchers } from 'pullback/testing'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

declare module 'vitest' {
  interface Matchers<T> extends AllCloseMatchers<T> {}
}

expect.extend(matchers)

const [nan, infinity] = [Number.NaN, Number.POSITIVE_INFINITY]
const messageOf = (actual: object, expected: object, tolerance?: object): string => {
  try {
    assertAllClose(actual, expected, tolerance)
    return 'close'
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^assertAllClose: /, '') : ''
  }
}

describe('what is close', () => {
  test('equal trees, however their numbers are stored', () => {
    expect({ w: zeros('2'), b: [tensor(1)] }).toBeAllClose({ w: tensor([0, -0]), b: [tensor(1)] })
    expect([]).toBeAllClose([])
    expect(zeros('0 3')).toBeAllClose(zeros('0 3'))
  })
  test('numbers up to atol + rtol · |expected| apart, the bound included', () => {
    const within = { atol: 0.25, rtol: 0.5 }
    // 0.25 + 0.5 · 2 = 1.25
    assertAllClose(tensor([3.25, 0.75]), tensor([2, 2]), within)
    expect(tensor([3.2500002, 2])).not.toBeAllClose(tensor([2, 2]), within)
    expect(tensor([2, 2])).not.toBeAllClose(tensor([2, 2.0001]))
    // The bound follows the number expected, not the other.
    assertAllClose(tensor(1), tensor(2), { atol: 0, rtol: 0.5 })
    expect(tensor(2)).not.toBeAllClose(tensor(1), { atol: 0, rtol: 0.5 })
  })
  test('by default what float32 and float64 round away, and no more', () => {
    expect(tensor(1 + 1e-6)).toBeAllClose(tensor(1))
    expect(tensor(1 + 1e-4)).not.toBeAllClose(tensor(1))
    expect(tensor(1 + 1e-8, 'float64')).toBeAllClose(tensor(1, 'float64'))
    expect(tensor(1 + 1e-6, 'float64')).not.toBeAllClose(tensor(1, 'float64'))
    expect(tensor(2_000_001, 'int32')).not.toBeAllClose(tensor(2_000_000, 'int32'))
    expect(tensor(2_000_001, 'int32')).toBeAllClose(tensor(2_000_000, 'int32'), { atol: 1 })
    expect(tensor(true)).not.toBeAllClose(tensor(false))
  })
  test('NaN to NaN and an infinity to itself, and to nothing else', () => {
    assertAllClose(tensor([nan, infinity, -infinity]), tensor([nan, infinity, -infinity]))
    for (const [a, b] of [
      [nan, 0],
      [0, nan],
      [infinity, -infinity],
      [infinity, 3e38],
      [3e38, infinity],
      [nan, infinity],
    ] as const)
      expect(tensor(a)).not.toBeAllClose(tensor(b), { atol: infinity, rtol: infinity })
  })
})

describe('of what is not close', () => {
  test('the worst entry is named, by how often its bound goes into the difference', () => {
    const expected = {
      w: [
        tensor([
          [1000, 1, 1],
          [1, 1, 1],
        ]),
      ],
      b: tensor([0]),
    }
    const actual = {
      w: [
        tensor([
          [1002, 1, 1],
          [1, 1, 1.5],
        ]),
      ],
      b: tensor([0]),
    }
    expect(messageOf(actual, expected, { rtol: 0.001, atol: 0 })).toBe(
      '2 of 7 entries are beyond the tolerance, the worst is w.0[1, 2]: 1.5 where 1 is expected, a difference of 0.5 where 0.001 is allowed (atol 0 + rtol 0.001 · |expected|)',
    )
    // Without a tolerance all are infinitely beyond it, and the greatest difference is the worst.
    expect(messageOf(actual, expected, { rtol: 0, atol: 0 })).toContain('w.0[0, 0]: 1002 where 1000 is expected, a difference of 2 where 0')
  })
  test('a NaN is worse than any number', () => {
    expect(messageOf(tensor([1e30, nan]), tensor([0, 0]))).toBe(
      '2 of 2 entries are beyond the tolerance, the worst is [1]: NaN where 0 is expected, a difference of NaN where 0.00001 is allowed (atol 0.00001 + rtol 0.0000013 · |expected|)',
    )
  })
  test('a scalar has no index', () => {
    expect(messageOf(tensor(1), tensor(2))).toMatch(
      /^1 of 1 entries is beyond the tolerance, the worst is the scalar: 1 where 2 is expected/,
    )
    expect(messageOf({ b: tensor(1) }, { b: tensor(2) })).toContain('the worst is b: 1 where 2')
  })
  test('forms, shapes and dtypes, by the first place that differs', () => {
    expect(messageOf({ w: tensor(1) }, { v: tensor(1) })).toBe('the argument is a record of (w) where a record of (v) is expected')
    expect(messageOf({ w: [tensor(1)] }, { w: tensor(1) })).toBe("'w' is a tuple of 1 where a tensor is expected")
    expect(messageOf([tensor(1), tensor([1, 2])], [tensor(1), tensor([[1, 2]])])).toBe("'1' is float32 '2' where float32 '1 2' is expected")
    expect(messageOf(tensor(1), tensor(1, 'float64'))).toBe("the argument is float32 '' where float64 '' is expected")
    expect(messageOf(zeros('n', { n: 2 }), zeros('n', { n: 3 }))).toMatch(/^the argument is float32 'n'.* where float32 'n'.* is expected$/)
  })
  test('the matcher says the same', () => {
    expect(() => expect(tensor(1)).toBeAllClose(tensor(2))).toThrow('toBeAllClose: 1 of 1 entries is beyond the tolerance')
    expect(() => expect(tensor(1)).not.toBeAllClose(tensor(1))).toThrow('toBeAllClose: all 1 entries are within the tolerance')
    expect(matchers.toBeAllClose(tensor(1), tensor(1)).pass).toBe(true)
  })
  test('the error is an assertion that failed', () => {
    expect(() => assertAllClose(tensor(1), tensor(2))).toThrow(expect.objectContaining({ name: 'AssertionError' }))
  })
})

test('what cannot be compared', () => {
  expect(errorOf(() => assertAllClose(tensor(1), tensor(1), { rtol: -1 })).message).toBe(
    'assertAllClose: rtol is -1: give a number from 0 up',
  )
  expect(errorOf(() => assertAllClose(tensor(1), tensor(1), { atol: nan })).message).toBe(
    'assertAllClose: atol is NaN: give a number from 0 up',
  )
  expect(errorOf(() => loose(assertAllClose)([1], [1])).message).toContain("assertAllClose: '0' is a number, not a tensor")
  jit((x: typeof one) => {
    expect(errorOf(() => assertAllClose(x, one))._tag).toBe('TraceError')
    return x
  })(one)
})
const one = tensor([1])
