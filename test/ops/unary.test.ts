/** Operations on each entry, by hand. */
import {
  abs,
  cast,
  ceil,
  clip,
  cos,
  type DType,
  erf,
  erfc,
  exp,
  expm1,
  floor,
  log,
  log1p,
  log2,
  neg,
  not,
  pipe,
  reciprocal,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
  type Tensor,
  tan,
  tanh,
  tensor,
  toNested,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { claims } from '../support/claim.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Doubles = <S extends string>(x: Tensor<S, 'float64'>) => Tensor<S, 'float64'>

const points = [-2.5, -1, -0.25, 0.25, 1, 2.5]
/** erf by its series, Abramowitz and Stegun 7.1.5, which converges everywhere and quickly below 3. */
const erfSeries = (x: number): number => {
  let [term, sum] = [x, x]
  for (let n = 1; n < 60; n += 1) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

test.each<[string, Doubles, (x: number) => number]>([
  ['neg', neg, x => -x],
  ['abs', abs, Math.abs],
  ['sign', sign, Math.sign],
  ['exp', exp, Math.exp],
  ['expm1', expm1, Math.expm1],
  ['sin', sin, Math.sin],
  ['cos', cos, Math.cos],
  ['tan', tan, Math.tan],
  ['tanh', tanh, Math.tanh],
  ['erf', erf, erfSeries],
  ['erfc', erfc, x => 1 - erfSeries(x)],
  ['sigmoid', sigmoid, x => 1 / (1 + Math.exp(-x))],
  ['floor', floor, Math.floor],
  ['ceil', ceil, Math.ceil],
  ['square', square, x => x * x],
  ['reciprocal', reciprocal, x => 1 / x],
  ['stopGradient', stopGradient, x => x],
])('%s is what JavaScript computes', (_, f, g) => {
  const result = toNested(f(tensor([-2.5, -1, -0.25, 0.25, 1, 2.5], 'float64')))
  // Two implementations, each correct to a few units in the last place, 2e-16 of the value.
  result.forEach((y, i) => {
    expect(Math.abs(y - g(points[i] ?? 0))).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(y)))
  })
})

test.each<[string, Doubles, (x: number) => number]>([
  ['log', log, Math.log],
  ['log1p', log1p, Math.log1p],
  ['log2', log2, Math.log2],
  ['sqrt', sqrt, Math.sqrt],
  ['rsqrt', rsqrt, x => 1 / Math.sqrt(x)],
])('%s of numbers above 0', (_, f, g) => {
  const result = toNested(f(tensor([0.001, 0.5, 1, 40], 'float64')))
  result.forEach((y, i) => {
    expect(Math.abs(y - g([0.001, 0.5, 1, 40][i] ?? 0))).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(y)))
  })
})

describe('at the edges', () => {
  test('small numbers keep their digits', () => {
    expect(toNested(expm1(tensor([1e-12], 'float64')))).toEqual([1e-12 + 5e-25])
    expect(toNested(log1p(tensor([1e-12], 'float64')))).toEqual([1e-12 - 5e-25])
  })
  test('infinities, NaN and zeros', () => {
    const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: least } = Number
    expect(toNested(exp(tensor([least, 1000, nan])))).toEqual([0, inf, nan])
    expect(toNested(log(tensor([0, -1, inf])))).toEqual([least, nan, inf])
    expect(toNested(log2(tensor([0, -1, inf])))).toEqual([least, nan, inf])
    expect(toNested(sqrt(tensor([-1, inf])))).toEqual([nan, inf])
    expect(toNested(rsqrt(tensor([0])))).toEqual([inf])
    expect(toNested(tanh(tensor([least, inf])))).toEqual([-1, 1])
    expect(toNested(sigmoid(tensor([least, -1e4, 1e4, inf])))).toEqual([0, 0, 1, 1])
    expect(toNested(erf(tensor([least, inf])))).toEqual([-1, 1])
  })
  test('ceil rounds up also below 0', () => {
    expect(toNested(ceil(tensor([-1.5, 1.2, 2])))).toEqual([-1, 2, 2])
    expect(toNested(floor(tensor([-1.5, 1.2, 2])))).toEqual([-2, 1, 2])
  })
  test('the least integer has no absolute value: it wraps, as in numpy', () => {
    expect(toNested(abs(tensor([-(2 ** 31), -3], 'int32')))).toEqual([-(2 ** 31), 3])
    expect(toNested(neg(tensor([-(2 ** 31), 1], 'int32')))).toEqual([-(2 ** 31), -1])
  })
})

test('clip', () => {
  expect(toNested(pipe(tensor([-1, 0.5, 2]), clip(0, 1)))).toEqual([0, 0.5, 1])
  expect(toNested(pipe(tensor([-5, 5], 'int32'), clip(-2, 3)))).toEqual([-2, 3])
  expect(errorOf(() => clip(1, 0)).message).toBe('clip: the bounds are 1 and 0: give the lower one first')
  expect(errorOf(() => clip(Number.NaN, 0)).message).toBe('clip: the bounds are NaN and 0: give the lower one first')
  expect(errorOf(() => pipe(tensor([1], 'int32'), clip(0.5, 2))).message).toBe("clip: 0.5 is not a value of int32: cast('float32') first")
})

test('not: of bools, of the bits of integers', () => {
  expect(toNested(not(tensor([true, false])))).toEqual([false, true])
  expect(toNested(not(tensor([0, 5], 'int32')))).toEqual([-1, -6])
  expect(toNested(not(tensor([0], 'uint32')))).toEqual([2 ** 32 - 1])
})

describe('cast', () => {
  test('by hand', () => {
    expect(toNested(cast('int32')(tensor([1.7, -1.7, Number.NaN])))).toEqual([1, -1, 0])
    expect(toNested(cast('bool')(tensor([0, 0.5, -0, Number.NaN])))).toEqual([false, true, false, true])
    expect(toNested(cast('float32')(tensor([true, false])))).toEqual([1, 0])
    expect(toNested(cast('float32')(tensor([0.1], 'float64')))).toEqual([Math.fround(0.1)])
    expect(toNested(cast('uint32')(tensor([-1], 'int32')))).toEqual([2 ** 32 - 1])
    expect(toNested(cast('int32')(tensor([2 ** 31], 'uint32')))).toEqual([-(2 ** 31)])
  })
  test('from any dtype to any other and the shape stays', () => {
    const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint32', 'bool']
    for (const from of dtypes)
      for (const to of dtypes) {
        const x = cast(to)(zeros('n 2', { n: 3 }, from))
        claims(x, 'n 2', [3, 2])
        expect(x.dtype).toBe(to)
      }
  })
  test('to no dtype', () => {
    expect(errorOf(() => loose(cast)('float16')(zeros('2'))).message).toBe(
      "cast: 'float16' is no dtype: use float32, which holds every number of it",
    )
  })
})

test('names stay', () => {
  claims(exp(zeros('batch 3', { batch: 2 })), 'batch 3', [2, 3])
  claims(pipe(zeros('n', { n: 0 }), square, neg, clip(0, 1)), 'n', [0])
})

test('dtypes that do not fit', () => {
  const wrong = (f: unknown, dtype: DType): string => errorOf(() => loose(f)(zeros('2', {}, dtype))).message
  expect(wrong(exp, 'int32')).toBe("exp: needs a float dtype, not int32: cast('float32') first")
  expect(wrong(neg, 'bool')).toBe("neg: needs numbers, not bool: cast('float32') or cast('int32') first")
  expect(wrong(not, 'float32')).toBe('not: needs bool, int32 or uint32, not float32')
})
