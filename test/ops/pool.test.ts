/** Pools by hand, against the definition, and their gradients. */
import * as fc from 'fast-check'
import {
  grad,
  jit,
  max,
  maxPool,
  mean,
  meanPool,
  mul,
  ones,
  pipe,
  reshape,
  sqrt,
  sum,
  type Tensor,
  tensor,
  toNested,
  wasmEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { jitChangesNothing, matchesDifferences, tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import { at, bufferOf } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
])

test('an infinite slope goes to the greatest of a window alone', () => {
  // The root has one at 0; 0 · ∞ would be NaN.
  const slopes = grad((x: Tensor<'2 4'>) => pipe(x, maxPool([2, 2]), sqrt, sum()))
  expect(
    toNested(
      slopes(
        tensor([
          [0, -1, 4, 4],
          [-2, 0, 1, 3],
        ]),
      ),
    ),
  ).toEqual([
    [Number.POSITIVE_INFINITY, 0, 0.125, 0.125],
    [0, Number.POSITIVE_INFINITY, 0, 0],
  ])
})

test('by hand', () => {
  expect(toNested(pipe(matrix, maxPool([2, 2])))).toEqual([[5]])
  expect(toNested(pipe(matrix, maxPool([2, 2], { stride: 1 })))).toEqual([
    [5, 6],
    [8, 9],
  ])
  expect(toNested(pipe(matrix, meanPool([3])))).toEqual([[2], [5], [8]])
  expect(toNested(pipe(matrix, meanPool([2, 2], { stride: 1 })))).toEqual([
    [3, 4],
    [6, 7],
  ])
  expect(toNested(pipe(matrix, maxPool([2], { dilation: 2 })))).toEqual([[3], [6], [9]])
})

test('padding never wins, and does not count', () => {
  const below = tensor([-3, -1, -2])
  expect(toNested(pipe(below, maxPool([2], { stride: 1, padding: 1 })))).toEqual([-3, -1, -1, -2])
  expect(toNested(pipe(tensor([-3, -1], 'int32'), maxPool([2], { stride: 2, padding: [[1, 1]] })))).toEqual([-3, -1])
  expect(toNested(pipe(tensor([0, 3], 'uint32'), maxPool([2], { padding: [[1, 0]], stride: 1 })))).toEqual([0, 3])
  expect(toNested(pipe(tensor([1, Number.NaN, 3]), maxPool([2], { padding: [[1, 0]], stride: 1 })))).toEqual([1, Number.NaN, Number.NaN])
  expect(toNested(pipe(matrix, meanPool([3, 3], { stride: 2, padding: 'same' })))).toEqual([
    [3, 4],
    [6, 7],
  ])
  // A window of which no entry lies on x, as only dilation can make one: nothing is the greatest, and 0 / 0 the mean.
  expect(toNested(pipe(tensor([5]), maxPool([2], { stride: 1, padding: 'same', dilation: 2 })))).toEqual([Number.NEGATIVE_INFINITY])
  expect(toNested(pipe(tensor([5]), meanPool([2], { stride: 1, padding: 'same', dilation: 2 })))).toEqual([Number.NaN])
})

test('names and axes before', () => {
  claims(pipe(zeros('batch 8 24 25', { batch: 2 }), maxPool([2, 2])), 'batch 8 12 12', [2, 8, 12, 12])
  claims(pipe(zeros('8 time', { time: 5 }), meanPool([3], { stride: 1, padding: 'same' })), '8 time', [8, 5])
  claims(pipe(zeros('b 4', { b: 0 }), maxPool([2])), 'b 2', [0, 2])
  claims(pipe(zeros('4 4 4'), meanPool([2, 2, 2], { stride: [1, 2, 4] })), '3 2 1', [3, 2, 1])
})

describe('gradients', () => {
  test('of the mean: each entry as often as windows hold it', () => {
    expect(toNested(grad((x: Tensor<'4'>) => pipe(x, meanPool([2], { stride: 1 }), sum()))(zeros('4')))).toEqual([0.5, 1, 1, 0.5])
    const padded = grad((x: Tensor<'3'>) => pipe(x, meanPool([2], { stride: 1, padding: [[1, 0]] }), sum()))
    expect(toNested(padded(zeros('3')))).toEqual([1.5, 1, 0.5])
  })
  test('of the maximum: to the greatest of each window, shared among equal ones', () => {
    const f = grad((x: Tensor<'4'>) => pipe(x, maxPool([2], { stride: 1 }), sum()))
    expect(toNested(f(tensor([1, 3, 2, 2])))).toEqual([0, 2, 0.5, 0.5])
    const byHalves = grad((x: Tensor<'4'>) => pipe(x, maxPool([2]), sum()))
    expect(toNested(byHalves(tensor([1, 3, 2, 2])))).toEqual([0, 1, 0.5, 0.5])
  })
  test('by central differences', () => {
    const mean3 = (x: Tensor<'5 4', 'float64'>) => pipe(x, meanPool([3, 2], { stride: 1, padding: 'same' }))
    fc.assert(fc.property(tensors('5 4', { dtype: 'float64' }), matchesDifferences(mean3)), draws(81, 10))
    // Entries so far apart that a difference changes no order.
    const apart = tensor(
      [
        [0.1, 3.2, -1.3, 2.4],
        [5.5, -2.6, 0.7, 4.8],
        [-3.9, 1.05, 6.15, -0.25],
      ],
      'float64',
    )
    matchesDifferences((x: Tensor<'3 4', 'float64'>) => pipe(x, maxPool([2, 3], { stride: 1, padding: 'same' })))(apart)
  })
})

describe('side by side', () => {
  test('a pool is a reshape and a reduction', () => {
    fc.assert(
      fc.property(tensors('2 6 4'), x => {
        expect(toNested(pipe(x, maxPool([3, 2])))).toEqual(toNested(pipe(x, reshape('2 2 3 2 2'), max([2, 4]))))
        expect(toNested(pipe(x, meanPool([3, 2])))).toEqual(toNested(pipe(x, reshape('2 2 3 2 2'), mean([2, 4]))))
      }),
      draws(82, 20),
    )
  })
})

test('against the definition', () => {
  const inputs = fc
    .integer({ min: 3, max: 9 })
    .chain(length => fc.tuple(values([length], 'float64'), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })))
  fc.assert(
    fc.property(inputs, ([x, size, stride]) => {
      const data = [...bufferOf('test', x)]
      const low = Math.floor(Math.max(0, (Math.ceil(data.length / stride) - 1) * stride + size - data.length) / 2)
      const parts = Array.from({ length: Math.ceil(data.length / stride) }, (_, p) =>
        data.slice(Math.max(0, p * stride - low), p * stride - low + size),
      )
      const options = { stride, padding: 'same' } as const
      expect([...bufferOf('test', maxPool([size], options)(x))]).toEqual(parts.map(part => Math.max(...part)))
      const means = bufferOf('test', meanPool([size], options)(x))
      // The same sums in the same order.
      parts.forEach((part, i) => {
        expect(at(means, i)).toBe(part.reduce((total, entry) => total + entry, 0) / part.length)
      })
    }),
    draws(83),
  )
})

test('vmap, jit and the engine', () => {
  const f = (x: Tensor<'5 4'>) => pipe(x, maxPool([3, 2], { stride: 2, padding: 'same' }), mul(2))
  const xs = fc.sample(tensors('3 5 4'), { seed: 84, numRuns: 1 })[0] ?? zeros('3 5 4')
  vmapIsMapAndStack('3')(f)(xs)
  vmapIsMapAndStack('3')((x: Tensor<'5 4'>) => pipe(x, meanPool([3, 2], { stride: 2, padding: 'same' })))(xs)
  const g = (x: Tensor<'3 5 4'>) => grad((y: Tensor<'3 5 4'>) => pipe(y, maxPool([3, 2], { stride: 2, padding: 'same' }), sum()))(x)
  jitChangesNothing(g)(xs)
  jitChangesNothing(g, { engine: wasmEngine() })(ones('3 5 4'))
  expect(toNested(jit(g, { engine: wasmEngine() })(xs))).toEqual(toNested(g(xs)))
})

test('errors', () => {
  const messageOf = (f: () => unknown): string => errorOf(f).message
  expect(messageOf(() => loose(maxPool)([2, 2])(zeros('3')))).toBe("maxPool: '3' has fewer axes than the window, which has 2")
  expect(messageOf(() => loose(maxPool)([5])(zeros('3')))).toBe(
    "maxPool: a window that spans 5 does not fit axis 0 of '3', which has size 3 with its padding",
  )
  expect(messageOf(() => loose(meanPool)([2])(zeros('4', {}, 'int32')))).toBe(
    "meanPool: needs a float dtype, not int32: cast('float32') first",
  )
  expect(messageOf(() => loose(maxPool)([2])(zeros('4', {}, 'bool')))).toBe(
    "maxPool: needs numbers, not bool: cast('float32') or cast('int32') first",
  )
  expect(messageOf(() => loose(maxPool)([2])([1, 2]))).toBe('maxPool: the argument is not a tensor: make one with tensor or fromArray')
  expect(messageOf(() => loose(maxPool)(2)(zeros('4')))).toBe(
    'maxPool: give the sizes of the window as a list, one for each axis at the end',
  )
})
