/** Jacobians and Hessians: small ones by hand, their shapes over trees. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { cast, matmul, mul, outer, prod, sin, square, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { hessian, jacobian, jit, vmap } from '../../src/transform/index.js'

type Scalar = Tensor<''>

describe('jacobian', () => {
  test('of a linear map is its matrix', () => {
    const a = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(toNested(jacobian((x: Tensor<'3'>) => pipe(a, matmul(x)))(tensor([7, 8, 9])))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
  })

  test('has the axes of the result, then those of the argument', () => {
    // ∂(x_i x_j)/∂x_k = δ_ik x_j + δ_jk x_i
    const j = jacobian((x: Tensor<'2'>) => pipe(x, outer(x)))(tensor([3, 5]))
    expect(toNested(j)).toEqual([
      [
        [6, 0],
        [5, 3],
      ],
      [
        [5, 3],
        [0, 10],
      ],
    ])
  })

  test('keeps names', () => {
    const x = zeros('n', { n: 2 })
    expect(jacobian((y: Tensor<'n'>) => pipe(y, square))(x).shape).toBe('n n')
    expect(jacobian((y: Tensor<'n'>) => pipe(y, square, sum()))(x).shape).toBe('n')
  })

  test('of trees is a tree of blocks', () => {
    type A = { readonly u: Tensor<'2'>; readonly v: readonly [Scalar] }
    const f = ({ u, v: [v] }: A) => [pipe(u, mul(v)), { total: pipe(u, sum()) }] as const
    const [scaled, { total }] = jacobian(f)({ u: tensor([1, 2]), v: [tensor(3)] })
    expect(toNested(scaled.u)).toEqual([
      [3, 0],
      [0, 3],
    ])
    expect(toNested(scaled.v[0])).toEqual([1, 2])
    expect(toNested(total.u)).toEqual([1, 1])
    expect(toNested(total.v[0])).toBe(0)
  })

  test('of a constant is 0, of nothing is empty', () => {
    expect(toNested(jacobian((_: Tensor<'2'>) => tensor([1, 2, 3]))(tensor([1, 2])))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    expect(jacobian((x: Tensor<'0'>) => square(x))(zeros('0')).sizes).toEqual([0, 0])
  })

  test('of an integer result is 0', () => {
    expect(toNested(jacobian((x: Tensor<'2'>) => cast('int32')(x))(tensor([1, 2])))).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('nests with jit and vmap', () => {
    const j = jacobian((x: Tensor<'2'>) => square(x))
    expect(toNested(jit(j)(tensor([1, 2])))).toEqual([
      [2, 0],
      [0, 4],
    ])
    expect(
      toNested(
        vmap('2')(j)(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([
      [
        [2, 0],
        [0, 4],
      ],
      [
        [6, 0],
        [0, 8],
      ],
    ])
  })
})

describe('hessian', () => {
  test('of a product', () => {
    expect(toNested(hessian((x: Tensor<'3'>) => prod()(x))(tensor([2, 3, 5])))).toEqual([
      [0, 5, 3],
      [5, 0, 2],
      [3, 2, 0],
    ])
  })

  test('of a quadratic form is twice its symmetric matrix', () => {
    const a = tensor([
      [1, 2],
      [2, 5],
    ])
    const form = (x: Tensor<'2'>): Scalar => pipe(x, mul(pipe(a, matmul(x))), sum())
    expect(toNested(hessian(form)(tensor([7, -3])))).toEqual([
      [2, 4],
      [4, 10],
    ])
  })

  test('its own Jacobian is the third derivative', () => {
    const third = jacobian(hessian((x: Scalar) => sin(x)))(tensor(0))
    expect(toNumber(third)).toBe(-1)
  })
})
