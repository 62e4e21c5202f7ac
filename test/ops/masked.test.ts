/** Reductions of some of the entries: masks, weights, corrections, norms, and places among several axes. */
import * as fc from 'fast-check'
import * as pullback from 'pullback'
import {
  argmax,
  argmin,
  countNonzero,
  grad,
  logSumExp,
  max,
  mean,
  min,
  norm,
  pipe,
  ptp,
  std,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  variance,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const nan = Number.NaN
const inf = Number.POSITIVE_INFINITY
const x = tensor([
  [1, nan, 3],
  [4, 5, -6],
])
const mask = tensor([
  [true, false, true],
  [true, true, false],
])
const where = { where: mask }
const numberOf = (y: unknown): number => toNumber(typed<Tensor<''>>(y))

describe('where', () => {
  testOnEach('what is left out is not there', () => {
    const found = [
      toNested(sum(-1, where)(x)),
      toNested(pullback.prod(-1, where)(x)),
      toNested(max(-1, where)(x)),
      toNested(min(-1, where)(x)),
      toNested(mean(-1, where)(x)),
      toNested(variance(-1, where)(x)),
      toNested(std(-1, { ...where, correction: 1 })(x)),
      toNested(countNonzero(-1, where)(x)),
      toNested(norm(-1, { ...where, ord: -inf })(x)),
    ]
    expect(found).toEqual([
      [4, 9],
      [3, 20],
      [3, 5],
      [1, 4],
      [2, 4.5],
      [1, 0.25],
      [Math.fround(Math.SQRT2), Math.fround(Math.SQRT1_2)],
      [2, 2],
      [1, 4],
    ])
    const two = toArray(
      logSumExp(
        -1,
        where,
      )(
        tensor(
          [
            [0, nan, 0],
            [1, 1, 9],
          ],
          'float64',
        ),
      ),
    )
    expect(two[0]).toBeCloseTo(Math.LN2, 15)
    expect(two[1]).toBeCloseTo(1 + Math.LN2, 15)
  })
  test('a mask broadcasts; keepDims; bools; integers', () => {
    expect(toNested(sum(0, { where: tensor([true, false, true]), keepDims: true })(x))).toEqual([[5, 0, -3]])
    const flags = tensor([true, false])
    expect(toNumber(pullback.any(0, { where: tensor([false, true]) })(flags))).toBe(0)
    expect(toNumber(pullback.all(0, { where: tensor([true, false]) })(flags))).toBe(1)
    expect(toNumber(max(0, { where: flags })(tensor([3, 9], 'int32')))).toBe(3)
  })
  test('of no entry it is the value that changes nothing, NaN for what has none', () => {
    const none = { where: tensor([false, false]) }
    const y = tensor([7, 8])
    expect([sum, pullback.prod, max, min, mean, variance, std, logSumExp, norm].map(f => numberOf(loose(f)(0, none)(y)))).toEqual([
      0,
      1,
      -inf,
      inf,
      nan,
      nan,
      nan,
      -inf,
      0,
    ])
    expect(toNumber(max(0, none)(tensor([7, 8], 'int32')))).toBe(-(2 ** 31))
  })
  test('neither a NaN that is left out nor an empty row reaches a gradient', () => {
    const some = { where: tensor([true, false, true]) }
    const y = tensor([1, nan, 3])
    const slopesOf = (f: unknown) => [...toArray(grad((z: Tensor<'3'>) => typed<Tensor<''>>(loose(f)(0, some)(z)))(y))]
    expect(slopesOf(mean)).toEqual([0.5, 0, 0.5])
    expect(slopesOf(variance)).toEqual([-1, 0, 1])
    expect(slopesOf(std)).toEqual([-0.5, 0, 0.5])
    expect(slopesOf(max)).toEqual([0, 0, 1])
    expect([logSumExp, norm].flatMap(slopesOf).some(Number.isNaN)).toBe(false)
    const none = { where: tensor([false, false, false]) }
    expect(toNested(grad((z: Tensor<'3'>) => mean(0, none)(z))(y))).toEqual([0, 0, 0])
  })
  test('as if the entries that are taken were all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 40 }), pairs => {
        const of = pullback.fromArrayOrThrow('n', 'float64')
        const taken = pairs.flatMap(([value, isTaken]) => (isTaken ? [value] : []))
        const given = { where: pullback.fromArrayOrThrow('n', 'bool')(pairs.map(pair => pair[1])) }
        for (const f of [sum, max, min, mean, variance, std, logSumExp, norm]) {
          const found = numberOf(loose(f)(0, given)(of(pairs.map(pair => pair[0]))))
          const wanted = numberOf(loose(f)(0)(of(taken)))
          // Sums of at most 40 whole numbers are exact; logarithms, quotients and roots are a few roundings of 1e-16 apart.
          if (Number.isFinite(wanted)) expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(wanted)))
          else expect(found).toBe(wanted)
        }
      }),
      draws(71, 20),
    )
  })
  test('under vmap the mask is one for all, or one for each', () => {
    const rows = tensor([
      [1, 2],
      [3, 4],
    ])
    const masks = tensor([
      [true, false],
      [true, true],
    ])
    expect(toNested(vmap('2')((row: Tensor<'2'>, m: Tensor<'2', 'bool'>) => sum(0, { where: m })(row))(rows, masks))).toEqual([1, 7])
    expect(toNested(vmap('2')((row: Tensor<'2'>) => mean(0, { where: tensor([false, true]) })(row))(rows))).toEqual([2, 4])
  })
  test('what does not go with the entries is refused', () => {
    expect(errorOf(() => loose(sum)(-1, { where: tensor([true, false]) })(x)).message).toBe(
      "sum: where is '2', which does not broadcast to '2 3'",
    )
    expect(errorOf(() => loose(sum)(0, { where: tensor([1, 0]) })).message).toBe('sum: where: needs bool, not float32')
    expect(errorOf(() => loose(mean)(0, { weights: 3 })).message).toMatch(/^mean: the argument is not a tensor/)
    expect(errorOf(() => loose(mean)(0, { weights: tensor([1, 2], 'float64') })(tensor([1, 2]))).message).toBe(
      'mean: float32 and float64: dtypes differ, cast one of them',
    )
    expect(errorOf(() => loose(variance)(0, { correction: '1' })).message).toBe('variance: correction is "1": give a number')
    expect(errorOf(() => loose(sum)(0, { weights: x })).message).toBe("sum: there is no option 'weights', give keepDims or where")
  })
})

describe('weights', () => {
  test('a mean counts each entry as often as it weighs', () => {
    expect(
      toNested(
        mean(-1, { weights: tensor([1, 0, 3]) })(
          tensor([
            [4, 5, 8],
            [0, 9, 4],
          ]),
        ),
      ),
    ).toEqual([7, 3])
    expect(toNumber(mean(0, { weights: tensor([1, 2, 5]), where: tensor([true, true, false]) })(tensor([3, 6, nan])))).toBe(5)
    expect(toNumber(mean(0, { weights: tensor([0, 0]) })(tensor([1, 2])))).toBe(nan)
  })
  test('a logSumExp adds weighted powers', () => {
    const found = toNumber(logSumExp(0, { weights: tensor([2, 3], 'float64') })(tensor([1000, 1001], 'float64')))
    expect(found).toBeCloseTo(1000 + Math.log(2 + 3 * Math.E), 12)
    // An entry of no weight would overflow the others' scale.
    expect(toNumber(logSumExp(0, { weights: tensor([0, 1]) })(tensor([1e30, 5])))).toBe(5)
    expect(toNumber(logSumExp(0, { weights: tensor([-1, 3], 'float64') })(tensor([0, 0], 'float64')))).toBeCloseTo(Math.LN2, 15)
    expect(toNumber(logSumExp(0, { weights: tensor([-3, 1]) })(tensor([0, 0])))).toBe(nan)
    const slope = grad((w: Tensor<'2', 'float64'>) => logSumExp(0, { weights: w })(tensor([0, 0], 'float64')))(tensor([1, 3], 'float64'))
    expect(toNested(slope)).toEqual([0.25, 0.25])
  })
})

describe('correction', () => {
  test('n - 1, and what is not above it', () => {
    expect(toNumber(variance(0, { correction: 1 })(tensor([1, 3])))).toBe(2)
    expect(toNumber(std(0, { correction: 1.5 })(tensor([1, 3])))).toBe(2)
    expect([variance, std].map(f => toNumber(f(0, { correction: 1 })(tensor([4]))))).toEqual([nan, nan])
    expect(toNumber(variance(0, { correction: 5 })(tensor([1, 3])))).toBe(inf)
  })
})

describe('places and ranges', () => {
  test('of several axes a place counts their entries', () => {
    const y = tensor([
      [
        [1, 2],
        [9, 0],
      ],
      [
        [3, 4],
        [5, 8],
      ],
    ])
    expect(toNumber(argmax()(y))).toBe(2)
    expect(toNested(argmax([0, 2])(y))).toEqual([3, 0])
    expect(toNested(argmax([2, 0])(y))).toEqual([3, 0])
    expect(toNested(argmin([0, 1], { keepDims: true })(y))).toEqual([[[0, 1]]])
    expect(toNested(argmax([])(tensor([4, 5])))).toEqual([0, 0])
    expect(argmax('n')(zeros('n 2', { n: 3 })).sizes).toEqual([2])
    expect(errorOf(() => loose(argmax())(zeros('n 2', { n: 0 }))).message).toBe("argmax: 'n 2' has no entries along axis 0")
  })
  test('ptp', () => {
    expect(
      toNested(
        ptp(0)(
          tensor(
            [
              [1, 8],
              [4, 2],
            ],
            'int32',
          ),
        ),
      ),
    ).toEqual([3, 6])
    expect(toNumber(ptp()(tensor([1, nan])))).toBe(nan)
    expect(toNested(grad((y: Tensor<'3'>) => ptp()(y))(tensor([1, 5, 3])))).toEqual([-1, 1, 0])
    expect(errorOf(() => loose(ptp(0))(zeros('0 2'))).message).toBe("ptp: '0 2' has no entries along axis 0")
  })
  testOnEach('countNonzero counts NaN and true', () => {
    expect(toNested(countNonzero()(tensor([0, -0, nan, 2])))).toBe(2)
    expect(
      toNested(
        countNonzero(0)(
          tensor([
            [true, false],
            [true, false],
          ]),
        ),
      ),
    ).toEqual([2, 0])
    expect(pipe(tensor([3, 0], 'uint32'), countNonzero()).dtype).toBe('int32')
  })
})
