/** First steps in closed form, on numbers exact in binary where the formula allows it. */
import { type Float, jit, optimizer, type Tensor, tensor, toNested, toNumber, tree, zeros } from 'pullback'
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
  const untyped = (x: object): Any => typed<Any>(x)
  const message = (f: () => unknown): string => errorOf(f).message

  test.each<readonly [string, () => unknown, string]>([
    [
      'sgd',
      () => optimizer.sgd(Number.NaN),
      'the learning rate is NaN: give a finite number from 0 up; to go uphill, negate what is minimised',
    ],
    ['sgd', () => optimizer.sgd(-0.1), 'the learning rate is -0.1: give a finite number from 0 up; to go uphill, negate what is minimised'],
    [
      'adam',
      () => optimizer.adam(Number.POSITIVE_INFINITY),
      'the learning rate is Infinity: give a finite number from 0 up; to go uphill, negate what is minimised',
    ],
    [
      'scaleByLearningRate',
      () => optimizer.scaleByLearningRate(-1),
      'the learning rate is -1: give a finite number from 0 up; to go uphill, negate what is minimised',
    ],
    ['scale', () => optimizer.scale(Number.NaN), 'the factor is NaN: give a finite number'],
    ['scale', () => optimizer.scale(Number.NEGATIVE_INFINITY), 'the factor is -Infinity: give a finite number'],
    ['momentum', () => optimizer.momentum(0.1, 1.5), 'the decay is 1.5: give a number from 0 up to, not including, 1'],
    ['nesterov', () => optimizer.nesterov(0.1, Number.NaN), 'the decay is NaN: give a number from 0 up to, not including, 1'],
    ['trace', () => optimizer.trace(-0.1), 'the decay is -0.1: give a number from 0 up to, not including, 1'],
    ['adam', () => optimizer.adam(0.1, { b2: 1 }), 'b2 is 1: give a number from 0 up to, not including, 1'],
    ['scaleByAdam', () => optimizer.scaleByAdam({ b1: -0.1 }), 'b1 is -0.1: give a number from 0 up to, not including, 1'],
    ['adam', () => optimizer.adam(0.1, { eps: Number.POSITIVE_INFINITY }), 'eps is Infinity: give a finite number from 0 up'],
    ['adam', () => optimizer.adam(0.1, { eps: -1 }), 'eps is -1: give a finite number from 0 up'],
  ])('an option of %s', (name, make, detail) => {
    expect(errorOf(make)).toMatchObject({ _tag: 'ArgumentError', op: name, message: `${name}: ${detail}` })
  })

  test('a factor that float32 does not hold', () => {
    const params = tensor([1])
    const large = optimizer.scale(-1e39)
    expect(message(() => large.update(params, [], params))).toBe('scale: the factor is 1e+39, which is more than float32 holds')
    const double = tensor([1], 'float64')
    expect(toNested(large.update(double, [], double)[0])).toEqual([-1e39])
  })

  const params = { weights: [tensor([1, 2])], bias: tensor(3) } as const
  const every = {
    sgd: untyped(optimizer.sgd(0.1)),
    momentum: untyped(optimizer.momentum(0.1)),
    nesterov: untyped(optimizer.nesterov(0.1)),
    adam: untyped(optimizer.adam(0.1)),
  } as const
  const advice = (name: string): string => `give the state that ${name} has made for these parameters, by init or by its last update`

  test.each<readonly [keyof typeof every, keyof typeof every, string]>([
    ['adam', 'sgd', "sgd: 'state' is a tuple of 2 where a tuple of 1 is needed"],
    ['sgd', 'adam', "adam: 'state' is a tuple of 1 where a tuple of 2 is needed"],
    ['momentum', 'adam', "adam: 'state.0' is a record of (trace) where a record of (count, mu, nu) is needed"],
    ['adam', 'momentum', "momentum: 'state.0' is a record of (count, mu, nu) where a record of (trace) is needed"],
  ])('the state of %s given to %s', (from, to, problem) => {
    const state = every[from].init(params)
    expect(message(() => every[to].update(params, state, params))).toBe(`${problem}: ${advice(to)}`)
    const jitted = jit((g: typeof params) => typed<object>(every[to].update(g, state, params)))
    expect(message(() => jitted(params))).toBe(`${problem}: ${advice(to)}`)
  })

  test('a state of other parameters', () => {
    const { adam, momentum } = every
    const other = { weights: [tensor([1, 2, 3])], bias: tensor(3) }
    expect(message(() => adam.update(params, adam.init(other), params))).toBe(
      `adam: 'state.0.mu.weights.0' is float32 '3' where float32 '2' is needed: ${advice('adam')}`,
    )
    const double = tree.collect(x => typed<Tensor<''>>(zeros('2', {}, x.dtype === 'float32' ? 'float64' : 'float32')))(params)
    expect(message(() => momentum.update(params, momentum.init(double), params))).toBe(
      `momentum: 'state.0.trace.bias' is float64 '2' where float32 '' is needed: ${advice('momentum')}`,
    )
    expect(message(() => adam.update(params, adam.init({ weights: params.weights }), params))).toBe(
      `adam: 'state.0.mu' is a record of (weights) where a record of (bias, weights) is needed: ${advice('adam')}`,
    )
    expect(message(() => adam.update(params, undefined, params))).toBe(
      `adam: 'state' is undefined where a tuple of 2 is needed: ${advice('adam')}`,
    )
  })

  test('gradients unlike the parameters', () => {
    for (const [name, { init, update }] of Object.entries(every)) {
      const given = (gradients: object): string => message(() => update(typed<typeof params>(gradients), init(params), params))
      const like = 'give gradients like the parameters'
      expect(given({ weights: params.weights })).toBe(
        `${name}: 'gradients' is a record of (weights) where a record of (bias, weights) is needed: ${like}`,
      )
      expect(given({ ...params, bias: tensor([3]) })).toBe(`${name}: 'gradients.bias' is float32 '1' where float32 '' is needed: ${like}`)
      expect(given({ ...params, bias: tensor(3, 'float64') })).toBe(
        `${name}: 'gradients.bias' is float64 '' where float32 '' is needed: ${like}`,
      )
      expect(given({ ...params, weights: params.bias })).toBe(
        `${name}: 'gradients.weights' is a tensor where a tuple of 1 is needed: ${like}`,
      )
    }
  })

  test('parameters that are no floats', () => {
    const whole = { weights: [tensor([1, 2], 'int32')], bias: tensor(3) }
    for (const [name, { init, update }] of Object.entries(every)) {
      const detail = `${name}: 'weights.0' is int32: only floats are trained, so keep it apart from the parameters`
      expect(message(() => init(whole))).toBe(detail)
      expect(message(() => update(whole, [], whole))).toBe(detail)
    }
  })

  test('parts and chains by their own names', () => {
    const halves = untyped(optimizer.chain(optimizer.trace(0.5), optimizer.scale(-1)))
    expect(message(() => halves.update(params, every.sgd.init(params), params))).toBe(
      "chain: 'state' is a tuple of 1 where the chain has 2 parts: give the state that this chain has made, by init or by its last update",
    )
    expect(message(() => halves.update(params, undefined, params))).toBe(
      "chain: 'state' is no tuple where the chain has 2 parts: give the state that this chain has made, by init or by its last update",
    )
    expect(message(() => halves.update(params, every.adam.init(params), params))).toBe(
      `trace: 'state' is a record of (count, mu, nu) where a record of (trace) is needed: ${advice('trace')}`,
    )
  })

  test('updates unlike the parameters', () => {
    const updates = (given: object): string => message(() => optimizer.applyUpdates<object>(params, given))
    expect(updates({ v: tensor([1, 2]) })).toBe(
      "applyUpdates: 'updates' is a record of (v) where a record of (bias, weights) is needed: give updates like the parameters",
    )
    expect(updates({ ...params, weights: [tensor([1, 2, 3])] })).toBe(
      "applyUpdates: 'updates.weights.0' is float32 '3' where float32 '2' is needed: give updates like the parameters",
    )
  })
})
