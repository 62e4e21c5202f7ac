/** Reductions: by position, from the end, by name, over several axes, over nothing. */
import * as fc from 'fast-check'
import {
  all,
  any,
  argmax,
  argmin,
  type DType,
  fromArray,
  grad,
  jvp,
  logSumExp,
  max,
  mean,
  min,
  mul,
  pipe,
  prod,
  std,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  variance,
  vjp,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { at, typed, type Value } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const table = tensor([
  [1, 2, 3],
  [4, 5, 6],
])

describe('sum by hand', () => {
  test('over all axes, over one, over several', () => {
    expect(toNested(sum()(table))).toBe(21)
    expect(toNested(sum(0)(table))).toEqual([5, 7, 9])
    expect(toNested(sum(-1)(table))).toEqual([6, 15])
    expect(toNested(sum([1, 0])(table))).toBe(21)
    expect(toNested(sum([])(table))).toEqual(toNested(table))
    expect(toNested(sum(1, { keepDims: true })(table))).toEqual([[6], [15]])
  })
  test('by name', () => {
    const x = right(
      fromArray('batch 3')([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    )
    expect(toNested(sum('batch')(x))).toEqual([5, 7, 9])
    expect(toNested(mean('batch', { keepDims: true })(x))).toEqual([[2.5, 3.5, 4.5]])
    claims(sum('batch')(x), '3', [3])
    claims(sum(['batch', -1])(x), '', [])
    claims(max(-1, { keepDims: true })(x), 'batch 1', [2, 1])
    claims(sum(undefined, { keepDims: true })(x), '1 1', [1, 1])
    claims(argmax(-1)(x), 'batch', [2])
  })
  test('of a scalar', () => {
    expect([sum(), mean(), max(), prod(), logSumExp()].map(f => toNumber(f(tensor(5))))).toEqual([5, 5, 5, 5, 5])
  })
})

describe('over no entries', () => {
  const none = zeros('0 2')
  test('each has its unit', () => {
    expect(toNested(sum(0)(none))).toEqual([0, 0])
    expect(toNested(prod(0)(none))).toEqual([1, 1])
    expect(toNested(max(0)(none))).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(toNested(min(0)(none))).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect(toNested(logSumExp(0)(none))).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(toNested(any(0)(zeros('0 2', {}, 'bool')))).toEqual([false, false])
    expect(toNested(all(0)(zeros('0 2', {}, 'bool')))).toEqual([true, true])
    expect(toNested(max(0)(zeros('0 1', {}, 'int32')))).toEqual([-(2 ** 31)])
    expect(toNested(min(0)(zeros('0 1', {}, 'int32')))).toEqual([2 ** 31 - 1])
    expect(toNested(min(0)(zeros('0 1', {}, 'uint32')))).toEqual([2 ** 32 - 1])
  })
  test('a mean of nothing is NaN', () => {
    expect(toNested(mean(0)(none))).toEqual([Number.NaN, Number.NaN])
    expect(toNested(std(0)(none))).toEqual([Number.NaN, Number.NaN])
  })
  test('no row has a greatest entry', () => {
    expect(errorOf(() => argmax<number>(0)(none)).message).toBe("argmax: '0 2' has no entries along axis 0")
    expect(errorOf(() => argmin<number>(-1)(zeros('3 0'))).message).toBe("argmin: '3 0' has no entries along axis 1")
    expect(toNested(argmax(-1)(none))).toEqual([])
  })
})

describe('greatest and least', () => {
  test('the ends of the integers', () => {
    const i = tensor([5, -(2 ** 31), 2 ** 31 - 1], 'int32')
    expect([max()(i), min()(i), argmax(0)(i), argmin(0)(i)].map(x => toNumber(x))).toEqual([2 ** 31 - 1, -(2 ** 31), 2, 1])
    const u = tensor([5, 0, 2 ** 32 - 1], 'uint32')
    expect([max()(u), min()(u), argmax(0)(u), argmin(0)(u)].map(x => toNumber(x))).toEqual([2 ** 32 - 1, 0, 2, 1])
  })
  test('the first of equals', () => {
    expect(toNested(argmax(-1)(tensor([[1, 7, 7]])))).toEqual([1])
    expect(toNested(argmin(0)(tensor([3, 1, 1])))).toBe(1)
    expect(argmax(0)(tensor([1, 2])).dtype).toBe('int32')
  })
  test('NaN is greatest and least, as in numpy', () => {
    const x = tensor([1, Number.NaN, 3])
    expect([max()(x), min()(x)].map(y => toNumber(y))).toEqual([Number.NaN, Number.NaN])
    expect([argmax(0)(x), argmin(0)(x)].map(y => toNumber(y))).toEqual([1, 1])
  })
  test('infinities', () => {
    expect(toNumber(min()(tensor([Number.POSITIVE_INFINITY, 1])))).toBe(1)
    expect(toNumber(max()(tensor([Number.NEGATIVE_INFINITY])))).toBe(Number.NEGATIVE_INFINITY)
  })
  test('a gradient is shared by equals', () => {
    const [, pullback] = vjp((x: Tensor<'3'>) => max()(x))(tensor([2, 2, 1]))
    expect(toNested(pullback(tensor(1)))).toEqual([0.5, 0.5, 0])
  })
})

describe('moments', () => {
  test('variance and std divide by n', () => {
    // 1, 3: mean 2, squared distances 1 and 1
    expect(toNumber(variance()(tensor([1, 3])))).toBe(1)
    expect(
      toNested(
        std(0)(
          tensor([
            [1, 5],
            [3, 5],
          ]),
        ),
      ),
    ).toEqual([1, 0])
    expect(toNumber(variance()(tensor([7])))).toBe(0)
  })
  test('a large mean takes no digits away', () => {
    // E[x²] - E[x]² would give 0 or worse in float32.
    expect(toNumber(variance()(tensor([10000, 10001, 10002])))).toBeCloseTo(2 / 3, 6)
  })
})

describe('logSumExp', () => {
  test('by hand', () => {
    expect(toNumber(logSumExp()(tensor([0, 0], 'float64')))).toBeCloseTo(Math.log(2), 15)
    expect(toNested(logSumExp(-1)(tensor([[0, Math.log(3)]], 'float64')))).toEqual([expect.closeTo(Math.log(4), 14)])
  })
  test.each(['float32', 'float64'] as const)('far out, in %s', dtype => {
    expect(toNumber(logSumExp()(tensor([1e4, 1e4 - 50], dtype)))).toBe(1e4)
    expect(toNumber(logSumExp()(tensor([-1e4, -2e4], dtype)))).toBe(-1e4)
    const { POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: least } = Number
    expect(toNumber(logSumExp()(tensor([least, least], dtype)))).toBe(least)
    expect(toNumber(logSumExp()(tensor([least, 3], dtype)))).toBe(3)
    expect(toNumber(logSumExp()(tensor([inf, 3], dtype)))).toBe(inf)
  })
  test.each(['float32', 'float64'] as const)('keeps what is small beside the greatest entry, in %s', dtype => {
    const of = (entries: readonly number[]): number => toNumber(logSumExp()(right(fromArray('n', dtype)(entries))))
    const { POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: least, NaN: nan } = Number
    // Two units in the last place: of the exponential and of log1p.
    const close = (found: number, expected: number): void =>
      expect(Math.abs(found / expected - 1)).toBeLessThan(dtype === 'float64' ? 2 ** -51 : 2 ** -22)
    const small = 2.061153622438558e-9
    close(of([0, -20]), Math.log1p(small))
    close(of([-20, 0]), Math.log1p(small))
    close(of([0, -40]), 4.248354255291589e-18)
    close(of([-20, 0, 0]), Math.log(2) + small / 2)
    close(of([-20, 0, 0, 0]), Math.log(3) + small / 3)
    close(of([1000, 980]), 1000 + small)
    close(of([-1000, -1020]), -1000 + small)
    expect(of([least, least])).toBe(least)
    expect(of([least, 0])).toBe(0)
    expect(of([inf, 0, -20])).toBe(inf)
    expect(of([inf, inf])).toBe(inf)
    expect(of([inf, least])).toBe(inf)
    expect([of([nan, 0]), of([0, nan]), of([nan, inf]), of([nan, least])]).toEqual([nan, nan, nan, nan])
    expect(of([])).toBe(least)
  })
  test('its gradient keeps its digits beside the greatest entry, and is differentiated once more', () => {
    const f = (x: Tensor<'2', 'float64'>): Tensor<'', 'float64'> => logSumExp()(x)
    const slopes = toNested(grad(f)(tensor([0, -20], 'float64')))
    // softmax of [0, -20]: σ(20) and σ(-20).
    const small = Math.exp(-20)
    expect(slopes).toEqual([expect.closeTo(1 / (1 + small), 15), expect.closeTo(small / (1 + small), 23)])
    const second = grad((x: Tensor<'2', 'float64'>) => pipe(grad(f)(x), mul(tensor([1, 0], 'float64')), sum()))
    // σ(20) σ(-20) and its opposite: the first as s - s² of an s that is all but 1, which has half a unit of that.
    expect(toNested(second(tensor([0, -20], 'float64')))).toEqual([
      expect.closeTo(small / (1 + small) ** 2, 15),
      expect.closeTo(-small / (1 + small) ** 2, 23),
    ])
  })
  test('over several axes at once', () => {
    const x = tensor(
      [
        [0, -20],
        [-20, -20],
      ],
      'float64',
    )
    expect(toNumber(logSumExp([0, 1])(x))).toBeCloseTo(Math.log1p(3 * Math.exp(-20)), 22)
    expect(toNested(logSumExp(0, { keepDims: true })(x))).toEqual([
      [expect.closeTo(Math.log1p(Math.exp(-20)), 23), expect.closeTo(Math.log(2) - 20, 14)],
    ])
  })
  test('its gradient is softmax, also far out', () => {
    const [, pullback] = vjp((x: Tensor<'3'>) => logSumExp()(x))(tensor([1e4, 1e4, -1e4]))
    expect(toNested(pullback(tensor(1)))).toEqual([0.5, 0.5, 0])
  })
  test('where every entry is -∞ nothing near adds anything: the gradient is 0', () => {
    const { POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: least } = Number
    const slopes = (x: readonly (readonly [number, number])[]): unknown =>
      toNested(grad((y: Tensor<'n 2'>) => sum()(logSumExp(-1)(y)))(right(fromArray('n 2')(x))))
    expect(slopes([[least, least]])).toEqual([[0, 0]])
    expect(
      slopes([
        [least, least],
        [least, 3],
        [0, 0],
      ]),
    ).toEqual([
      [0, 0],
      [0, 1],
      [0.5, 0.5],
    ])
    expect(slopes([[inf, 3]])).toEqual([[Number.NaN, 0]])
    expect(toNumber(jvp((x: Tensor<'2'>) => logSumExp()(x))(tensor([least, least]), tensor([1, 2]))[1])).toBe(0)
  })
})

describe('bools', () => {
  test('any and all', () => {
    const x = tensor([
      [true, false],
      [false, false],
    ])
    expect([toNested(any(1)(x)), toNested(all(0)(x)), toNested(any()(x)), toNested(all()(x))]).toEqual([
      [true, false],
      [false, false],
      true,
      false,
    ])
    expect(any()(x).dtype).toBe('bool')
  })
})

/** A reduction over some axes is the plain loop over the entries that have one index along the others. */
test.each<[string, unknown, (entries: readonly number[]) => number]>([
  ['sum', sum, xs => xs.reduce((a, b) => a + b, 0)],
  ['prod', prod, xs => xs.reduce((a, b) => a * b, 1)],
  ['max', max, xs => Math.max(...xs)],
  ['min', min, xs => Math.min(...xs)],
  ['mean', mean, xs => xs.reduce((a, b) => a + b, 0) / xs.length],
])('%s over any axes of any shape', (_, op, definition) => {
  const sample = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }).chain(sizes =>
    fc.tuple(
      values(sizes, 'float64'),
      fc.subarray([...sizes.keys()]).chain(axes => fc.shuffledSubarray(axes, { minLength: axes.length })),
      fc.boolean(),
    ),
  )
  fc.assert(
    fc.property(sample, ([x, axes, keepDims]) => {
      const given = axes.map((axis, i) => (i % 2 === 0 ? axis : axis - x.sizes.length))
      const result = typed<Value>(loose(op)(given, { keepDims })(x))
      const groups = new Map<string, number[]>()
      toArray(x).forEach((value, place) => {
        let rest = place
        const index = x.sizes.toReversed().map(size => {
          const i = rest % size
          rest = (rest - i) / size
          return i
        })
        const key = index
          .toReversed()
          .filter((__, axis) => !axes.includes(axis))
          .join()
        groups.set(key, [...(groups.get(key) ?? []), value])
      })
      const expected = [...groups.values()].map(definition)
      expect(result.sizes).toEqual(x.sizes.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size])))
      const found = toArray(result)
      expect(found.length).toBe(expected.length)
      // Up to 81 terms below 2, or products of up to 2^81, in another order: relative 1e-14.
      expected.forEach((value, i) => {
        expect(Math.abs(at(found, i) - value)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(value)))
      })
    }),
    draws(53, 60),
  )
})

test('what does not fit', () => {
  const wrong = (f: unknown, axes: unknown, x: unknown): readonly string[] => {
    const { _tag, message } = errorOf(() => loose(f)(axes)(x))
    return [_tag, message]
  }
  expect(wrong(sum, 2, table)).toEqual(['ShapeError', "sum: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"])
  expect(wrong(sum, -3, table)).toEqual(['ShapeError', "sum: axis -3 is out of range for '2 3', which has 2 axes (-2 to 1)"])
  expect(wrong(mean, 'time', zeros('batch 3', { batch: 2 }))).toEqual(['ShapeError', "mean: 'batch 3' has no axis 'time'"])
  expect(wrong(max, [0, -2], table)).toEqual(['ShapeError', "max: axis 0 of '2 3' is given twice"])
  expect(wrong(argmax, 0, tensor(1))).toEqual(['ShapeError', "argmax: axis 0 is out of range for '', which has no axes"])
  const of = (dtype: DType): Value => zeros('2', {}, dtype)
  expect(wrong(mean, 0, of('int32'))).toEqual(['DTypeError', "mean: needs a float dtype, not int32: cast('float32') first"])
  expect(wrong(sum, 0, of('bool'))).toEqual(['DTypeError', "sum: needs numbers, not bool: cast('float32') or cast('int32') first"])
  expect(wrong(any, 0, of('int32'))).toEqual(['DTypeError', 'any: needs bool, not int32'])
  expect(wrong(argmin, 0, of('bool'))).toEqual(['DTypeError', "argmin: needs numbers, not bool: cast('float32') or cast('int32') first"])
})
