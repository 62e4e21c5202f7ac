/** Derivatives where the function's value has rounded away what they are made of: tails, limits, undefined points. On each engine. */
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import * as primitive from '../../src/primitives/index.js'
import type { Value } from '../../src/tensor/index.js'
import { engines } from '../support/engines.js'
import { expectClose, type Float, forward, numbers, type OfEntries, reverse } from '../support/slopes.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
/** 1 / (1 + e^x) without overflow. */
const falling = (x: number): number => (x > 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x)))
const slopeOfSigmoid = (x: number): number => falling(x) * falling(-x)
const slopeOfTanh = (x: number): number => {
  const e = Math.exp(-2 * Math.abs(x))
  return (4 * e) / (1 + e) ** 2
}

/** Between the ends of what float32 can tell from 0, around the places where the rules change their form, and in the float64 tail. */
const points = [
  -80, -43, -20, -17, -10, -9, -5, -1.5, -1, -0.97, -0.5, -1e-3, -1e-30, -0, 0, 1e-30, 1e-3, 0.5, 0.97, 1, 1.5, 5, 9, 10, 17, 20, 40, 43,
  80,
]

interface Known {
  readonly of: string
  readonly f: OfEntries
  readonly slope: (x: number) => number
  readonly second: (x: number) => number
}

const known: readonly Known[] = [
  {
    of: 'sigmoid',
    f: primitive.sigmoid,
    slope: slopeOfSigmoid,
    // σ(-x) - σ(x) = -tanh(x / 2)
    second: x => -slopeOfSigmoid(x) * Math.tanh(x / 2),
  },
  { of: 'tanh', f: primitive.tanh, slope: slopeOfTanh, second: x => -2 * Math.tanh(x) * slopeOfTanh(x) },
  { of: 'expm1', f: primitive.expm1, slope: Math.exp, second: Math.exp },
]

describe.each(engines)('on the %s engine', (_, engine) => {
  const on = (f: OfEntries, x: Value): readonly number[] => withEngine(engine)(() => numbers(f(x)))

  describe.each(known)('the derivative of $of', ({ f, slope, second }) => {
    test.each<Float>(['float32', 'float64'])('has its digits in the tails, in both modes: %s', dtype => {
      const x = vector(points, dtype)
      for (const derivative of [reverse(f), forward(f)])
        on(derivative, x).forEach((found, i) => {
          // Eight units: 1 - y² at y = ¾ has four of y's own 1.25.
          expectClose(found, slope(numbers(x)[i] ?? nan), dtype, 8)
        })
    })

    test.each<Float>(['float32', 'float64'])('is differentiated with its digits once more: %s', dtype => {
      const x = vector(
        points.filter(point => Math.abs(point) > 1e-3 && Math.abs(point) < 40),
        dtype,
      )
      on(reverse(reverse(f)), x).forEach((found, i) => {
        const at = numbers(x)[i] ?? nan
        // A difference of terms of up to the slope's size: σ(-x) - σ(x) has fewer digits near 0.
        expectClose(found, second(at), dtype, 40 * Math.max(1, Math.abs(slope(at) / second(at))))
      })
    })
  })

  test.each<Float>(['float32', 'float64'])('is 0 at the ends of the saturated functions, and NaN at NaN: %s', dtype => {
    const x = vector([-inf, inf, nan], dtype)
    for (const f of [primitive.sigmoid, primitive.tanh]) {
      expect(on(reverse(f), x).map(value => value + 0)).toEqual([0, 0, nan])
      expect(on(forward(f), x).map(value => value + 0)).toEqual([0, 0, nan])
      expect(on(reverse(reverse(f)), x).map(value => value + 0)).toEqual([0, 0, nan])
    }
    expect(on(reverse(primitive.expm1), x)).toEqual([0, inf, nan])
  })

  test('published values: σ′, tanh′ and expm1′ far out', () => {
    expectClose(on(reverse(primitive.sigmoid), vector([17], 'float32'))[0] ?? nan, 4.139937418e-8, 'float32', 8)
    expectClose(on(reverse(primitive.sigmoid), vector([40]))[0] ?? nan, 4.248354255291589e-18, 'float64', 8)
    expectClose(on(reverse(primitive.tanh), vector([9], 'float32'))[0] ?? nan, 6.091996e-8, 'float32', 8)
    expectClose(on(reverse(primitive.tanh), vector([10], 'float32'))[0] ?? nan, 8.2446145e-9, 'float32', 8)
    expectClose(on(reverse(primitive.expm1), vector([-17], 'float32'))[0] ?? nan, 4.139937718785167e-8, 'float32', 8)
  })

  describe('the derivative of rem by y', () => {
    const byY = (x: readonly number[], y: readonly number[], dtype: Float): readonly number[] =>
      on(z => reverse(w => primitive.rem(vector(x, dtype), w))(z), vector(y, dtype))

    test('counts how often y goes into x: the quotient of floats may be rounded up to a whole number', () => {
      // The float32 nearest to 0.1 is above it.
      expect(byY([1, 5, -1, 1, 7, -7, 7], [0.1, 0.1, 0.1, -0.1, 2, 2, -2], 'float32')).toEqual([-9, -49, 9, 9, -3, 3, 3])
      expect(byY([1, 5, 7.5], [0.1, 0.1, 2.5], 'float64')).toEqual([-9, -49, -3])
    })

    test.each<Float>(['float32', 'float64'])(
      'is the quotient of whole numbers, as long as that has a few digits less than the dtype: %s',
      dtype => {
        // Products of whole numbers k · n + r are exact, so the quotient is k.
        const cases = [3, 7, 10, 1023].flatMap(n => [0, 1, 2, 1000, 4095].flatMap(k => [0, 1, n - 1].map(r => [k * n + r, n, k] as const)))
        const found = byY(
          cases.map(([x]) => x),
          cases.map(([, y]) => y),
          dtype,
        )
        expect(found.map(value => value + 0)).toEqual(cases.map(([, , k]) => -k + 0))
      },
    )

    test('of an infinite divisor, of a greater one, of none', () => {
      expect(byY([3, 3, -3], [inf, 5, 5], 'float64').map(value => value + 0)).toEqual([0, 0, 0])
      expect(byY([3, inf], [0, 2], 'float64')).toEqual([nan, nan])
    })
  })

  describe('the derivatives of pow', () => {
    const rows: readonly (readonly [x: number, y: number, byX: number, byY: number])[] = [
      [0, 0, 0, 0],
      [0, 1, 1, 0],
      [0, 2, 0, 0],
      [0, 0.5, inf, 0],
      [0, -1, -inf, -inf],
      [-2, 3, 12, nan],
      [-2, 2, -4, nan],
      [-2, 0, -0, nan],
      [-2, -1, -0.25, nan],
      [2, 0, 0, Math.LN2],
      [1, 5, 5, 0],
      [inf, 1, 1, inf],
      [inf, 0, 0, inf],
      [inf, -1, -0, 0],
      [nan, 2, nan, nan],
      [2, nan, nan, nan],
      // Where the power is 0 for all bases nearby, so is the slope; where it is infinite nearby, or jumps, y x^(y-1) is.
      [2, -inf, 0, 0],
      [-2, -inf, 0, nan],
      [inf, -inf, 0, 0],
      [0.5, inf, 0, 0],
      [-0.5, inf, 0, nan],
      [0, inf, 0, 0],
      [2, inf, inf, inf],
      [0.5, -inf, -inf, -inf],
      [1, inf, inf, 0],
      [1, -inf, -inf, 0],
      [nan, inf, nan, nan],
    ]
    const [xs, ys] = [vector(rows.map(([x]) => x)), vector(rows.map(([, y]) => y))]

    test('by the base', () => {
      on(z => reverse(x => primitive.pow(x, ys))(z), xs).forEach((found, i) => {
        expect(found + 0, `${rows[i]}`).toBe((rows[i]?.[2] ?? nan) + 0)
      })
    })
    test('by the exponent', () => {
      on(z => reverse(y => primitive.pow(xs, y))(z), ys).forEach((found, i) => {
        expectClose(found, rows[i]?.[3] ?? 0, 'float64', 4)
      })
    })
    test('twice where it is 0 for all bases nearby: 0 too', () => {
      const twice = (x: readonly number[], y: readonly number[], dtype: Float): readonly number[] =>
        on(reverse(reverse(z => primitive.pow(z, vector(y, dtype)))), vector(x, dtype))
      for (const dtype of ['float32', 'float64'] as const)
        expect(twice([2, 0.5, 0], [-inf, inf, inf], dtype).map(value => value + 0)).toEqual([0, 0, 0])
    })
    test('twice by the base at 0: 2 of x², 6x of x³', () => {
      expect(on(reverse(reverse(x => primitive.pow(x, vector([1, 2, 3])))), vector([0, 0, 0])).map(value => value + 0)).toEqual([0, 2, 0])
    })
  })

  test('of two that are compared, where one is NaN: neither is lost', () => {
    for (const f of [primitive.maximum, primitive.minimum]) {
      expect(on(x => reverse(y => f(y, vector([1])))(x), vector([nan]))).toEqual([1])
      expect(on(x => reverse(y => f(vector([nan]), y))(x), vector([1]))).toEqual([1])
      expect(on(x => reverse(y => f(y, vector([1])))(x), vector([1]))).toEqual([0.5])
    }
  })
})
