/** Activation functions: by hand, and finite where their formulas overflow. */
import * as fc from 'fast-check'
import {
  elu,
  type Float,
  gelu,
  geluTanh,
  grad,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  pipe,
  relu,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  sum,
  type Tensor,
  tanh,
  tensor,
  toArray,
  toNested,
  toNumber,
  vjp,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { typed } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Activation = <S extends string, D extends Float>(x: Tensor<S, D>) => Tensor<S, D>
const each = (f: unknown): Activation => typed<Activation>(f)

interface Known {
  readonly f: Activation
  readonly formula: (x: number) => number
  /** The slope far to the left and far to the right. */
  readonly slopes: readonly [left: number, right: number]
}

const sigma = (x: number): number => 1 / (1 + Math.exp(-x))
const lambda = 1.0507009873554805
const known: { readonly [name: string]: Known } = {
  relu: { f: each(relu), formula: x => Math.max(x, 0), slopes: [0, 1] },
  leakyRelu: { f: each(leakyRelu()), formula: x => (x > 0 ? x : 0.01 * x), slopes: [0.01, 1] },
  'leakyRelu 0.2': { f: each(leakyRelu(0.2)), formula: x => (x > 0 ? x : 0.2 * x), slopes: [0.2, 1] },
  elu: { f: each(elu()), formula: x => (x > 0 ? x : Math.expm1(x)), slopes: [0, 1] },
  'elu 2': { f: each(elu(2)), formula: x => (x > 0 ? x : 2 * Math.expm1(x)), slopes: [0, 1] },
  selu: { f: each(selu), formula: x => lambda * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)), slopes: [0, lambda] },
  geluTanh: {
    f: each(geluTanh),
    formula: x => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    slopes: [0, 1],
  },
  silu: { f: each(silu), formula: x => x * sigma(x), slopes: [0, 1] },
  softplus: { f: each(softplus), formula: x => Math.log(1 + Math.exp(x)), slopes: [0, 1] },
  logSigmoid: { f: each(logSigmoid), formula: x => -Math.log(1 + Math.exp(-x)), slopes: [1, 0] },
  sigmoid: { f: each(sigmoid), formula: sigma, slopes: [0, 0] },
  tanh: { f: each(tanh), formula: Math.tanh, slopes: [0, 0] },
}

const points = [-3, -1, -0.5, 0, 0.5, 1, 3]
const slopeAt = (f: Activation, x: number, dtype: Float): number =>
  toNumber(vjp((y: Tensor<'', Float>) => f(y))(tensor(x, dtype))[1](typed<Tensor<'', Float>>(tensor(1, dtype))))

describe.each(Object.entries(known))('%s', (_, { f, formula, slopes: [left, right] }) => {
  test('is its formula', () => {
    // float64 rounds at 2e-16; the formulas lose a digit or two of it near 0.
    for (const x of points) expect(toNumber(f(tensor(x, 'float64')))).toBeCloseTo(formula(x), 13)
    // float32 rounds at 6e-8 of values up to 3.
    for (const x of points) expect(toNumber(f(tensor(x)))).toBeCloseTo(formula(x), 6)
  })
  test('its derivative is the slope of its formula', () => {
    // Central differences with h = 1e-5: truncation h² and rounding 1e-16 / h are both near 1e-10.
    for (const x of points.filter(point => point !== 0))
      expect(slopeAt(f, x, 'float64')).toBeCloseTo((formula(x + 1e-5) - formula(x - 1e-5)) / 2e-5, 8)
  })
  test.each(['float32', 'float64'] as const)('is finite far out in %s, and so is its derivative', dtype => {
    for (const x of [-1e4, -200, -100, 100, 200, 1e4]) {
      expect(toNumber(f(tensor(x, dtype)))).toSatisfy(Number.isFinite)
      expect(slopeAt(f, x, dtype)).toSatisfy(Number.isFinite)
    }
    expect(slopeAt(f, -1e4, dtype)).toBeCloseTo(left, 6)
    expect(slopeAt(f, 1e4, dtype)).toBeCloseTo(right, 6)
  })
})

describe('gelu, exact', () => {
  test('by values of the normal distribution', () => {
    // Φ(1) = 0.8413447460685429, Φ(2) = 0.9772498680518208: x Φ(x)
    expect(toNumber(gelu(tensor(1, 'float64')))).toBeCloseTo(0.8413447460685429, 14)
    expect(toNumber(gelu(tensor(-1, 'float64')))).toBeCloseTo(0.8413447460685429 - 1, 14)
    expect(toNumber(gelu(tensor(2, 'float64')))).toBeCloseTo(2 * 0.9772498680518208, 14)
    expect(toNumber(gelu(tensor(0)))).toBe(0)
  })
  test('its derivative is Φ(x) + x φ(x)', () => {
    // φ(1) = 0.24197072451914337
    expect(slopeAt(each(gelu), 1, 'float64')).toBeCloseTo(0.8413447460685429 + 0.24197072451914337, 13)
  })
  test.each(['float32', 'float64'] as const)('is finite far out in %s', dtype => {
    expect([-1e4, 1e4].map(x => toNumber(gelu(tensor(x, dtype))))).toEqual([-0, 1e4])
    expect([-1e4, 1e4].map(x => slopeAt(each(gelu), x, dtype))).toEqual([0, 1])
  })
  test('of a tensor of entries far apart', () => {
    expect(toNested(grad((x: Tensor<'3'>) => pipe(x, gelu, sum()))(tensor([-1e4, 0, 1e4])))).toEqual([0, 0.5, 1])
  })
})

test('the derivative of relu at 0 is 0', () => {
  expect(slopeAt(each(relu), 0, 'float32')).toBe(0)
  expect(toNested(relu(tensor([-1, 0, 2], 'int32')))).toEqual([0, 0, 2])
})

describe('softmax and logSoftmax', () => {
  test('by hand', () => {
    expect(toNested(softmax(-1)(tensor([0, 0, 0, 0])))).toEqual([0.25, 0.25, 0.25, 0.25])
    const [a = 0, b = 0] = toNested(softmax(0)(tensor([0, Math.log(3)], 'float64')))
    expect([a, b]).toEqual([expect.closeTo(0.25, 15), expect.closeTo(0.75, 15)])
    const logs = toNested(logSoftmax(-1)(tensor([0, Math.log(3)], 'float64')))
    expect(logs).toEqual([expect.closeTo(Math.log(0.25), 15), expect.closeTo(Math.log(0.75), 15)])
  })
  test('along an axis by position and by name', () => {
    const x = tensor([
      [1, 2],
      [1, 2],
    ])
    expect(toNested(softmax(0)(x))).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ])
    claims(softmax('batch')(zeros('batch 3', { batch: 2 })), 'batch 3', [2, 3])
    claims(logSoftmax(-1)(zeros('batch 3', { batch: 2 })), 'batch 3', [2, 3])
    expect(toNested(softmax('batch')(zeros('batch 1', { batch: 2 })))).toEqual([[0.5], [0.5]])
  })
  test('rows sum to 1 and exp of logSoftmax is softmax', () => {
    fc.assert(
      fc.property(values([3, 4], 'float64', { low: -30, high: 30 }), x => {
        const p = toArray(softmax(1)(x))
        const logs = toArray(logSoftmax(1)(x))
        for (let row = 0; row < 3; row += 1) expect([...p].slice(4 * row, 4 * row + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 14)
        p.forEach((y, i) => {
          expect(Math.exp(logs[i] ?? 0)).toBeCloseTo(y, 13)
        })
      }),
      draws(52, 30),
    )
  })
  test.each(['float32', 'float64'] as const)('of logits of ±1e4 in %s, and their gradients', dtype => {
    const x = tensor([1e4, -1e4, 0], dtype)
    expect(toNested(softmax(-1)(x))).toEqual([1, 0, 0])
    expect(toNested(logSoftmax(-1)(x))).toEqual([0, -2e4, -1e4])
    const cotangent = tensor([1, 2, 3], dtype)
    // ct p - p (p · ct) for softmax, ct - p Σ ct for logSoftmax
    expect(toNested(vjp((y: Tensor<'3', Float>) => typed<Tensor<'3', Float>>(loose(softmax)(-1)(y)))(x)[1](cotangent))).toEqual([0, 0, 0])
    expect(toNested(vjp((y: Tensor<'3', Float>) => typed<Tensor<'3', Float>>(loose(logSoftmax)(-1)(y)))(x)[1](cotangent))).toEqual([
      -5, 2, 3,
    ])
  })
  test('axes and dtypes that do not fit', () => {
    expect(errorOf(() => loose(softmax)(2)(zeros('2 3'))).message).toBe(
      "softmax: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)",
    )
    expect(errorOf(() => loose(softmax)('time')(zeros('2 3'))).message).toBe("softmax: '2 3' has no axis 'time'")
    expect(errorOf(() => loose(softmax)(0)(zeros(''))).message).toBe("softmax: axis 0 is out of range for '', which has no axes")
    expect(errorOf(() => loose(logSoftmax)(0)(zeros('2', {}, 'int32'))).message).toBe(
      "logSoftmax: needs a float dtype, not int32: cast('float32') first",
    )
  })
})
