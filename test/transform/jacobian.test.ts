/** Jacobians and Hessians: small ones by hand, their shapes over trees. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { sameUpToRounding } from '../../src/laws/compare.js'
import { tensors } from '../../src/laws/index.js'
import { add, cast, exp, matmul, mul, outer, prod, sin, sqrt, square, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, hessian, jacobian, jacobianForward, jacobianReverse, jit, jvp, program, vmap } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'

type Scalar = Tensor<''>

describe.each([
  ['jacobian', jacobian] as const,
  ['jacobianForward', jacobianForward] as const,
  ['jacobianReverse', jacobianReverse] as const,
])('%s', (_name, jacobian) => {
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

describe('forward and reverse', () => {
  type In = { readonly u: Tensor<'2', 'float64'>; readonly v: readonly [Tensor<'3', 'float64'>] }
  const f = ({ u, v: [v] }: In) => ({ outer: pipe(sin(u), outer(v)), total: [pipe(u, square, sum(), mul(sum()(v)))] as const })
  const trees = fc.record({ u: tensors('2', { dtype: 'float64' }), v: fc.tuple(tensors('3', { dtype: 'float64' })) })

  test('give the same over trees, but for rounding', () => {
    fc.assert(
      fc.property(trees, x => {
        // Sums of a few terms in another order.
        sameUpToRounding('jacobian', 'forward and reverse', jacobianForward(f)(x), jacobianReverse(f)(x), 1e4)
      }),
      draws(41, 20),
    )
  })

  test('give the columns that jvp gives one by one', () => {
    const x = tensor([1, 2, 3])
    const g = (v: Tensor<'3'>) => pipe(v, outer(sin(v)))
    const whole = jacobianForward(g)(x)
    const unit = [tensor([1, 0, 0]), tensor([0, 1, 0]), tensor([0, 0, 1])] as const
    unit.forEach((e, k) => {
      const column = toNested(jvp(g)(x, e)[1])
      expect(toNested(whole).map(row => row.map(entries => entries[k]))).toEqual(column)
    })
  })

  test('jacobian takes the one with fewer passes', () => {
    const tall = (t: Scalar) => mul(exp(t))(tensor([1, 2, 3]))
    const wide = (v: Tensor<'3'>) => pipe(v, exp, sum())
    const text = (j: (x: Scalar) => object): string => program.print(j)(tensor(1))
    expect(text(jacobian(tall))).toBe(text(jacobianForward(tall)))
    expect(text(jacobian(tall))).not.toBe(text(jacobianReverse(tall)))
    const textOf = (j: (x: Tensor<'3'>) => object): string => program.print(j)(tensor([1, 2, 3]))
    expect(textOf(jacobian(wide))).toBe(textOf(jacobianReverse(wide)))
    expect(textOf(jacobian(wide))).not.toBe(textOf(jacobianForward(wide)))
  })

  test('a branch without influence leaves no NaN', () => {
    // The derivative of √u at 0 is infinite; v has nothing to do with it.
    const g = ({ u, v }: { readonly u: Scalar; readonly v: Scalar }) => add(v)(sqrt(u))
    expect(toNested(jacobianForward(g)({ u: tensor(0), v: tensor(1) }).v)).toBe(1)
  })

  test('nest in one another, and give the Hessian either way', () => {
    const energy = (x: Tensor<'2'>): Scalar => pipe(x, square, outer(x), sum())
    const x = tensor([1, 2])
    const expected = toNested(hessian(energy)(x))
    for (const outside of [jacobian, jacobianForward, jacobianReverse])
      for (const inside of [jacobian(energy), jacobianForward(energy), jacobianReverse(energy), grad(energy)]) {
        const twice = outside((at: Tensor<'2'>) => inside(at))
        expect(toNested(twice(x))).toEqual(expected)
        expect(toNested(jit(twice)(x))).toEqual(expected)
      }
    expect(toNested(vmap('1')(jit(hessian(energy)))(tensor([[1, 2]])))).toEqual([expected])
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
