/** `forall`: names bound at each call, in both forms, and its errors. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { matmul, softmax, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, typed, zeros } from '../../src/tensor/index.js'
import { forall, grad, jit, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

describe('forall(f)', () => {
  const project = forall((x: Tensor<'seq d'>, w: Tensor<'d k'>) => pipe(x, matmul(w), softmax(-1)))

  test('serves every size', () => {
    const y: Tensor<'4 2'> = project(zeros('4 3'), zeros('3 2'))
    const z: Tensor<'seq 5'> = project(zeros('seq 3', { seq: 2 }), zeros('3 5'))
    expect([y.shape, z.shape, z.sizes]).toEqual(['4 2', 'seq 5', [2, 5]])
  })

  test('is the function itself at run time', () => {
    const f = (x: Tensor<'n'>): Tensor<''> => sum()(x)
    expect(forall(f)).toBe(f)
  })

  test('serves under transformations', () => {
    const total = forall((x: Tensor<'n'>) => sum()(x))
    expect(toNested(grad((x: Tensor<'3'>): Tensor<''> => total(x))(tensor([1, 2, 3])))).toEqual([1, 1, 1])
    expect(toNested(jit((x: Tensor<'2'>) => total(x))(tensor([1, 2])))).toBe(3)
    expect(
      toNested(
        vmap('2')((x: Tensor<'2'>) => total(x))(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([3, 7])
  })
})

describe('forall(shapes)(f)', () => {
  test('lets the body name its axes', () => {
    const total = forall('seq d')(x => sum('seq')(x))
    const y: Tensor<'3'> = total(zeros('5 3'))
    expect([
      y.shape,
      toNested(
        total(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ]).toEqual(['3', [4, 6]])
  })

  test('gives trees of results their sizes back', () => {
    const f = forall('a b', 'b')((x, y) => ({ rows: sum('b')(x), other: [y] as const }))
    const { rows, other } = f(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      tensor([7, 8]),
    )
    expect([rows.shape, other[0].shape, toNested(rows)]).toEqual(['3', '2', [3, 7, 11]])
  })

  test('takes three', () => {
    const f = forall('m k', 'k n', 'n')((x, w, v) => pipe(x, matmul(w), matmul(v)))
    expect(toNested(f(tensor([[1, 2]]), tensor([[1], [1]]), tensor([10])))).toEqual([30])
  })

  test('keeps the names of what it is given', () => {
    const y = forall('a b')(x => sum('b')(x))(zeros('batch 3', { batch: 2 }))
    expect([y.shape, y.sizes]).toEqual(['batch', [2]])
  })

  test('serves inside a trace', () => {
    const total = forall('n')(x => sum('n')(x))
    expect(toNested(grad((x: Tensor<'3'>): Tensor<''> => total(x))(tensor([1, 2, 3])))).toEqual([1, 1, 1])
  })

  test('errors: a name bound to two sizes, another rank', () => {
    const f = typed<(x: object, y: object) => unknown>(forall('a b', 'b')(x => x))
    expect(errorOf(() => f(zeros('2 3'), zeros('4')))._tag).toBe('ShapeError')
    expect(errorOf(() => f(zeros('2'), zeros('4')))._tag).toBe('ShapeError')
  })
})
