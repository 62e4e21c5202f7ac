/** Cumulative functions: the order of sums, long rows, axes, options, gradients where slopes are special. */
import {
  cumLogSumExp,
  cumMax,
  cumMin,
  cumProd,
  cumSum,
  fromArrayOrThrow,
  grad,
  hessian,
  jit,
  jvp,
  logSumExp,
  mul,
  pipe,
  random,
  reference,
  slice,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { testOnEach } from '../support/engines.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const engines = [reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]
const bits = (x: Float32Array): Uint32Array => new Uint32Array(x.buffer, x.byteOffset, x.length)

describe('a sum along a row of several parts', () => {
  // Three parts of 16,384 and a rest, which is no multiple of four.
  const size = 3 * 16_384 + 4_567
  const row = random.normal(String(size))(random.key(3))
  const numbers = toArray(row)

  test.each(engines)('is within one rounding of the sum in float64: $name', engine => {
    const found = toArray(jit(cumSum(0), { engine })(row))
    let exact = 0
    // The sums in float64 are exact to 1e-10, and half a unit of float32 of numbers below 1024 is 3e-5.
    expect(
      found.every((value, i) => {
        exact += numbers[i] ?? nan
        return Math.abs(value - exact) <= Math.abs(exact) * 2 ** -24 + 1e-9
      }),
    ).toBe(true)
  })

  test('has one value on every engine, in either direction, along rows and columns, with and without itself', () => {
    const rows = random.normal('2 40000')(random.key(4))
    const columns = random.normal('40000 2')(random.key(5))
    for (const options of [{}, { reverse: true }, { exclusive: true }, { reverse: true, exclusive: true }]) {
      const [first, ...others] = engines.map(engine =>
        [jit(cumSum(1, options), { engine })(rows), jit(cumSum(0, options), { engine })(columns)].map(x =>
          bits(Float32Array.from(toArray(x))),
        ),
      )
      // Compared entry by entry: the test's own comparison of so many takes seconds.
      for (const other of others) expect(first?.map((own, k) => own.every((word, at) => word === other[k]?.[at]))).toEqual([true, true])
    }
  })

  test.each(engines)('of numbers from 0 up never descends: $name', engine => {
    const shares = random.uniform(String(size))(random.key(6))
    const sums = toArray(jit(cumSum(0), { engine })(shares))
    expect(sums.every((value, i) => i === 0 || value >= (sums[i - 1] ?? inf))).toBe(true)
  })

  test('of integers wraps as one sum after another does', () => {
    const x = tensor([2 ** 31 - 1, 1, 1], 'int32')
    for (const engine of engines) expect(toNested(jit(cumSum(0), { engine })(x))).toEqual([2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31])
  })
})

testOnEach('the gradient of a product is exact at one zero and at two', () => {
  const f = (x: Tensor<'4'>) => pipe(x, cumProd(0), mul(tensor([1, 10, 100, 1000])), sum())
  // y = a, ab, abc, abcd: the slopes are 1 + 10 b + 100 bc + 1000 bcd and so on.
  expect(toNested(grad(f)(tensor([2, 0, 3, 4])))).toEqual([1, 20 + 100 * 6 + 1000 * 24, 0, 0])
  expect(toNested(grad(f)(tensor([2, 0, 0, 4])))).toEqual([1, 20, 0, 0])
  expect(toNested(hessian(f)(tensor([2, 0, 0, 4])))).toEqual([
    [0, 10, 0, 0],
    [10, 0, 200 + 1000 * 8, 0],
    [0, 200 + 1000 * 8, 0, 0],
    [0, 0, 0, 0],
  ])
  const exclusive = (x: Tensor<'3'>) => pipe(x, cumProd(0, { exclusive: true, reverse: true }), mul(tensor([1, 10, 100])), sum())
  // y = bc, c, 1.
  expect(toNested(grad(exclusive)(tensor([5, 0, 3])))).toEqual([0, 3, 10])
})

testOnEach('the cotangent of an extreme goes to the first of equals, and to NaN', () => {
  const weights = tensor([1, 10, 100, 1000])
  const greatest = (x: Tensor<'4'>) => pipe(x, cumMax(0), mul(weights), sum())
  expect(toNested(grad(greatest)(tensor([2, 1, 2, 3])))).toEqual([111, 0, 0, 1000])
  expect(toNested(grad(greatest)(tensor([2, nan, 5, nan])))).toEqual([1, 1110, 0, 0])
  const least = (x: Tensor<'4'>) => pipe(x, cumMin(0, { reverse: true }), mul(weights), sum())
  expect(toNested(grad(least)(tensor([2, 1, 2, 3])))).toEqual([0, 11, 100, 1000])
  // Exclusive, the first is of nothing and has no slope.
  const before = (x: Tensor<'4'>) => pipe(x, cumMax(0, { exclusive: true }), slice('1:'), mul(tensor([10, 100, 1000])), sum())
  expect(toNested(grad(before)(tensor([2, 1, 2, 3])))).toEqual([1110, 0, 0, 0])
  const after = (x: Tensor<'4'>) => pipe(x, cumMin(0, { exclusive: true, reverse: true }), slice(':3'), mul(tensor([1, 10, 100])), sum())
  expect(toNested(grad(after)(tensor([2, 1, 2, 3])))).toEqual([0, 1, 10, 100])
})

describe('cumLogSumExp', () => {
  testOnEach('is the logSumExp of what is up to each place', () => {
    const x = tensor([-1000, 3, 700, -inf, 699, 1e-3])
    const found = toArray(cumLogSumExp(0)(x))
    const numbers = toArray(x)
    // float32 has no better number than that of the reduction, which is off by a rounding or two.
    numbers.forEach((_, i) => {
      const expected = toNumber(logSumExp()(fromArrayOrThrow(String(i + 1))([...numbers.slice(0, i + 1)])))
      expect(Math.abs((found[i] ?? nan) - expected)).toBeLessThanOrEqual(2 ** -22 * Math.max(1, Math.abs(expected)))
    })
  })

  testOnEach('keeps its digits along many small steps', () => {
    const steps = Array.from({ length: 20_000 }, (_, i) => Math.fround(i * 1e-6))
    const found = toArray(cumLogSumExp(0)(fromArrayOrThrow('20000')(steps)))
    const exact = steps.reduce((total, step) => total + Math.exp(step), 0)
    // Half a unit in the last place of a number near 10.
    expect(Math.abs((found.at(-1) ?? nan) - Math.log(exact))).toBeLessThanOrEqual(2 ** -21)
  })

  testOnEach('begins with -∞ where there is nothing yet, without a slope there', () => {
    expect(toNested(cumLogSumExp(0, { exclusive: true })(tensor([5, 5])))).toEqual([-inf, 5])
    expect(toNested(cumLogSumExp(0)(tensor([-inf, -1000, inf])))).toEqual([-inf, -1000, inf])
    const f = (x: Tensor<'3'>) => pipe(x, cumLogSumExp(0), slice('1:'), sum())
    expect(toNested(grad(f)(tensor([-inf, 0, -inf])))).toEqual([0, 2, 0])
    const [, tangent] = jvp((x: Tensor<'2'>) => cumLogSumExp(0)(x))(tensor([1, 1]), tensor([1, 0]))
    expect(toNested(tangent)).toEqual([1, 0.5])
  })
})

test('options are checked by name and kind', () => {
  expect(() => Reflect.apply(cumSum, undefined, [0, { backwards: true }])).toThrow(
    "cumSum: there is no option 'backwards', give reverse or exclusive",
  )
  expect(() => Reflect.apply(cumProd, undefined, [0, { reverse: 1 }])).toThrow('cumProd: reverse is 1: give true or false')
})

test('of nothing is nothing', () => {
  for (const engine of engines) expect(withEngine(engine)(() => cumSum(0)(zeros('0 3'))).sizes).toEqual([0, 3])
})
