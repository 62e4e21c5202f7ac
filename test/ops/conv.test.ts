/** Convolutions by hand and against the definition, with and without axes before; their laws. */
import * as fc from 'fast-check'
import { conv, mul, ones, pipe, reshape, sum, type Tensor, tensor, toNested, vmap, wasmEngine, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { adjoint, jitChangesNothing, matchesDifferences, tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import { at, bufferOf, type Value } from '../../src/tensor/index.js'
import { grad, hessian } from '../../src/transform/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const square = tensor([
  [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
])

test('by hand', () => {
  expect(toNested(pipe(square, conv(ones('1 1 2 2'))))).toEqual([
    [
      [12, 16],
      [24, 28],
    ],
  ])
  const corners = tensor([
    [
      [
        [1, 0],
        [0, -1],
      ],
    ],
  ])
  expect(toNested(pipe(square, conv(corners, { padding: 'same' })))).toEqual([
    [
      [-4, -4, 3],
      [-4, -4, 6],
      [7, 8, 9],
    ],
  ])
  expect(toNested(pipe(square, conv(corners, { dilation: 2 })))).toEqual([[[-8]]])
  expect(toNested(pipe(square, conv(ones('1 1 1 1'), { stride: 2 })))).toEqual([
    [
      [1, 3],
      [7, 9],
    ],
  ])
  expect(toNested(pipe(square, conv(ones('1 1 3 3'), { padding: [[1, 0], 1], stride: [2, 1] })))).toEqual([[[12, 21, 16]]])
  expect(
    toNested(
      pipe(
        tensor(
          [
            [1, 2],
            [3, 4],
          ],
          'int32',
        ),
        conv(tensor([[[10]], [[100]]], 'int32'), { groups: 2 }),
      ),
    ),
  ).toEqual([
    [10, 20],
    [300, 400],
  ])
})

test('axes before the channels are examples', () => {
  claims(pipe(zeros('batch 3 8 8', { batch: 2 }), conv(zeros('5 3 3 3'))), 'batch 5 6 6', [2, 5, 6, 6])
  claims(pipe(zeros('a b 3 8', { a: 2, b: 0 }), conv(zeros('out 3 3', { out: 4 }))), 'a b out 6', [2, 0, 4, 6])
  claims(pipe(zeros('3 4 5 6'), conv(zeros('2 3 1 2 3'))), '2 4 4 4', [2, 4, 4, 4])
  claims(pipe(zeros('1 time', { time: 7 }), conv(zeros('2 1 3'), { padding: [[4, 0]], dilation: 2 })), '2 time', [2, 7])
  const image = tensor([
    [
      [1, 2],
      [3, 4],
    ],
  ])
  const kernel = ones('2 1 2 1')
  expect(toNested(pipe(image, reshape('1 1 1 2 2'), conv(kernel)))).toEqual([[toNested(pipe(image, conv(kernel)))]])
})

/** The definition, entry by entry: zeros where the window leaves x. */
const defined = (x: Value, w: Value, stride: number, low: number, dilation: number, count: number): readonly number[] => {
  const [channels = 0, length = 0] = x.sizes
  const [outputs = 0, , size = 0] = w.sizes
  const [a, b] = [bufferOf('test', x), bufferOf('test', w)]
  const entry = (c: number, i: number): number => (i < 0 || i >= length ? 0 : at(a, c * length + i))
  return Array.from({ length: outputs * count }, (_, place) => {
    const [o, p] = [Math.floor(place / count), place % count]
    let total = 0
    for (let c = 0; c < channels; c += 1)
      for (let k = 0; k < size; k += 1) total += entry(c, p * stride + k * dilation - low) * at(b, (o * channels + c) * size + k)
    return total
  })
}

test('against the definition', () => {
  const inputs = fc
    .record({
      length: fc.integer({ min: 1, max: 9 }),
      channels: fc.integer({ min: 1, max: 3 }),
      size: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      stride: fc.integer({ min: 1, max: 3 }),
      low: fc.integer({ min: 0, max: 3 }),
      high: fc.integer({ min: 0, max: 3 }),
    })
    .filter(({ length, size, dilation, low, high }) => length + low + high > (size - 1) * dilation)
    .chain(form =>
      fc.tuple(fc.constant(form), values([form.channels, form.length], 'float64'), values([2, form.channels, form.size], 'float64')),
    )
  fc.assert(
    fc.property(inputs, ([{ stride, dilation, low, high }, x, w]) => {
      const y = conv(w, { stride, dilation, padding: [[low, high]] })(x)
      const expected = defined(x, w, stride, low, dilation, at(y.sizes, 1))
      // Both add the same products in the same order.
      expect([...bufferOf('test', y)]).toEqual(expected)
    }),
    draws(71),
  )
})

describe('laws', () => {
  const kernels = tensors('4 1 3 2', { dtype: 'float64' })
  const images = tensors('2 5 4', { dtype: 'float64' })
  const f = ([x, w]: readonly [Tensor<'2 5 4', 'float64'>, Tensor<'4 1 3 2', 'float64'>]) =>
    pipe(x, conv(w, { stride: [2, 1], padding: 'same', dilation: [1, 2], groups: 2 }))

  test('gradients by central differences, forward and reverse mode', () => {
    fc.assert(fc.property(fc.tuple(images, kernels), matchesDifferences(f)), draws(72, 10))
    fc.assert(
      fc.property(fc.tuple(images, kernels), fc.tuple(images, kernels), tensors('4 3 4', { dtype: 'float64' }), (at, tangent, ct) =>
        adjoint(f)(at, tangent, ct),
      ),
      draws(73, 10),
    )
  })

  test('vmap over images, over kernels, over both', () => {
    const xs = fc.sample(tensors('3 2 5 4'), { seed: 74, numRuns: 1 })[0] ?? zeros('3 2 5 4')
    const ws = fc.sample(tensors('3 4 1 3 2'), { seed: 75, numRuns: 1 })[0] ?? zeros('3 4 1 3 2')
    const by = (w: Tensor<'4 1 3 2'>) => conv(w, { stride: 2, groups: 2 })
    vmapIsMapAndStack('3')((x: Tensor<'2 5 4'>) => by(ones('4 1 3 2'))(x))(xs)
    vmapIsMapAndStack('3')((w: Tensor<'4 1 3 2'>) => by(w)(ones('2 5 4')))(ws)
    vmapIsMapAndStack('3')((x: Tensor<'2 5 4'>, w: Tensor<'4 1 3 2'>) => by(w)(x))(xs, ws)
  })

  test('gradients of each example of its own', () => {
    const energy = (w: Tensor<'4 1 3 2'>) => (x: Tensor<'2 5 4'>) => {
      const y = pipe(x, conv(w, { padding: 'same', groups: 2 }))
      return pipe(y, mul(y), sum())
    }
    const byExample = vmap('3')((x: Tensor<'2 5 4'>) => grad((w: Tensor<'4 1 3 2'>) => energy(w)(x))(ones('4 1 3 2')))
    expect(byExample(ones('3 2 5 4')).shape).toBe('3 4 1 3 2')
    vmapIsMapAndStack('3')((x: Tensor<'2 5 4'>) => grad((w: Tensor<'4 1 3 2'>) => energy(w)(x))(ones('4 1 3 2')))(ones('3 2 5 4'))
  })

  test('the Hessian of a squared convolution is twice the Gram matrix of the windows', () => {
    const x = tensor([[1, 2, 3]], 'float64')
    const energy = (w: Tensor<'1 1 2', 'float64'>) => {
      const y = pipe(x, conv(w))
      return pipe(y, mul(y), sum())
    }
    // Windows [1 2] and [2 3].
    expect(toNested(pipe(hessian(energy)(zeros('1 1 2', {}, 'float64')), reshape('2 2')))).toEqual([
      [2 * (1 + 4), 2 * (2 + 6)],
      [2 * (2 + 6), 2 * (4 + 9)],
    ])
  })

  test('jit changes nothing, and the engine only the rounding of nothing: whole numbers', () => {
    const g = grad(([x, w]: readonly [Tensor<'2 5 4'>, Tensor<'4 2 3 2'>]) => pipe(x, conv(w, { stride: 2, padding: 1 }), sum()))
    const given = [ones('2 5 4'), ones('4 2 3 2')] as const
    jitChangesNothing(g)(given)
    jitChangesNothing(g, { engine: wasmEngine() })(given)
  })
})

test('errors', () => {
  const messageOf = (f: () => unknown): string => errorOf(f).message
  expect(messageOf(() => loose(conv)(zeros('8 1 5 5'))(zeros('batch 3 28 28', { batch: 2 })))).toBe(
    "conv: 'batch 3 28 28' by the kernel '8 1 5 5': channels differ, '3' is not '1'",
  )
  expect(messageOf(() => loose(conv)(zeros('8 1 5'))(zeros('1 28', {}, 'float64')))).toBe(
    'conv: float64 and float32: dtypes differ, cast one of them',
  )
  expect(messageOf(() => loose(conv)(zeros('8 1 5', {}, 'bool'))(zeros('1 28', {}, 'bool')))).toBe(
    "conv: needs numbers, not bool: cast('float32') or cast('int32') first",
  )
  expect(messageOf(() => loose(conv)(zeros('8 1 5'), { padding: 'full' })(zeros('1 28')))).toBe(
    "conv: padding full, give 'same', 'valid' or numbers",
  )
  expect(messageOf(() => loose(conv)([1])(zeros('1 28')))).toBe('conv: the argument is not a tensor: make one with tensor or fromArray')
  expect(messageOf(() => pipe(zeros('c 9', { c: 2 }), conv(zeros('1 c 3', { c: 3 }))))).toBe(
    "conv: 'c' is 2 in one place and 3 in another: one name has one size",
  )
})
