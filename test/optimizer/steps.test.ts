/** First steps in closed form, on numbers exact in binary where the formula allows it. */
import { type Float, jit, optimizer, type Tensor, tensor, toNested, toNumber, tree } from 'pullback'
import { describe, expect, test } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

type Any = optimizer.GradientTransformation<optimizer.StateOf>

/** The updates for a list of gradients of one parameter. */
const updatesOf = (transformation: unknown, gradients: readonly number[], dtype: Float = 'float64'): readonly number[] => {
  const { init, update } = typed<Any>(transformation)
  const params = tensor(0, dtype)
  let state = init(params)
  return gradients.map(gradient => {
    const [updates, next] = update(typed<typeof params>(tensor(gradient, dtype)), state, params)
    state = next
    return toNumber(typed<Tensor<''>>(updates))
  })
}

describe('updates by hand', () => {
  test('sgd: -η g', () => {
    expect(updatesOf(optimizer.sgd(0.5), [2, -4, 1])).toEqual([-1, 2, -0.5])
  })
  test('momentum: v ← g + ½ v, -η v', () => {
    // v: 2, then 4 + 1 = 5, then 0 + 2.5
    expect(updatesOf(optimizer.momentum(0.5, 0.5), [2, 4, 0])).toEqual([-1, -2.5, -1.25])
  })
  test('nesterov: v ← g + ½ v, -η (g + ½ v)', () => {
    // v: 2, 5, 2.5; g + ½ v: 3, 6.5, 1.25
    expect(updatesOf(optimizer.nesterov(0.5, 0.5), [2, 4, 0])).toEqual([-1.5, -3.25, -0.625])
  })
  test('adam: the first step is -η sign(g), whatever the size of g', () => {
    // m̂ = g and v̂ = g², so the update is -η g / (|g| + ε)
    for (const [i, found] of updatesOf(optimizer.adam(0.25), [3]).entries()) expect(found).toBeCloseTo([-0.25][i] ?? 0, 8)
    expect(updatesOf(optimizer.adam(0.25), [-1e-4])[0]).toBeCloseTo((0.25 * 1e-4) / (1e-4 + 1e-8), 12)
    expect(updatesOf(optimizer.adam(0.25, { eps: 1 }), [3])[0]).toBeCloseTo((-0.25 * 3) / 4, 14)
    expect(updatesOf(optimizer.adam(0.25), [0])[0]).toBe(-0)
  })
  test('adam: the second step by Algorithm 1', () => {
    const [b1, b2, eps, g1, g2] = [0.9, 0.999, 1e-8, 1, -2]
    const m = b1 * (1 - b1) * g1 + (1 - b1) * g2
    const v = b2 * (1 - b2) * g1 ** 2 + (1 - b2) * g2 ** 2
    const expected = -0.1 * (m / (1 - b1 ** 2) / (Math.sqrt(v / (1 - b2 ** 2)) + eps))
    // A dozen roundings of float64.
    expect(updatesOf(optimizer.adam(0.1), [g1, g2])[1]).toBeCloseTo(expected, 14)
  })
  test('adam in float32: 1 - b^t is not a difference of near numbers', () => {
    // With equal gradients every step is the learning rate. Each of a dozen operations rounds at 6e-8.
    for (const update of updatesOf(optimizer.adam(0.1), [1, 1, 1, 1], 'float32')) expect(Math.abs(update + 0.1)).toBeLessThan(1e-7)
    expect(updatesOf(optimizer.adam(0.1, { b1: 0, b2: 0 }), [4], 'float32')[0]).toBeCloseTo(-0.1, 7)
  })
  test('identity and scale', () => {
    expect(updatesOf(optimizer.identity, [3, -1])).toEqual([3, -1])
    expect(updatesOf(optimizer.scale(-2), [3, -1])).toEqual([-6, 2])
    expect(updatesOf(optimizer.scaleByLearningRate(0.5), [3, -1])).toEqual([-1.5, 0.5])
    expect(updatesOf(optimizer.trace(0), [3, -1])).toEqual([3, -1])
  })
})

describe('states are trees like the parameters', () => {
  const params = { w: tensor([1, 2]), b: [tensor(3)] } as const
  test('their leaves', () => {
    expect(tree.paths(optimizer.sgd(0.1).init(params))).toEqual([])
    expect(tree.paths(optimizer.momentum(0.1).init(params))).toEqual(['0.trace.b.0', '0.trace.w'])
    expect(tree.paths(optimizer.adam(0.1).init(params))).toEqual(['0.count', '0.mu.b.0', '0.mu.w', '0.nu.b.0', '0.nu.w'])
  })
  test('they begin at zero and keep shapes and dtypes', () => {
    const [{ mu, count }] = optimizer.adam(0.1).init({ x: tensor([1, 2], 'float64') })
    expect([mu.x.dtype, toNested(mu.x), toNumber(count), count.dtype]).toEqual(['float64', [0, 0], 0, 'int32'])
  })
  test('applyUpdates adds leaf by leaf', () => {
    const next = optimizer.applyUpdates(params, { w: tensor([10, 20]), b: [tensor(30)] })
    expect([toNested(next.w), toNumber(next.b[0])]).toEqual([[11, 22], 33])
  })
  test('jit changes no bit of an update', () => {
    const adam = optimizer.adam(0.1)
    const gradients = { w: tensor([0.3, -0.7]), b: [tensor(2)] } as const
    let [eager, jitted] = [adam.init(params), adam.init(params)]
    const update = jit((g: typeof params, state: typeof eager, p: typeof params) => adam.update(g, state, p))
    for (let step = 0; step < 3; step += 1) {
      const [a, nextEager] = adam.update(gradients, eager, params)
      const [b, nextJitted] = update(gradients, jitted, params)
      sameBits('jit', 'updates', a, b)
      sameBits('jit', 'states', nextEager, nextJitted)
      eager = nextEager
      jitted = nextJitted
    }
  })
})

describe('what does not fit', () => {
  test('learning rates and decays', () => {
    expect(errorOf(() => optimizer.sgd(Number.NaN)).message).toBe('optimizer: the learning rate is NaN: give a finite number')
    expect(errorOf(() => optimizer.adam(Number.POSITIVE_INFINITY)).message).toBe(
      'optimizer: the learning rate is Infinity: give a finite number',
    )
    expect(errorOf(() => optimizer.momentum(0.1, 1.5)).message).toBe(
      'optimizer: the decay is 1.5: give a number from 0 up to, not including, 1',
    )
    expect(errorOf(() => optimizer.adam(0.1, { b2: 1 })).message).toBe('optimizer: b2 is 1: give a number from 0 up to, not including, 1')
    expect(errorOf(() => optimizer.adam(0.1, { b1: -0.1 })).message).toBe(
      'optimizer: b1 is -0.1: give a number from 0 up to, not including, 1',
    )
    expect(errorOf(() => optimizer.adam(0.1, { eps: -1 })).message).toBe('optimizer: eps is -1: give a number from 0 up')
  })
  test('gradients of another form than the parameters', () => {
    const params: { readonly [name: string]: Tensor<'2'> } = { w: tensor([1, 2]) }
    const sgd = optimizer.sgd(0.1)
    const [updates] = sgd.update({ v: tensor([1, 2]) }, sgd.init(params), params)
    expect(errorOf(() => optimizer.applyUpdates(params, updates)).message).toBe(
      'zipWith: the argument has the leaves (w) on the left and the leaves (v) on the right: give two trees of one form',
    )
    const adam = optimizer.adam(0.1)
    expect(errorOf(() => adam.update({ v: tensor([1, 2]) }, adam.init(params), params)).message).toBe(
      'update: the argument has the leaves (v) where the state has (w): give gradients like the parameters',
    )
  })
})
