/** Batching: names, nesting, what is shared, empty batches, and errors. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import {
  add,
  argmax,
  dot,
  greater,
  matmul,
  mul,
  oneHot,
  reshape,
  slice,
  softmax,
  sum,
  take,
  transpose,
  where,
} from '../../src/ops/index.js'
import { ones, type Tensor, tensor, toNested, typed, zeros } from '../../src/tensor/index.js'
import { grad, jit, vmap } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>

describe('vmap', () => {
  test('adds its axis in front of every result', () => {
    const f = vmap('batch')((x: Tensor<'2'>) => ({ total: sum()(x), same: [x] as const }))
    const y = f(
      typed<Tensor<'batch 2'>>(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    )
    expect([y.total.shape, y.same[0].shape]).toEqual(['batch', 'batch 2'])
    expect(toNested(y.total)).toEqual([3, 7, 11])
  })

  test('shares what the function closes over', () => {
    const w = tensor([
      [1, 2],
      [3, 4],
    ])
    expect(
      toNested(
        vmap('2')((x: Tensor<'2'>) => pipe(w, matmul(x)))(
          tensor([
            [1, 0],
            [0, 1],
          ]),
        ),
      ),
    ).toEqual([
      [1, 3],
      [2, 4],
    ])
  })

  test('repeats a result that does not depend on the batch', () => {
    expect(toNested(vmap('3')((_: Scalar) => tensor([7, 8]))(tensor([1, 2, 3])))).toEqual([
      [7, 8],
      [7, 8],
      [7, 8],
    ])
    expect(toNested(vmap('3')((_: Scalar) => ones('2'))(tensor([1, 2, 3])))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })

  test('maps several arguments side by side, trees too', () => {
    const f = vmap('2')((x: Tensor<'2'>, { y, k }: { readonly y: Tensor<'2'>; readonly k: Scalar }) => pipe(x, dot(y), mul(k)))
    expect(
      toNested(
        f(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          {
            y: tensor([
              [1, 1],
              [2, 2],
            ]),
            k: tensor([10, 100]),
          },
        ),
      ),
    ).toEqual([30, 1400])
  })

  test('nests: all pairs', () => {
    const xs = tensor([
      [1, 2],
      [3, 4],
    ])
    const ys = tensor([
      [1, 0],
      [0, 1],
      [1, 1],
    ])
    const pairs = vmap('2')((x: Tensor<'2'>) => vmap('3')((y: Tensor<'2'>) => dot(y)(x))(ys))(xs)
    expect(toNested(pairs)).toEqual([
      [1, 2, 3],
      [3, 4, 7],
    ])
  })

  test('gradients by example', () => {
    const perExample = vmap('2')((x: Scalar) => grad((w: Scalar) => pipe(w, mul(w), mul(x)))(tensor(3)))
    expect(toNested(perExample(tensor([1, 10])))).toEqual([6, 60])
  })

  test('names of axes are seen inside', () => {
    const f = vmap('batch')((x: Tensor<'seq d'>) => pipe(x, sum('seq')))
    const y = f(zeros('batch seq d', { batch: 2, seq: 3, d: 4 }))
    expect([y.shape, y.sizes]).toEqual(['batch d', [2, 4]])
  })

  test('an empty batch is empty', () => {
    const y = vmap('batch')((x: Tensor<'3'>) => pipe(x, softmax(0)))(zeros('batch 3', { batch: 0 }))
    expect([y.shape, y.sizes]).toEqual(['batch 3', [0, 3]])
  })

  test('is map and stack for derived operations', () => {
    type Row = Tensor<'3'>
    const table = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    const functions: readonly ((x: Row) => object)[] = [
      softmax(0),
      x => pipe(x, greater(0), where(x, 0)),
      x => pipe(table, take(argmax(0)(x), 0)),
      x => pipe(x, argmax(0), oneHot(3)),
      x => pipe(x, reshape('3 1'), transpose, add(x)),
      x => pipe(x, slice('::2')),
      x => grad((z: Row) => pipe(z, softmax(0), slice('1')))(x),
      jit((x: Row) => pipe(x, softmax(0))),
    ]
    fc.assert(
      fc.property(tensors('4 3'), batch => {
        for (const f of functions) vmapIsMapAndStack('4')(f)(batch)
      }),
      draws(8, 5),
    )
  })
})

describe('errors', () => {
  const untyped = (axis: string) => typed<(...args: readonly object[]) => unknown>(vmap(axis)((...args: readonly object[]) => args))

  test('different leading sizes', () => {
    const error = errorOf(() => untyped('batch')(tensor([1, 2]), { a: tensor([1, 2, 3]) }))
    expect(error._tag).toBe('SizeError')
    expect(error.message).toBe("vmap: 'batch' is 2 in one place and 3 in another: one name has one size")
  })

  test('a numeral that is not the size', () => {
    expect(errorOf(() => untyped('5')(tensor([1, 2])))).toMatchObject({ _tag: 'SizeError', axis: '5', first: 5, second: 2 })
  })

  test('a scalar', () => {
    expect(errorOf(() => untyped('batch')(tensor([1]), { w: tensor(1) })).message).toBe(
      "vmap('batch'): '1.w' is a scalar, with no axis to map over: let the function close over it",
    )
  })

  test('nothing to map over', () => {
    expect(errorOf(() => untyped('batch')()).message).toBe("vmap('batch'): no tensor to map over")
  })
})
