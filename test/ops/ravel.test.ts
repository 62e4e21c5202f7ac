import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, debug, grad, jit, mul, pipe, ravel, sum, unravel, vmap } from '../../src/index.js'
import { reshapeTo } from '../../src/primitives/index.js'
import { allocate, concrete, type DType, type Tensor, tensor, toArray, toNested, tree, typed, zeros } from '../../src/tensor/index.js'
import { loose } from '../support/loose.js'

const bufferOf = (dtype: DType, numbers: readonly number[]) => {
  const buffer = allocate(dtype, numbers.length)
  buffer.set(numbers)
  return buffer
}

const params = {
  weight: tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]),
  bias: [tensor(7), tensor([8, 9])] as const,
}

describe('ravel and unravel', () => {
  test('put the leaves one after another, sorted by key, each row by row', () => {
    const vector = ravel('n')(params)
    expect(vector.shape).toBe('n')
    expect(toNested(vector)).toEqual([7, 8, 9, 1, 2, 3, 4, 5, 6])
    const back = unravel(params)(vector)
    expect(tree.paths(back)).toEqual(tree.paths(params))
    expect(toNested(back.weight)).toEqual(toNested(params.weight))
    expect(back.weight.shape).toBe('2 3')
  })

  test('are inverse to each other for every tree and dtype, bit by bit', () => {
    const dtype = fc.constantFrom('float32', 'float64', 'int32', 'bool')
    const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
    fc.assert(
      fc.property(dtype, fc.array(sizes, { maxLength: 4 }), (type, shapes) => {
        const leaves = shapes.map((shape, k): Tensor<string, DType> => {
          const count = shape.reduce((a, b) => a * b, 1)
          const numbers = Array.from({ length: count }, (_, i) => (type === 'bool' ? i % 2 : i + 100 * k))
          return typed(reshapeTo(concrete([count], type, bufferOf(type, numbers)), shape))
        })
        const vector = ravel('n')(leaves)
        const back = unravel(leaves)(typed<Tensor<'n'>>(vector))
        expect(back.map(x => x.shape)).toEqual(leaves.map(x => x.shape))
        expect([...toArray(vector)]).toEqual(leaves.flatMap(x => [...toArray(x)]))
        expect(back.map(x => [...toArray(x)])).toEqual(leaves.map(x => [...toArray(x)]))
      }),
    )
  })

  test('keep names, and take a length as well as a name', () => {
    const named = { x: zeros('batch 2', { batch: 3 }), y: zeros('batch', { batch: 3 }) }
    expect(ravel('9')(named).shape).toBe('9')
    expect(unravel(named)(ravel('9')(named)).x.shape).toBe('batch 2')
    expect(() => loose(ravel)('8')(named)).toThrow("'8'")
  })

  test('are differentiated, mapped and compiled', () => {
    const energy = (p: typeof params): Tensor<''> => pipe(p, ravel('n'), v => mul(v)(v), sum())
    expect(toNested(grad(energy)(params).weight)).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ])
    const ofVector = (v: Tensor<'9'>): Tensor<''> => pipe(v, unravel(params), p => sum()(p.weight))
    expect(toNested(grad(ofVector)(ravel('9')(params)))).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1])
    const rows = tensor([
      [1, 2],
      [3, 4],
    ])
    const pairs = jit(vmap('2')((x: Tensor<'2'>) => ravel('4')([x, mul(2)(x)])))
    expect(toNested(pairs(rows))).toEqual([
      [1, 2, 2, 4],
      [3, 4, 6, 8],
    ])
  })

  test('go through all numbers a few times for a gradient, however many leaves there are', () => {
    const bytes = (leaves: number): number => {
      const like = Array.from({ length: leaves }, () => zeros('n', { n: 4096 / leaves }))
      const energy = (v: Tensor<'4096'>): Tensor<''> =>
        unravel(like)(v).reduce<Tensor<''>>((total, x) => pipe(x, y => mul(y)(y), sum(), add(total)), tensor(0))
      return debug.count(grad(energy))(zeros('4096')).bytesMoved
    }
    // Eight times as many leaves are halved three times more: 6 levels in place of 3.
    expect(bytes(64) / bytes(8)).toBeLessThan(2.2)
  })

  test('of no tensors is an empty vector', () => {
    expect(toNested(ravel('n')([]))).toEqual([])
    expect(unravel({})(ravel('n')([]))).toEqual({})
  })

  test('refuse several dtypes, other lengths and other ranks', () => {
    expect(() => loose(ravel)('n')([tensor(1), tensor(1, 'int32')])).toThrow(
      'ravel: the tree has tensors of float32 or int32: a vector has one dtype, cast some of them',
    )
    expect(() => loose(unravel)([tensor(1), tensor(1, 'int32')])).toThrow(
      'unravel: the tree has tensors of float32 or int32: a vector has one dtype, cast some of them',
    )
    expect(() => loose(unravel)(params)(tensor([1, 2]))).toThrow('unravel: the vector has 2 numbers, the tree has 9')
    expect(() => loose(unravel)(params)(tensor([[1, 2]]))).toThrow("unravel: '1 2' is not a vector")
    expect(() => loose(unravel)(params)(tensor([1], 'float64'))).toThrow('unravel: float32 and float64: dtypes differ')
    expect(() => loose(ravel)('a b')).toThrow("ravel: 'a b' is not one axis")
  })
})
