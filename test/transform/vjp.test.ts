/** Reverse mode: values a reader can check, trees on both sides, and its errors. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, cast, less, matmul, mul, sum, where } from '../../src/ops/index.js'
import { type DType, type Tensor, tensor, toNested, zeros } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

describe('vjp', () => {
  test('gives the value and a pullback that may be called again', () => {
    const [y, pullback] = vjp((x: Tensor<'3'>) => pipe(x, mul(x)))(tensor([1, 2, 3]))
    expect(toNested(y)).toEqual([1, 4, 9])
    expect(toNested(pullback(tensor([1, 1, 1])))).toEqual([2, 4, 6])
    expect(toNested(pullback(tensor([1, 0, -1])))).toEqual([2, 0, -6])
  })

  test('of a matrix product: ct · bᵀ and aᵀ · ct', () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ])
    const b = tensor([[5], [6]])
    const [, pullback] = vjp(([x, y]: readonly [Tensor<'2 2'>, Tensor<'2 1'>]) => pipe(x, matmul(y)))([a, b])
    const [byA, byB] = pullback(tensor([[1], [10]]))
    expect(toNested(byA)).toEqual([
      [5, 6],
      [50, 60],
    ])
    expect(toNested(byB)).toEqual([[31], [42]])
  })

  test('takes and gives trees; what is not used has a zero gradient', () => {
    type Params = { readonly w: Tensor<'2'>; readonly layers: readonly [{ readonly b: Tensor<''> }, Tensor<'2'>] }
    const params: Params = { w: tensor([1, 2]), layers: [{ b: tensor(3) }, tensor([7, 7])] }
    const [y, pullback] = vjp(({ w, layers: [{ b }] }: Params) => ({ total: sum()(w), scaled: [pipe(w, mul(b))] as const }))(params)
    expect([toNested(y.total), toNested(y.scaled[0])]).toEqual([3, [3, 6]])
    const gradient = pullback({ total: tensor(1), scaled: [tensor([10, 100])] })
    expect(toNested(gradient.w)).toEqual([31, 301])
    expect(toNested(gradient.layers[0].b)).toBe(210)
    expect(toNested(gradient.layers[1])).toEqual([0, 0])
  })

  test('of the identity and of a constant', () => {
    const x = tensor([1, 2])
    expect(toNested(vjp((y: Tensor<'2'>) => y)(x)[1](tensor([5, 6])))).toEqual([5, 6])
    expect(toNested(vjp((_: Tensor<'2'>) => tensor([8, 9]))(x)[1](tensor([5, 6])))).toEqual([0, 0])
    expect(toNested(vjp((_: Tensor<'2'>) => tensor([8, 9]))(x)[0])).toEqual([8, 9])
  })

  test('a result used twice has the sum of its cotangents', () => {
    const [, pullback] = vjp((x: Tensor<''>) => [x, x, pipe(x, add(x))] as const)(tensor(1))
    expect(toNested(pullback([tensor(1), tensor(10), tensor(100)]))).toBe(211)
  })

  test('no derivative flows through integers and bools', () => {
    const f = (x: Tensor<'2'>): Tensor<'2'> => pipe(x, less(1.5), where(pipe(x, cast('int32'), cast('float32'), mul(x)), x))
    const [y, pullback] = vjp(f)(tensor([1, 2]))
    expect(toNested(y)).toEqual([1, 2])
    expect(toNested(pullback(tensor([1, 1])))).toEqual([1, 1])
  })

  test('keeps the names and dtypes of the argument', () => {
    const x = zeros('batch 2', { batch: 3 }, 'float64')
    const [y, pullback] = vjp((z: Tensor<'batch 2', 'float64'>) => pipe(z, sum('batch')))(x)
    expect(y.shape).toBe('2')
    const gradient = pullback(zeros('2', {}, 'float64'))
    expect([gradient.shape, gradient.dtype]).toEqual(['batch 2', 'float64'])
  })

  test('an empty tensor has an empty gradient', () => {
    const [y, pullback] = vjp((x: Tensor<'0'>) => pipe(x, mul(x), sum()))(zeros('0'))
    expect(toNested(y)).toBe(0)
    expect(toNested(pullback(tensor(1)))).toEqual([])
  })

  test('errors: an integer argument, a cotangent of another shape, dtype or form', () => {
    const integers = { a: tensor([1]), b: tensor([1], 'int32') }
    expect(errorOf(() => vjp((x: typeof integers) => x.a)(integers)).message).toBe(
      "vjp: 'b' is int32: only floats have derivatives, let the function close over it or take it as a further argument",
    )
    const double = (x: Tensor<string, DType>): Tensor<string, DType> => x
    const [, pullback] = vjp(double)(tensor([1, 2]))
    expect(errorOf(() => pullback(tensor([1]))).message).toBe("vjp: the cotangent is float32 '1', the result is float32 '2'")
    expect(errorOf(() => pullback(tensor([1, 2], 'float64')))._tag).toBe('ShapeError')
    const [, ofRecord] = vjp((x: Tensor<'1'>): { readonly [key: string]: Tensor<'1'> } => ({ a: x }))(tensor([1]))
    expect(errorOf(() => ofRecord({ b: tensor([1]) }))._tag).toBe('TreeError')
    expect(errorOf(() => ofRecord({}))._tag).toBe('TreeError')
  })
})
