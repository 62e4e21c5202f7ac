/** Functions of each entry that are made of others: values that a reader can check by hand, digits in the whole range, slopes at the edges. */
import {
  allClose,
  atan2,
  copySign,
  type DType,
  degrees,
  digamma,
  erf,
  erfInv,
  floorDiv,
  gcd,
  grad,
  heaviside,
  interp,
  isClose,
  isFinite,
  isInf,
  isNaN,
  lcm,
  leadingZeros,
  lgamma,
  logAddExp,
  logAddExp2,
  mod,
  nanToNum,
  pairwise,
  pipe,
  populationCount,
  radians,
  signBit,
  sinc,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  vmap,
  xlog1py,
  xlogy,
} from 'pullback'
import { expect, test } from 'vitest'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const least = -(2 ** 31)

type Vector = Tensor<string, DType>
const numbers = (x: Vector): readonly number[] => [...toArray(x)].map(Number)

testOnEach('kinds of numbers', () => {
  const x = vector([1, -0, nan, inf, -inf])
  expect(numbers(isNaN(x))).toEqual([0, 0, 1, 0, 0])
  expect(numbers(isInf(x))).toEqual([0, 0, 0, 1, 1])
  expect(numbers(isFinite(x))).toEqual([1, 1, 0, 0, 0])
  expect(numbers(signBit(x))).toEqual([0, 1, 0, 0, 1])
  for (const dtype of ['int32', 'uint32'] as const) {
    const whole = vector([0, 3], dtype)
    expect([isNaN, isInf, isFinite, signBit].map(f => numbers(f(whole)))).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [0, 0],
    ])
  }
  expect(numbers(signBit(vector([-3], 'int32')))).toEqual([1])
})

testOnEach('nanToNum', () => {
  expect(numbers(nanToNum()(vector([nan, inf, -inf, 2])))).toEqual([0, Number.MAX_VALUE, -Number.MAX_VALUE, 2])
  expect(numbers(nanToNum({ nan: 1, posInf: 5, negInf: -5 })(vector([nan, inf, -inf, 2], 'float32')))).toEqual([1, 5, -5, 2])
})

testOnEach('isClose and allClose, as numpy has them', () => {
  const x = vector([1, 1.00001, 1.1, inf, -inf, nan, 0])
  const y = vector([1, 1, 1, inf, inf, nan, 1e-9])
  expect(numbers(pipe(x, isClose(y)))).toEqual([1, 1, 0, 1, 0, 0, 1])
  expect(numbers(pipe(x, isClose(y, { equalNaN: true, rtol: 0.2 })))).toEqual([1, 1, 1, 1, 0, 1, 1])
  // |x - y| ≤ rtol |y| is no symmetrical relation: 10 is within a tenth of 11, and 11 is not within a tenth of 10.
  expect(numbers(pipe(vector([10, 11]), isClose(vector([11, 10]), { rtol: 0.095, atol: 0 })))).toEqual([1, 0])
  expect(numbers(pipe(vector([2 ** 31 - 1, 5], 'int32'), isClose(vector([least, 5], 'int32'))))).toEqual([0, 1])
  expect(toNested(pipe(tensor([1, 2]), allClose(tensor([1, 2.1]))))).toBe(false)
  expect(toNested(pipe(tensor([[1], [1]]), allClose(1, { atol: 0 })))).toBe(true)
  expect(errorOf(() => isClose(1, { rtol: -1 })).message).toBe('isClose: rtol is -1: give a number that is not below 0')
})

testOnEach('mod and floorDiv have the sign of the divisor, as in Python', () => {
  const [x, y] = [vector([7, -7, 7, -7, 6, -1, 5.5, 1, 7, inf]), vector([3, 3, -3, -3, 3, inf, -2, 0, inf, 3])]
  expect(numbers(pipe(x, mod(y)))).toEqual([1, 2, -2, -1, 0, inf, -0.5, nan, 7, nan])
  expect(numbers(pipe(x, floorDiv(y)))).toEqual([2, -3, -3, 2, 2, -1, -3, inf, 0, nan])
  // 1 / 0.1 is rounded up to 10, but 0.1 goes into 1 only nine times.
  expect(numbers(pipe(vector([1]), floorDiv(0.1)))).toEqual([9])
  const [a, b] = [vector([7, -7, 7, -7, 5, least, least, 2 ** 31 - 1], 'int32'), vector([2, 2, -2, -2, 0, -1, 1, -1], 'int32')]
  expect(numbers(pipe(a, mod(b)))).toEqual([1, 1, -1, -1, 0, 0, 0, 0])
  expect(numbers(pipe(a, floorDiv(b)))).toEqual([3, -4, -4, 3, 0, least, least, 1 - 2 ** 31])
  const words = vector([2 ** 32 - 1, 2 ** 32 - 1, 7], 'uint32')
  expect(numbers(pipe(words, floorDiv(vector([1, 2, 2 ** 32 - 1], 'uint32'))))).toEqual([2 ** 32 - 1, 2 ** 31 - 1, 0])
  expect(numbers(pipe(words, mod(vector([10, 2, 4], 'uint32'))))).toEqual([5, 1, 3])
})

testOnEach('bits are counted', () => {
  expect(numbers(populationCount(vector([0, 1, 7, -1, least, 0x55555555], 'int32')))).toEqual([0, 1, 3, 32, 1, 16])
  expect(numbers(populationCount(vector([2 ** 32 - 1, 2 ** 31, 255], 'uint32')))).toEqual([32, 1, 8])
  expect(numbers(leadingZeros(vector([0, 1, 255, -1, 2 ** 30], 'int32')))).toEqual([32, 31, 24, 0, 1])
  expect(numbers(leadingZeros(vector([0, 2 ** 32 - 1, 2 ** 16], 'uint32')))).toEqual([32, 0, 15])
})

testOnEach('divisors and multiples', () => {
  const [x, y] = [vector([12, -12, 0, 7, 0, 2 ** 30], 'int32'), vector([18, 18, 5, -13, 0, 2 ** 20], 'int32')]
  expect(numbers(pipe(x, gcd(y)))).toEqual([6, 6, 5, 1, 0, 2 ** 20])
  expect(numbers(pipe(x, lcm(y)))).toEqual([36, 36, 0, 91, 0, 2 ** 30])
  expect(numbers(vmap('2')((a: Tensor<'', 'int32'>) => pipe(a, gcd(6)))(tensor([4, 9], 'int32')))).toEqual([2, 3])
})

testOnEach('sums of exponentials', () => {
  const [x, y] = [vector([0, 1000, -1000, inf, -inf, -inf, inf, nan]), vector([0, 999, -1000, 1, -inf, 3, -inf, 1])]
  const sums = numbers(pipe(x, logAddExp(y)))
  const expected = [Math.LN2, 1000 + Math.log1p(Math.exp(-1)), Math.LN2 - 1000, inf, -inf, 3, inf, nan]
  sums.forEach((value, i) => {
    if (Number.isFinite(value)) expect(Math.abs(value - (expected[i] ?? nan))).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(value))
    else expect(value).toBe(expected[i])
  })
  expect(numbers(pipe(vector([3, -inf, inf]), logAddExp2(vector([3, -inf, 0]))))).toEqual([4, -inf, inf])
})

testOnEach('x log y with 0 for x = 0', () => {
  expect(numbers(pipe(vector([0, 0, 0, 0, 2, 1]), xlogy(vector([0, inf, -1, nan, 1, 0]))))).toEqual([0, 0, 0, nan, 0, -inf])
  expect(numbers(pipe(vector([0, 0, 1, 2]), xlog1py(vector([-1, inf, 0, 1e-20]))))).toEqual([0, 0, 0, 2e-20])
})

testOnEach('sinc keeps its digits', () => {
  // Whole numbers give zeros, of either sign.
  expect(numbers(sinc(vector([0, -0, 1, -2, 1e15, 2 ** 60]))).map(y => y + 0)).toEqual([1, 1, 0, 0, 0, 0])
  for (const x of [1e-300, 1e-5, 0.25, 0.4999, 0.5, 0.75, 1.5, 10.25, 1000.5]) {
    // The difference is exact, and the runtime's sine within a unit in the last place.
    const exact = Math.sin(Math.PI * (x - 2 * Math.round(x / 2))) / (Math.PI * x)
    expect(Math.abs((numbers(sinc(vector([x])))[0] ?? nan) - exact), `at ${x}`).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(exact))
  }
})

testOnEach('steps, signs and degrees', () => {
  expect(numbers(pipe(vector([-2, 0, -0, 3, nan]), heaviside(0.5)))).toEqual([0, 0.5, 0.5, 1, nan])
  expect(numbers(pipe(vector([1, 2]), copySign(-0)))).toEqual([-1, -2])
  expect(numbers(degrees(vector([Math.PI, -Math.PI / 2])))).toEqual([180, -90])
  expect(numbers(radians(vector([180, 90])))).toEqual([Math.PI, Math.PI / 2])
  expect(numbers(pairwise(atan2)(tensor([0, 1]), tensor([1, -1]))).length).toBe(2)
})

testOnEach('interp, between, on and beside the points', () => {
  const [points, values] = [tensor([0, 1, 1, 3], 'float64'), tensor([0, 10, 20, 40], 'float64')]
  const x = vector([-1, 0, 0.25, 1, 2, 3, 5, nan])
  // At a jump, where two points are one, the value is that of the later.
  expect(numbers(loose(interp)(points, values)(x) as never)).toEqual([0, 0, 2.5, 20, 30, 40, 40, nan])
  expect(numbers(loose(interp)(points, values, { left: -7, right: inf })(x) as never)).toEqual([-7, 0, 2.5, 20, 30, 40, inf, nan])
  expect(numbers(loose(interp)(tensor([2], 'float64'), tensor([5], 'float64'))(x) as never)).toEqual([5, 5, 5, 5, 5, 5, 5, nan])
  expect(errorOf(() => loose(interp)(tensor([1, 2]), tensor([1]))).message).toContain('interp: ')
})

/** The slope of a function of one number. */
const slope = (f: (x: Tensor<'', 'float64'>) => Tensor<'', 'float64'>, x: number): number => toNumber(grad(f)(tensor(x, 'float64')))
const curvature = (f: (x: Tensor<'', 'float64'>) => Tensor<'', 'float64'>, x: number): number =>
  toNumber(grad((y: Tensor<'', 'float64'>) => grad(f)(y))(tensor(x, 'float64')))

testOnEach('slopes at the edges', () => {
  expect([0, 1, 5].map(x => slope(y => pipe(y, logAddExp(1)), x))).toEqual([
    expect.closeTo(1 / (1 + Math.E), 14),
    0.5,
    expect.closeTo(1 / (1 + Math.exp(-4)), 14),
  ])
  // The curvature of log(e^x + e^y) is σ(x - y) σ(y - x), a quarter at x = y.
  expect(curvature(y => pipe(y, logAddExp(1)), 1)).toBe(0.25)
  expect(slope(y => pipe(y, xlogy(2)), 0)).toBe(Math.LN2)
  expect(slope(y => pipe(tensor(3, 'float64'), xlogy(y)), 2)).toBe(1.5)
  // The entropy's term at 0: no slope by either side.
  expect(slope(y => pipe(y, xlogy(0)), 0)).toBe(0)
  expect(slope(y => pipe(tensor(0, 'float64'), xlogy(y)), 0)).toBe(0)
  expect(slope(sinc, 0)).toBe(0)
  expect(Math.abs(curvature(sinc, 0) + Math.PI ** 2 / 3)).toBeLessThan(1e-14)
  expect(Math.abs(slope(sinc, 1) + 1)).toBeLessThan(1e-15)
  expect([slope(y => pipe(y, mod(3)), -7), slope(y => pipe(tensor(-7, 'float64'), mod(y)), 3)]).toEqual([1, 3])
  expect(slope(y => pipe(y, floorDiv(3)), 7)).toBe(0)
  expect(slope(y => nanToNum()(y), nan)).toBe(0)
})

testOnEach('the derivatives of special functions', () => {
  // ψ(5) = 1 + 1/2 + 1/3 + 1/4 - γ, ψ′(1) = π²/6, ψ″(1) = -2 ζ(3); ψ′(-½) = π²/2 + 4.
  expect(Math.abs(slope(lgamma, 5) - (25 / 12 - 0.5772156649015329))).toBeLessThan(1e-15)
  expect(Math.abs(slope(digamma, 1) - Math.PI ** 2 / 6)).toBeLessThan(1e-15)
  expect(Math.abs(curvature(digamma, 1) + 2 * 1.2020569031595942)).toBeLessThan(1e-14)
  expect(Math.abs(slope(digamma, -0.5) - Math.PI ** 2 / 2 - 4)).toBeLessThan(1e-13)
  // The slope of an inverse is one over the slope.
  const y = toNumber(erfInv(tensor(0.3, 'float64')))
  expect(Math.abs(slope(erfInv, 0.3) * slope(erf, y) - 1)).toBeLessThan(1e-15)
})

test('errors name what was called', () => {
  expect(errorOf(() => isNaN(tensor([true]) as never)).message).toBe(
    "isNaN: needs numbers, not bool: cast('float32') or cast('int32') first",
  )
  expect(errorOf(() => pipe(tensor([1]), gcd(tensor([1])) as never)).message).toBe('gcd: needs int32 or uint32, not float32')
})
