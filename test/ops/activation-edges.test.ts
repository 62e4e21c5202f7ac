/** Activation functions at the edges: NaN, infinities, signed zeros, saturated tails; values and derivatives, in both modes, on each engine. */
import { clip, elu, geluTanh, leakyRelu, logSigmoid, relu, selu, sigmoid, silu, softplus, tanh } from 'pullback'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { typed, type Value } from '../../src/tensor/index.js'
import { jit } from '../../src/transform/index.js'
import { engines } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { expectClose, type Float, forward, numbers, type OfEntries, reverse } from '../support/slopes.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const each = (f: unknown): OfEntries => typed<OfEntries>(f)

const sigma = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))
const [lambda, alpha] = [1.0507009873554805, 1.6732632423543772]
/** geluTanh is x σ(v). */
const v = (x: number): number => 2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)
const slopeOfV = (x: number): number => 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x ** 2)

interface Known {
  readonly f: OfEntries
  readonly value: (x: number) => number
  readonly slope: (x: number) => number
  /** Values at -∞ and ∞, and slopes. */
  readonly ends: readonly [left: number, right: number]
  readonly slopes: readonly [left: number, right: number]
  /** Units in the last place: what the argument of e was rounded by counts as often as that argument is great. */
  readonly units: number
}

const known: { readonly [name: string]: Known } = {
  relu: { f: each(relu), value: x => Math.max(x, 0), slope: x => Number(x > 0), ends: [0, inf], slopes: [0, 1], units: 0 },
  leakyRelu: {
    f: each(leakyRelu(0.25)),
    value: x => (x > 0 ? x : x / 4),
    slope: x => (x > 0 ? 1 : 0.25),
    ends: [-inf, inf],
    slopes: [0.25, 1],
    units: 0,
  },
  'leakyRelu of slope 0': {
    f: each(leakyRelu(0)),
    value: x => Math.max(x, 0),
    slope: x => Number(x > 0),
    ends: [0, inf],
    slopes: [0, 1],
    units: 0,
  },
  elu: {
    f: each(elu()),
    value: x => (x > 0 ? x : Math.expm1(x)),
    slope: x => (x > 0 ? 1 : Math.exp(x)),
    ends: [-1, inf],
    slopes: [0, 1],
    units: 4,
  },
  selu: {
    f: each(selu),
    value: x => lambda * (x > 0 ? x : alpha * Math.expm1(x)),
    slope: x => lambda * (x > 0 ? 1 : alpha * Math.exp(x)),
    ends: [-lambda * alpha, inf],
    slopes: [0, lambda],
    units: 6,
  },
  silu: {
    f: each(silu),
    value: x => x * sigma(x),
    slope: x => sigma(x) + x * sigma(x) * sigma(-x),
    ends: [0, inf],
    slopes: [0, 1],
    units: 60,
  },
  geluTanh: {
    f: each(geluTanh),
    value: x => x * sigma(v(x)),
    slope: x => sigma(v(x)) + x * sigma(v(x)) * sigma(-v(x)) * slopeOfV(x),
    ends: [0, inf],
    slopes: [0, 1],
    units: 400,
  },
  softplus: {
    f: each(softplus),
    value: x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    slope: sigma,
    ends: [0, inf],
    slopes: [0, 1],
    units: 6,
  },
  logSigmoid: {
    f: each(logSigmoid),
    value: x => -(Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    slope: x => sigma(-x),
    ends: [-inf, 0],
    slopes: [1, 0],
    units: 6,
  },
  sigmoid: { f: each(sigmoid), value: sigma, slope: x => sigma(x) * sigma(-x), ends: [0, 1], slopes: [0, 0], units: 8 },
  tanh: { f: each(tanh), value: Math.tanh, slope: x => 4 * sigma(2 * x) * sigma(-2 * x), ends: [-1, 1], slopes: [0, 0], units: 8 },
  clip: {
    f: each(clip(-2, 2)),
    value: x => Math.min(Math.max(x, -2), 2),
    slope: x => Number(Math.abs(x) < 2),
    ends: [-2, 2],
    slopes: [0, 0],
    units: 0,
  },
}

const points = [-30, -20, -17, -9, -5.5, -4, -3, -1, -0.5, -1e-5, 1e-5, 0.5, 1, 3, 4, 5.5, 9, 17, 20, 30]

describe.each(engines)('on the %s engine', (_, engine) => {
  const on = (f: OfEntries, x: Value): readonly number[] => withEngine(engine)(() => numbers(f(x)))
  const unsigned = (f: OfEntries, x: Value): readonly number[] => on(f, x).map(value => value + 0)

  describe.each(Object.entries(known))('%s', (_, { f, value, slope, ends, slopes, units }) => {
    test.each<Float>(['float32', 'float64'])('has its digits in the tails, and so have its derivatives: %s', dtype => {
      const x = vector(points, dtype)
      const at = numbers(x)
      for (const [g, expected] of [
        [f, value],
        [reverse(f), slope],
        [forward(f), slope],
      ] as const)
        on(g, x).forEach((found, i) => {
          expectClose(found, expected(at[i] ?? nan), dtype, Math.max(units, 1))
        })
    })

    test.each<Float>(['float32', 'float64'])('has its limits at the infinities and far out, and keeps NaN: %s', dtype => {
      expect(unsigned(f, vector([-inf, inf, nan], dtype))).toEqual([...ends.map(end => numbers(vector([end], dtype))[0]), nan].map(Number))
      const far = vector([-inf, -1e20, 1e20, inf], dtype)
      const [left, right] = slopes.map(end => numbers(vector([end], dtype))[0] ?? nan)
      const expected = [left, left, right, right]
      expect(unsigned(reverse(f), far)).toEqual(expected)
      expect(unsigned(forward(f), far)).toEqual(expected)
      expect(
        unsigned(
          jit((y: Value) => reverse(f)(y), { engine }),
          far,
        ),
      ).toEqual(expected)
      // Nothing curves there.
      expect(unsigned(reverse(reverse(f)), far)).toEqual([0, 0, 0, 0])
      expect(unsigned(forward(forward(f)), far)).toEqual([0, 0, 0, 0])
    })
  })

  test('relu: NaN stays NaN, and -0 becomes 0; the derivative at both zeros is 0', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      expect(on(each(relu), vector([nan, -0, 0, -1, 1], dtype))).toEqual([nan, 0, 0, 0, 1])
      expect(
        on(
          jit((y: Value) => each(relu)(y), { engine }),
          vector([nan, -0, 0, -1, 1], dtype),
        ),
      ).toEqual([nan, 0, 0, 0, 1])
      expect(on(reverse(each(relu)), vector([-0, 0], dtype))).toEqual([0, 0])
    }
  })

  test('derivatives at 0 of the functions that are smooth there', () => {
    const [half, quarter] = [
      [0.5, 0.5],
      [0.25, 0.25],
    ]
    for (const dtype of ['float32', 'float64'] as const) {
      const zeros = vector([0, -0], dtype)
      for (const f of [silu, geluTanh, softplus, logSigmoid]) expect(on(reverse(each(f)), zeros)).toEqual(half)
      expect(on(reverse(reverse(each(softplus))), zeros)).toEqual(quarter)
      // silu″(0) = 2 σ′(0)
      expect(on(reverse(reverse(each(silu))), zeros)).toEqual(half)
    }
  })
})

test('a slope or an alpha that is not finite is refused', () => {
  expect(errorOf(() => leakyRelu(Number.NaN)).message).toBe('leakyRelu: the slope is NaN: give a finite number')
  expect(errorOf(() => elu(inf)).message).toBe('elu: alpha is Infinity: give a finite number')
})
