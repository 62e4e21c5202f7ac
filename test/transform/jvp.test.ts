/** Forward mode: values, trees, zero tangents, and errors. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { cast, exp, matmul, mul, prod, square, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber, typed } from '../../src/tensor/index.js'
import { grad, jit, jvp, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>

describe('jvp', () => {
  test('gives the value and the derivative along the tangent', () => {
    const [y, dy] = jvp((x: Tensor<'2'>) => pipe(x, mul(x)))(tensor([3, 4]), tensor([1, 10]))
    expect([toNested(y), toNested(dy)]).toEqual([
      [9, 16],
      [6, 80],
    ])
  })

  test('of a matrix product: da · b + a · db', () => {
    const at = [tensor([[1, 2]]), tensor([[3], [4]])] as const
    const along = [tensor([[10, 0]]), tensor([[0], [100]])] as const
    const [y, dy] = jvp(([a, b]: typeof at) => pipe(a, matmul(b)))(at, along)
    expect([toNested(y), toNested(dy)]).toEqual([[[11]], [[230]]])
  })

  test('takes and gives trees; what does not depend on the argument has a zero tangent', () => {
    const f = ({ a, b: [c] }: { readonly a: Scalar; readonly b: readonly [Scalar] }) => ({
      product: pipe(a, mul(c)),
      none: tensor(5),
      whole: cast('int32')(a),
    })
    const [y, dy] = jvp(f)({ a: tensor(2), b: [tensor(3)] }, { a: tensor(1), b: [tensor(10)] })
    expect([toNumber(y.product), toNumber(dy.product)]).toEqual([6, 23])
    expect([toNumber(y.none), toNumber(dy.none)]).toEqual([5, 0])
    expect([toNumber(y.whole), toNumber(dy.whole), dy.whole.dtype]).toEqual([2, 0, 'int32'])
  })

  test('pushes through a primitive that has only a pullback', () => {
    // d(abc) = bc da + ac db + ab dc
    const [y, dy] = jvp((x: Tensor<'3'>) => prod()(x))(tensor([2, 3, 5]), tensor([1, 10, 100]))
    expect([toNumber(y), toNumber(dy)]).toEqual([30, 15 + 100 + 600])
    const second = jvp((x: Tensor<'3'>) => jvp((z: Tensor<'3'>) => prod()(z))(x, tensor([1, 0, 0]))[1])(
      tensor([2, 3, 5]),
      tensor([0, 1, 0]),
    )[1]
    expect(toNumber(second)).toBe(5)
  })

  test('pushes through a zero of a product, where division would not', () => {
    expect(toNumber(jvp((x: Tensor<'3'>) => prod()(x))(tensor([2, 0, 5]), tensor([1, 1, 1]))[1])).toBe(10)
  })

  test('forward over reverse is the Hessian times a vector', () => {
    // f = Σ x³: H v = 6 x v
    const f = (x: Tensor<'2'>): Scalar => pipe(x, square, mul(x), sum())
    expect(toNested(jvp(grad(f))(tensor([1, 2]), tensor([1, 10]))[1])).toEqual([6, 120])
    expect(toNested(jit(jvp(grad(f)))(tensor([1, 2]), tensor([1, 10]))[1])).toEqual([6, 120])
  })

  test('under vmap each row has its own tangent', () => {
    const rows = vmap('2')((x: Scalar, dx: Scalar) => jvp((z: Scalar) => square(z))(x, dx)[1])
    expect(toNested(rows(tensor([1, 2]), tensor([10, 100])))).toEqual([20, 400])
  })

  test('under vmap with the same tangent for every row', () => {
    expect(toNested(vmap('2')((x: Scalar) => jvp((z: Scalar) => square(z))(x, tensor(1))[1])(tensor([1, 2])))).toEqual([2, 4])
    expect(toNested(vmap('2')((x: Scalar) => vjp((z: Scalar) => exp(z))(x)[1](tensor(0)))(tensor([1, 2])))).toEqual([0, 0])
  })

  test('errors: a tangent of another form, shape or dtype, an integer argument', () => {
    const f = typed<(x: object, tangent: object) => unknown>(jvp((x: Tensor<'2'>) => x))
    const message = 'jvp: the argument and the tangent differ in form, shape or dtype'
    const x = tensor([1, 2])
    for (const tangent of [tensor([1]), tensor([1, 2], 'float64'), { x }, [x]]) expect(errorOf(() => f(x, tangent)).message).toBe(message)
    expect(errorOf(() => f(tensor([1], 'int32'), tensor([1], 'int32')))._tag).toBe('TreeError')
  })
})
