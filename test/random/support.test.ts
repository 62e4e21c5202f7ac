/**
 * That no draw leaves its support: every extreme random word is mapped, rather than many draws looked at. And what JAX has published, the implicit
 * derivative of gamma numbers, and that a loop over all places gives each of them what it would get alone.
 */
import * as fc from 'fast-check'
import {
  type DType,
  grad,
  jit,
  mean,
  mul,
  pipe,
  random,
  reference,
  type Tensor,
  tensor,
  toArray,
  toNested,
  vmap,
  wasmEngine,
  withEngine,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { add, div, reshapeTo, threefry } from '../../src/primitives/index.js'
import { proposedBy as binomialBy } from '../../src/random/binomial.js'
import { weighted } from '../../src/random/choice.js'
import { proposedBy as gammaBy, logarithmOf, numberOf } from '../../src/random/gamma.js'
import { logGammaSlope } from '../../src/random/gamma-slope.js'
import { offsetOf } from '../../src/random/integer.js'
import * as inverse from '../../src/random/inverse.js'
import { open, proposedBy as poissonBy } from '../../src/random/poisson.js'
import { searched } from '../../src/random/search.js'
import { amongLeast, amongShares } from '../../src/random/share.js'
import { unitOfWord, unitOfWords } from '../../src/random/words.js'
import { bufferOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { vector } from '../support/vectors.js'

const numbers = (x: Value): readonly number[] => [...bufferOf('test', x)]

/** The least words, the greatest, those in the middle, and their neighbours; 2^9 is the first whose leading 23 bits are not 0. */
const words = [
  0,
  1,
  2 ** 9 - 1,
  2 ** 9,
  2 ** 31 - 2 ** 9,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 2 ** 9,
  2 ** 32 - 2 ** 9 - 1,
  2 ** 32 - 2 ** 9,
  2 ** 32 - 2,
  2 ** 32 - 1,
]
const pairs = words.flatMap(high => words.map(low => [high, low] as const))
const high = vector(
  pairs.map(([word]) => word),
  'uint32',
)
const low = vector(
  pairs.map(([, word]) => word),
  'uint32',
)
/** Every uniform number that extreme words give. */
const uniforms = { float32: unitOfWord(vector(words, 'uint32')), float64: unitOfWords([high, low]) }
const dtypes = ['float32', 'float64'] as const
const like = (x: Value, value: number, dtype = x.dtype): Value =>
  vector(
    numbers(x).map(() => value),
    dtype,
  )

describe('every extreme word', () => {
  const all = Number.isFinite
  const notNegative = (x: number): boolean => x >= 0 && all(x)
  const above = (x: number): boolean => x > 0 && all(x)
  const supports: { readonly [name: string]: readonly [f: (u: Value) => Value, holds: (x: number) => boolean] } = {
    exponential: [inverse.exponentialOf, notNegative],
    gumbel: [inverse.gumbelOf, all],
    laplace: [inverse.laplaceOf, all],
    cauchy: [inverse.cauchyOf, all],
    logistic: [inverse.logisticOf, all],
    'pareto(1e-3)': [u => inverse.paretoOf(u, like(u, 1e-3)), x => x >= 1 && all(x)],
    'pareto(1e3)': [u => inverse.paretoOf(u, like(u, 1e3)), x => x >= 1 && all(x)],
    'rayleigh(2)': [u => inverse.rayleighOf(u, like(u, 2)), notNegative],
    'weibullMin(1, 1e-3)': [u => inverse.weibullOf(u, like(u, 1), like(u, 1e-3)), notNegative],
    'weibullMin(1, 1e3)': [u => inverse.weibullOf(u, like(u, 1), like(u, 1e3)), notNegative],
    'triangular(0.1, 0.1, 0.3)': [
      u => inverse.triangularOf(u, like(u, 0.1), like(u, 0.1), like(u, 0.3)),
      x => x >= Math.fround(0.1) - 1e-8 && x <= 0.30000002,
    ],
    'triangular(0.1, 0.3, 0.3)': [
      u => inverse.triangularOf(u, like(u, 0.1), like(u, 0.3), like(u, 0.3)),
      x => x >= Math.fround(0.1) - 1e-8 && x <= 0.30000002,
    ],
  }
  test.each(Object.entries(supports))('%s', (_, [f, holds]) => {
    for (const dtype of dtypes) expect(numbers(f(uniforms[dtype])).filter(x => !holds(x))).toEqual([])
  })
  test('wald, of normal numbers that are 0 or far out', () => {
    for (const dtype of dtypes)
      for (const mean of [1e-6, 1, 1e6])
        for (const normal of [0, 1e-20, -5.5, 8.3]) {
          const u = uniforms[dtype]
          expect(numbers(inverse.waldOf(like(u, normal), u, like(u, mean))).filter(x => !above(x))).toEqual([])
        }
  })
  test('geometric', () => {
    const u = uniforms.float64
    for (const p of [1e-300, 1e-10, 0.5, 1 - 2 ** -53, 1]) {
      const drawn = numbers(inverse.geometricOf(u, like(u, p)))
      expect(drawn.filter(x => !(Number.isInteger(x) && x >= 1 && x < 2 ** 31))).toEqual([])
      expect(Math.min(...drawn)).toBe(1)
    }
  })
  test('signs', () => expect(numbers(inverse.signsOf(vector(words, 'uint32')))).toEqual(words.map(word => (word < 2 ** 31 ? 1 : -1))))
  test('gamma: what is accepted is above 0, for parameters and words of every size', () => {
    for (const dtype of dtypes)
      for (const a of [1e-30, 1e-3, 0.5, 1, 10, 1e6, 1e30]) {
        const u = uniforms[dtype]
        const entries = numbers(u)
        const each = vector(
          entries.flatMap(x => entries.map(() => x)),
          dtype,
        )
        const other = vector(
          entries.flatMap(() => entries),
          dtype,
        )
        const d = like(each, (a < 1 ? a + 1 : a) - 1 / 3)
        const { value, accepted } = gammaBy(each, other, d)
        const parts = {
          d,
          t: value,
          boost:
            a < 1
              ? vector(
                  numbers(other).map(x => Math.log1p(-x) / a),
                  dtype,
                )
              : like(d, 0),
        }
        const [taken, found, logarithms] = [accepted, numberOf(parts), logarithmOf(parts)].map(numbers)
        expect(taken).toContain(1)
        expect(found?.filter((x, i) => taken?.[i] === 1 && !above(x))).toEqual([])
        expect(logarithms?.filter((x, i) => taken?.[i] === 1 && !all(x))).toEqual([])
      }
  })
  test('poisson and binomial: what is accepted is a count', () => {
    const [position, decider] = [open(high), open(low)]
    for (const rate of [10, 30, 1e4, 2 ** 33]) {
      const { value, accepted } = poissonBy(position, decider, like(position, rate))
      const taken = numbers(accepted)
      expect(taken).toContain(1)
      expect(numbers(value).filter((x, i) => taken[i] === 1 && !(Number.isInteger(x) && x >= 0))).toEqual([])
    }
    for (const [trials, p] of [
      [20, 0.5],
      [40, 0.3],
      [1e6, 1e-5],
      [2 ** 31 - 1, 0.5],
    ] as const) {
      const { value, accepted } = binomialBy(position, decider, like(position, trials), like(position, p))
      const taken = numbers(accepted)
      expect(taken).toContain(1)
      expect(numbers(value).filter((x, i) => taken[i] === 1 && !(Number.isInteger(x) && x >= 0 && x <= trials))).toEqual([])
    }
  })
  test('counts that are searched for end, where less than 2^-52 of the probability is left', () => {
    const u = uniforms.float64
    const rate = 9.99
    const found = numbers(searched(u, like(u, Math.exp(-rate)), k => div(like(u, rate), add(k, like(u, 1)))))
    // Above 50 lies 1e-19 of the probability.
    expect([Math.min(...found), Math.max(...found) < 51, Math.max(...found) > 40]).toEqual([0, true, true])
  })
  test('choice by weights: no place with the weight 0', () => {
    const found = numbers(weighted(uniforms.float64, vector([0, 0.1, 0, 0.2, 0], 'float32')))
    expect([...new Set(found)].sort()).toEqual([1, 3])
  })
  test('bernoulli of a tensor is that of a number, and never and always beyond 0 and 1', () => {
    const word = fc.oneof(fc.nat(0xffffffff), fc.constantFrom(...words))
    const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 2 ** -64, 2 ** -32, 0.5, 1 - 2 ** -53))
    fc.assert(
      fc.property(share, word, word, fc.boolean(), (p, first, second, atBound) => {
        const whole = atBound ? Math.min(Math.floor(p * 2 ** 32), 2 ** 32 - 1) : first
        const [a, b] = [vector([whole], 'uint32'), vector([second], 'uint32')]
        expect(numbers(amongShares(vector([p]), a, b))).toEqual(numbers(amongLeast(p, a, b)))
      }),
      draws(81, 200),
    )
    for (const [p, expected] of [
      [-1, 0],
      [Number.NaN, 0],
      [1.5, 1],
    ] as const)
      expect(new Set(numbers(amongShares(like(high, p, 'float64'), high, low)))).toEqual(new Set([expected]))
  })
})

describe('randint', () => {
  /** The words of JAX's threefry before it was partitionable, to which its published numbers belong: two lists of counters as the halves of blocks. */
  const published = (key0: number, key1: number, n: number): Value => {
    const half = Math.ceil(n / 2)
    const counters = Array.from({ length: half }, (_, i) => [i, half + i < n ? half + i : 0])
    const keys = counters.map(() => [key0, key1])
    const blocks = numbers(threefry(matrix(keys), matrix(counters)))
    return vector([...blocks.filter((_, i) => i % 2 === 0), ...blocks.filter((_, i) => i % 2 === 1)].slice(0, n), 'uint32')
  }
  const matrix = (rows: readonly (readonly number[])[]): Value => reshapeTo(vector(rows.flat(), 'uint32'), [rows.length, 2])

  test('jax.random.randint(key(0), (3, 3), 0, 8)', () => {
    const [a = 0, b = 0, c = 0, d = 0] = numbers(published(0, 0, 4))
    const drawn = offsetOf(published(a, b, 9), published(c, d, 9), like(published(c, d, 9), 8))
    expect(numbers(drawn)).toEqual([2, 1, 3, 6, 1, 5, 6, 3, 4])
  })
  test('the remainder of both words as one number, for spans up to 2^16 and for 0, which stands for 2^32', () => {
    const word = fc.oneof(fc.nat(0xffffffff), fc.constantFrom(...words))
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 2 ** 16 }), (first, second, span) => {
        const [a, b] = [vector([first], 'uint32'), vector([second], 'uint32')]
        const whole = (BigInt(first) << 32n) + BigInt(second)
        expect(numbers(offsetOf(a, b, vector([span], 'uint32')))).toEqual([Number(whole % BigInt(span))])
        expect(numbers(offsetOf(a, b, vector([0], 'uint32')))).toEqual([second])
      }),
      draws(82, 200),
    )
  })
  test('every extreme word stays below every span', () => {
    for (const span of [1, 2, 3, 2 ** 16, 2 ** 16 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])
      expect(numbers(offsetOf(high, low, like(high, span))).filter(x => !(x >= 0 && x < span))).toEqual([])
  })
  test('the whole range of a dtype, the last of it alone, and bounds that are tensors', () => {
    const key = random.key(0)
    const all = toArray(random.randint(-(2 ** 31), 2 ** 31)('64')(key))
    expect([all.some(x => x < -(2 ** 30)), all.some(x => x > 2 ** 30)]).toEqual([true, true])
    expect(toNested(random.randint(2 ** 31 - 1, 2 ** 31)('2')(key))).toEqual([2 ** 31 - 1, 2 ** 31 - 1])
    expect(toNested(random.randint(2 ** 32 - 1, 2 ** 32)('2', {}, 'uint32')(key))).toEqual([2 ** 32 - 1, 2 ** 32 - 1])
    const bounds = tensor([5, -5, 2 ** 31 - 1], 'int32')
    expect(toNested(random.randint(bounds, tensor([6, -9, -7], 'int32'))('3')(key))).toEqual([5, -5, 2 ** 31 - 1])
    expect(toNested(random.randint(bounds, 2 ** 31)('3')(key))[2]).toBe(2 ** 31 - 1)
    expect(toArray(random.randint(0, 100)('20')(key))).toEqual(toArray(random.randint(tensor(0, 'int32'), tensor(100, 'int32'))('20')(key)))
  })
})

test('jax.random.split(key(0), 4) and fold_in(key(0), 4)', () => {
  expect(
    random
      .split(4)(random.key(0))
      .map(key => [...toArray(key)]),
  ).toEqual([
    [1797259609, 2579123966],
    [928981903, 3453687069],
    [4146024105, 2718843009],
    [2467461003, 3840466878],
  ])
  expect([...toArray(random.foldIn(4)(random.key(0)))]).toEqual([2285895361, 433833334])
})

describe('the derivative of gamma numbers', () => {
  /** log Γ(a), by Γ(a) = Γ(a + 20) / (a … (a + 19)) and Stirling's series. */
  const lgamma = (a: number): number => {
    const [y, product] = [a + 20, Array.from({ length: 20 }, (_, k) => a + k)]
    const series = 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5)
    return (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + series - product.reduce((sum, x) => sum + Math.log(x), 0)
  }
  /** P(a, x), the distribution function. Source: DLMF 8.11.4. */
  const P = (a: number, x: number): number => {
    let [term, sum] = [1, 1]
    for (let k = 1; term > sum * 1e-18; k += 1) {
      term *= x / (a + k)
      sum += term
    }
    return sum * Math.exp(a * Math.log(x) - x - lgamma(a + 1))
  }
  test('is -(∂F/∂a) / p, where F is the distribution function and p the density', () => {
    const cases = [1e-3, 0.05, 0.5, 1, 2.5, 10, 60].flatMap(a =>
      [0.02, 0.3, 0.9, 1, 1.1, 2, 4, 1000].map(factor => [a, factor * a] as const),
    )
    const found = numbers(logGammaSlope(vector(cases.map(([a]) => a)), vector(cases.map(([, x]) => Math.log(x)))))
    cases.forEach(([a, x], i) => {
      const h = 1e-4 * a
      const byDifferences = -(P(a + h, x) - P(a - h, x)) / (2 * h) / Math.exp(a * Math.log(x) - x - lgamma(a))
      // Where almost all or nothing of the distribution lies below x, the differences of F have no digits.
      if (!(P(a, x) > 1e-6 && P(a, x) < 1 - 1e-6)) return
      // The differences leave h² of a third derivative, and 1e-16 / h / p of roundings.
      expect(Math.abs((found[i] ?? 0) / byDifferences - 1), `a = ${a}, x = ${x}`).toBeLessThan(1e-6 + 1e-9 / Math.min(P(a, x), 1 - P(a, x)))
    })
  })
  test('reaches parameters through gamma, beta, dirichlet and studentT', () => {
    const key = random.key(5)
    const slope = (f: (a: Tensor<''>) => Tensor<''>, at: number): number => toArray(grad(f)(tensor(at)))[0] ?? 0
    // The means are a, a / (a + 2) and a / (a + 2), by 4000 draws; five standard errors are below 0.1 and 0.01.
    expect(slope(a => pipe(random.gamma(a)('4000')(key), mean()), 2)).toBeCloseTo(1, 1)
    expect(slope(a => pipe(random.beta(a, 2)('4000')(key), mean()), 2)).toBeCloseTo(1 / 8, 2)
    expect(slope(a => pipe(random.studentT(a)('4000')(key), x => mul(x)(x), mean()), 8)).toBeLessThan(0)
  })
})

/** Draws that are found by a loop over all places. */
const looped: { readonly [name: string]: (key: random.Key) => Tensor<string, DType> } = {
  gamma: key => random.gamma(0.7)('9')(key),
  'gamma, float64': key => random.gamma(tensor([0.1, 1, 50], 'float64'))('3 3')(key),
  loggamma: key => random.loggamma(0.01)('9')(key),
  beta: key => random.beta(0.5, 2)('9')(key),
  dirichlet: key => random.dirichlet(tensor([0.1, 1, 5]))('3')(key),
  poisson: key => random.poisson(tensor([0, 3, 30]))('3 3')(key),
  binomial: key => random.binomial(tensor([5, 50, 500]), 0.4)('3 3')(key),
  'choice by weights': key => random.choice(4, { p: tensor([1, 2, 3, 4]) })('9')(key),
  'choice without replacement': key => random.choice(9, { replace: false, p: tensor([1, 2, 3, 4, 5, 4, 3, 2, 1]) })('4')(key),
  orthogonal: key => random.orthogonal(3)('')(key),
  permutation: key => random.permutation(9)(key),
}
describe.each(Object.entries(looped))('%s', (_, draw) => {
  const key = random.key(3)
  test('compiled, for each of several keys, and on the plain loops', () => {
    const own = toArray(draw(key))
    expect(toArray(jit(draw)(key))).toEqual(own)
    const keys = random.keys(2)(key)
    const each = random
      .split(2)(key)
      .flatMap(one => [...toArray(draw(one))])
    expect([...toArray(vmap('2')(draw)(keys))]).toEqual(each)
    const plain = toArray(withEngine(reference)(() => draw(key)))
    // The elementary functions of the two engines differ in the last bits: a few units in a draw, of which several functions are made.
    for (const [i, x] of own.entries()) expect(Math.abs(x - (plain[i] ?? 0))).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(x)))
  })
})

test('threads change no bit of a draw that is found by a loop', () => {
  const draw = (key: random.Key): Tensor<'n'> => random.gamma(0.7)('n', { n: 30_000 })(key)
  const drawn = [1, 2].map(threads => toArray(jit(draw, { engine: wasmEngine({ threads }) })(random.key(1))))
  expect(drawn[1]).toEqual(drawn[0])
})

test('a draw of fewer is the beginning of a draw of more', () => {
  const key = random.key(4)
  for (const dtype of dtypes)
    expect([...toArray(random.gamma(0.3)('5', {}, dtype)(key))]).toEqual([...toArray(random.gamma(0.3)('9', {}, dtype)(key))].slice(0, 5))
})

test('what is no parameter: NaN among floats, -1 among counts', () => {
  const key = random.key(0)
  const wrong = tensor([-1, Number.NaN, 0])
  expect(toNested(random.gamma(wrong)('3')(key))).toEqual([Number.NaN, Number.NaN, Number.NaN])
  expect(toNested(random.poisson(tensor([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e12]))('4')(key))).toEqual([-1, -1, -1, 2 ** 31 - 1])
  expect(toNested(random.binomial(tensor([-1, Number.NaN, 5]), tensor([0.5, 0.5, 1.5]))('3')(key))).toEqual([-1, -1, -1])
  expect(toNested(random.binomial(7, tensor([0, 1]))('2')(key))).toEqual([0, 7])
})

test('a large draw, which is compiled as a whole, begins as a small one', () => {
  const [key, many] = [random.key(6), 2 ** 17]
  const beginnings: readonly ((n: number) => Tensor<string, DType>)[] = [
    n => random.normal('n', { n })(key),
    n => random.gamma(tensor(0.4))('n', { n })(key),
    n => random.categorical(tensor([0, 1]))('n', { n })(key),
    n => random.randint(0, 1000)('n', { n })(key),
  ]
  for (const draw of beginnings) expect([...toArray(draw(many)).slice(0, 9)]).toEqual([...toArray(draw(9))])
})
