/** Rows by labels: segments, counts, histograms; covariances and integrals. */
import * as fc from 'fast-check'
import {
  bincount,
  corrCoef,
  cov,
  fromArrayOrThrow,
  grad,
  histogram,
  histogramEdges,
  jit,
  mul,
  pipe,
  random,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentProd,
  segmentSum,
  slice,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  trapezoid,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const nan = Number.NaN
const inf = Number.POSITIVE_INFINITY

describe('segments', () => {
  const labels = tensor([2, 0, 2], 'int32')
  const rows = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
  testOnEach('sums and means by hand, a segment without rows', () => {
    expect(toNested(segmentSum(labels, 4)(rows))).toEqual([
      [3, 4],
      [0, 0],
      [6, 8],
      [0, 0],
    ])
    expect(toNested(segmentMean(labels, 3)(rows))).toEqual([
      [3, 4],
      [0, 0],
      [3, 4],
    ])
    expect(toNested(segmentSum(labels, 3)(tensor([1, 2, 3], 'uint32')))).toEqual([2, 0, 4])
    expect(toNested(segmentSum(zeros('0', {}, 'int32'), 2)(zeros('0')))).toEqual([0, 0])
    expect(
      toNested(
        bincount(4)(
          tensor(
            [
              [1, 1],
              [0, 3],
            ],
            'uint32',
          ),
        ),
      ),
    ).toEqual([1, 2, 0, 1])
    expect(toNested(bincount(2)(zeros('0 3', {}, 'int32')))).toEqual([0, 0])
  })
  testOnEach('products and extremes by hand, NaN, integers, gradients', () => {
    expect(toNested(segmentProd(labels, 3)(rows))).toEqual([
      [3, 4],
      [1, 1],
      [5, 12],
    ])
    expect(toNested(segmentMax(labels, 3)(tensor([1, nan, 3])))).toEqual([nan, -inf, 3])
    expect(toNested(segmentMin(labels, 2 + 1)(tensor([5, 7, -2], 'int32')))).toEqual([7, 2 ** 31 - 1, -2])
    const at = tensor([4, 3, 4])
    const slope = (f: (x: Tensor<'3'>) => Tensor<''>) => toNested(grad(f)(at))
    expect(slope(x => pipe(x, segmentMax(labels, 3), slice('2')))).toEqual([0.5, 0, 0.5])
    expect(slope(x => pipe(x, segmentProd(labels, 3), sum()))).toEqual([4, 1, 4])
  })
  test('names with sizes, and names that say two', () => {
    const found = segmentSum(labels, 'nodes', { nodes: 3 })(rows)
    expect([found.shape, ...found.sizes]).toEqual(['nodes 2', 3, 2])
    expect(bincount('k', { k: 3 })(labels).shape).toBe('k')
    expect(errorOf(() => loose(segmentSum)(zeros('k', { k: 2 }, 'int32'), 'k', { k: 3 })(zeros('k', { k: 2 }))).message).toBe(
      "segmentSum: 'k' is 2 in one place and 3 in another: one name has one size",
    )
  })
  test('gradients: each row gets what its segment gets', () => {
    const f = (x: Tensor<'3 2'>) =>
      pipe(
        x,
        segmentSum(labels, 3),
        mul(
          tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
        ),
        sum(),
      )
    expect(toNested(grad(f)(rows))).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ])
    const g = (x: Tensor<'3'>) => pipe(x, segmentMean(labels, 3), sum())
    expect(toNested(grad(g)(tensor([1, 2, 3])))).toEqual([0.5, 1, 0.5])
  })
  test('under vmap and jit; large counts', () => {
    const each = vmap('2')((l: Tensor<'3', 'int32'>) => bincount(3)(l))(
      tensor(
        [
          [0, 0, 1],
          [2, 2, 2],
        ],
        'int32',
      ),
    )
    expect(toNested(each)).toEqual([
      [2, 1, 0],
      [0, 0, 3],
    ])
    const many = zeros('100000', {}, 'int32')
    expect(toNested(jit((l: Tensor<'100000', 'int32'>) => bincount(2)(l))(many))).toEqual([100000, 0])
  })
  test('what is refused', () => {
    expect(errorOf(() => bincount(2)(labels)).message).toBe('bincount: label 2 is outside 0 to 1: indices and class labels count from 0')
    expect(errorOf(() => segmentSum(labels, 2)(rows)).message).toBe(
      'segmentSum: label 2 is outside 0 to 1: indices and class labels count from 0',
    )
    expect(errorOf(() => loose(segmentSum)(labels, 3)(zeros('2 3'))).message).toBe(
      "segmentSum: '2 3' by labels of shape '3': the labels have one axis, which is the first of what they label",
    )
    expect(errorOf(() => loose(bincount)(-1)).message).toBe(
      "bincount: '-1' is not one axis: give a name or a size, as in bincount('batch')",
    )
    expect(errorOf(() => loose(bincount)('k')).message).toBe("bincount: 'k' in 'k' has no size: give one, as in bincount('k', { k: 32 })")
    expect(errorOf(() => loose(bincount(3))(tensor([1]))).message).toBe("bincount: labels are float32: cast('int32') first")
  })
})

describe('histogram', () => {
  const x = tensor([0, 1, 1, 2, 4])
  testOnEach('bins have their lower edge, the last one both', () => {
    expect(toNested(histogram(4)(x))).toEqual([1, 2, 1, 1])
    expect(toNested(histogram(2, { range: [1, 2] })(x))).toEqual([2, 1])
    expect(
      toNested(
        histogram(tensor([0, 1, 3, 9]))(
          tensor([
            [-1, 0, 1],
            [3, 9, 10],
          ]),
        ),
      ),
    ).toEqual([1, 1, 2])
    expect(toNested(histogram(1)(tensor([5, 5])))).toEqual([2])
    expect(toNested(histogramEdges(2)(tensor([5, 5])))).toEqual([4.5, 5, 5.5])
    expect(toNested(histogram(2, { range: [0, 1] })(tensor([nan, -inf, inf, 0.5])))).toEqual([0, 1])
    expect(toNested(histogram(2)(tensor([nan, inf, 1, 2])))).toEqual([1, 1])
    expect(toNested(histogram(3, { range: [0, 3] })(zeros('0')))).toEqual([0, 0, 0])
  })
  test('weights and densities', () => {
    const weights = tensor([1, 2, 3, 4, 5])
    expect(toNested(histogram(2, { weights })(x))).toEqual([6, 9])
    expect(toNested(histogram(tensor([0, 1, 3]), { density: true })(x))).toEqual([0.25, 0.375])
    expect(toNested(histogram(tensor([0, 1, 5]), { density: true, weights })(x))).toEqual([
      Math.fround(1 / 15),
      Math.fround(Math.fround(14 / 15) / 4),
    ])
    const slope = grad((w: Tensor<'5'>) => pipe(x, histogram(2, { weights: w }), mul(tensor([10, 20])), sum()))(weights)
    expect(toNested(slope)).toEqual([10, 10, 10, 20, 20])
  })
  test('beside a count by comparison, for many edges', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 17 }),
        fc.array(fc.integer({ min: -25, max: 25 }), { maxLength: 40 }),
        (given, entries) => {
          const edges = given.toSorted((a, b) => a - b)
          const wanted = edges.slice(1).map((high, i) => {
            const low = edges[i] ?? nan
            return entries.filter(entry => entry >= low && (entry < high || (entry === high && i === edges.length - 2))).length
          })
          const found = histogram(fromArrayOrThrow('k', 'float64')(edges))(fromArrayOrThrow('n', 'float64')(entries))
          expect(found.shape).toBe('k-1')
          expect([...toArray(found)]).toEqual(wanted)
        },
      ),
      draws(73, 20),
    )
  })
  test('no entry inside the range is lost to rounding', () => {
    const y = random.uniform('1000')(random.key(3))
    expect(toNumber(sum()(histogram(7)(y)))).toBe(1000)
    expect(toNumber(jit((z: Tensor<'1000'>) => sum()(histogram(7)(z)))(y))).toBe(1000)
  })
  test('what is refused', () => {
    expect(errorOf(() => loose(histogram)(0)).message).toBe('histogram: 0 bins: give a whole number from 1 up')
    expect(errorOf(() => loose(histogram)(3, { range: [1, 1] })).message).toBe(
      'histogram: range is [1,1]: give two numbers, the lower one first',
    )
    expect(errorOf(() => loose(histogram)(tensor([1]))).message).toBe("histogram: edges of shape '1': give at least two along one axis")
    expect(errorOf(() => loose(histogram)(tensor([1, 2]), { range: [0, 1] })).message).toBe(
      'histogram: edges say their range: leave the option range out',
    )
    expect(errorOf(() => loose(histogram(tensor([0, 1], 'float64')))(x)).message).toMatch(/float32 and float64: dtypes differ/)
  })
})

describe('covariance', () => {
  const x = tensor([
    [1, 6],
    [2, 4],
    [3, 2],
  ])
  testOnEach('by hand, along either axis', () => {
    expect(toNested(cov(0)(x))).toEqual([
      [1, -2],
      [-2, 4],
    ])
    expect(
      toNested(
        cov(-1)(
          tensor([
            [1, 2, 3],
            [6, 4, 2],
          ]),
        ),
      ),
    ).toEqual([
      [1, -2],
      [-2, 4],
    ])
    expect(
      toNested(
        cov(0, { correction: 0 })(
          tensor([
            [0, 0],
            [2, 4],
          ]),
        ),
      ),
    ).toEqual([
      [1, 2],
      [2, 4],
    ])
    expect(
      toNested(
        corrCoef(0)(
          tensor([
            [0, 2],
            [2, 0],
            [0, 2],
            [2, 0],
          ]),
        ),
      ),
    ).toEqual([
      [1, -1],
      [-1, 1],
    ])
  })
  test('numbers far from 0, of great and of small size; one observation; a variable that stays', () => {
    expect(toNested(cov(0)(tensor([[1e8], [1e8 + 16]])))).toEqual([[128]])
    expect(
      toNested(
        corrCoef(0)(
          tensor([
            [1e30, 1e-30],
            [3e30, 3e-30],
          ]),
        ),
      ),
    ).toEqual([
      [expect.closeTo(1, 6), expect.closeTo(1, 6)],
      [expect.closeTo(1, 6), expect.closeTo(1, 6)],
    ])
    expect(toNested(cov(0)(tensor([[1, 2]])))).toEqual([
      [nan, nan],
      [nan, nan],
    ])
    expect(
      toNested(
        corrCoef(0)(
          tensor([
            [1, 5],
            [2, 5],
          ]),
        ),
      ),
    ).toEqual([
      [expect.closeTo(1, 6), nan],
      [nan, nan],
    ])
  })
  test('the variance stands on the diagonal, and has its gradient', () => {
    const slope = grad((z: Tensor<'3 1', 'float64'>) => pipe(z, cov(0), sum()))(tensor([[1], [2], [6]], 'float64'))
    // 2 (x - mean) / (n - 1)
    expect(toNested(slope)).toEqual([[-2], [-1], [3]])
    expect(errorOf(() => loose(cov(0))(zeros('3'))).message).toBe("cov: '3' has 1 axes, not two: observations and variables")
  })
})

describe('trapezoid', () => {
  testOnEach('by hand', () => {
    expect(toNumber(trapezoid(0)(tensor([1, 2, 4])))).toBe(4.5)
    expect(
      toNested(
        trapezoid(
          0,
          0.5,
        )(
          tensor([
            [1, 0],
            [2, 4],
          ]),
        ),
      ),
    ).toEqual([0.75, 1])
    expect(
      toNested(
        trapezoid(
          -1,
          tensor([0, 1, 3]),
        )(
          tensor([
            [1, 3, 3],
            [0, 0, 2],
          ]),
        ),
      ),
    ).toEqual([8, 2])
    expect([trapezoid(0)(tensor([5])), trapezoid(0)(zeros('0'))].map(y => toNumber(y))).toEqual([0, 0])
    expect(toNested(grad((y: Tensor<'3'>) => trapezoid(0, tensor([0, 1, 3]))(y))(tensor([1, 1, 1])))).toEqual([0.5, 1.5, 1])
    expect(errorOf(() => loose(trapezoid(0, tensor([0, 1])))(zeros('3'))).message).toBe(
      "trapezoid: points of shape '2' along axis 0 of '3': give one for each of its entries",
    )
  })
})
