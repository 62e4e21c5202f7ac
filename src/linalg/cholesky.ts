/** The Cholesky factorisation, and what is solved with triangles. */
import type { Either } from 'fp-ts/lib/Either.js'
import { triangularSolve as solveTriangle } from '../primitives/linalg/index.js'
import { transposed } from '../primitives/linalg/matrices.js'
import { calledAs, caught, type DType, fail, heldOptions, type PullbackError, type Tensor, typed, type Value } from '../tensor/index.js'
import { firstBad } from './checked.js'
import { checkSides, checkSquare, type OfSquare, ofSquare, type Solver, type Solving, type SquareTensor, solved, solving } from './face.js'
import { choleskyOf, choleskySolved } from './values.js'

/**
 * The lower triangular matrix l, with a positive diagonal, for which l lᵀ is a symmetric positive definite matrix.
 *
 * As in JAX, the matrix and its mirror image are averaged first, so the gradient is symmetric. Where a matrix is not positive definite, its result
 * is NaN on and below the diagonal; `choleskyChecked` says so instead.
 *
 * **Shapes**: '… n n' → '… n n'.
 * **Gradient**: l⁻ᵀ p l⁻¹, symmetrised, where p is the lower triangle of lᵀ ct with its diagonal halved.
 * **Source**: Golub and Van Loan, Matrix Computations, 4.2; I. Murray, Differentiation of the Cholesky decomposition, 2016.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { cholesky } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(cholesky(tensor([[4, 2], [2, 10]]))), [[2, 0], [1, 3]])
 *
 * @category primitives
 */
export const cholesky: OfSquare<'cholesky'> = ofSquare('cholesky', choleskyOf)

/**
 * The Cholesky factor, or an error that names the first matrix that is not positive definite. It looks at numbers, so it is not for use inside
 * `jit`, `grad` or `vmap`.
 *
 * @example
 * import { tensor } from 'pullback'
 * import { choleskyChecked } from 'pullback/linalg'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const bad = choleskyChecked(tensor([[1, 2], [2, 1]]))
 * assert.ok(E.isLeft(bad))
 * assert.equal(bad.left.message, 'choleskyChecked: the matrix is not positive definite')
 */
export const choleskyChecked = <S extends string, D extends DType>(
  a: SquareTensor<'choleskyChecked', S, D>,
): Either<PullbackError, Tensor<S, D>> =>
  caught('choleskyChecked', () => typed<Tensor<S, D>>(checkedFactor('choleskyChecked', typed<Value>(a))))

/**
 * The Cholesky factor; throws where a matrix is not positive definite.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { choleskyCheckedOrThrow } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(choleskyCheckedOrThrow(tensor([[4]]))), [[2]])
 * assert.throws(() => choleskyCheckedOrThrow(tensor([[0]])), /choleskyCheckedOrThrow: the matrix is not positive definite/)
 */
export const choleskyCheckedOrThrow = <S extends string, D extends DType>(a: SquareTensor<'choleskyCheckedOrThrow', S, D>): Tensor<S, D> =>
  typed<Tensor<S, D>>(checkedFactor('choleskyCheckedOrThrow', typed<Value>(a)))

const plainCholesky = typed<(a: Value) => Value>(cholesky)

const checkedFactor = (op: string, a: Value): Value => {
  checkSquare(op, a)
  const l = calledAs(op, () => plainCholesky(a))
  const bad = firstBad(op, l, l.sizes.length - 2)
  return bad === undefined ? l : fail({ _tag: 'DataError', where: op, detail: `${bad} is not positive definite` })
}

/**
 * The solution x of a x = b, where l is the Cholesky factor of a: `pipe(b, choSolve(cholesky(a)))`.
 *
 * **Shapes**: l '… n n'; b 'n' or '… n k'; the axes of the result are those of the product a · b.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { cholesky, choSolve } from 'pullback/linalg'
 *
 * const l = cholesky(tensor([[4, 2], [2, 10]]))
 * assert.deepEqual(toNested(pipe(tensor([6, 12]), choSolve(l))), [1, 1])
 */
export const choSolve: Solving<'choSolve'> = solving('choSolve', choleskySolved)

const names = ['lower', 'transpose', 'unitDiagonal'] as const

/** Which triangle of a matrix is meant, and how. */
export interface Triangular {
  /** The lower triangle, or the upper one. What stands in the other is not read. */
  readonly lower: boolean
  /** Solve with the transposed matrix. */
  readonly transpose?: boolean
  /** Take the diagonal to be ones, whatever stands there. */
  readonly unitDiagonal?: boolean
}

/**
 * The solution x of a x = b, or of aᵀ x = b, where a is triangular.
 *
 * **Shapes**: a '… n n'; b 'n' or '… n k'; the axes of the result are those of the product a · b.
 * **Gradient**: to b: c = a⁻ᵀ ct; to a: the triangle of -c xᵀ.
 * **Errors**: none for a 0 on the diagonal, which gives infinities or NaN.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { triangularSolve } from 'pullback/linalg'
 *
 * const a = tensor([[2, 9], [1, 4]])
 * assert.deepEqual(toNested(pipe(tensor([2, 9]), triangularSolve(a, { lower: true }))), [1, 2])
 * assert.deepEqual(toNested(pipe(tensor([4, 8]), triangularSolve(a, { lower: true, transpose: true }))), [1, 2])
 * assert.deepEqual(toNested(pipe(tensor([2, 9]), triangularSolve(a, { lower: true, unitDiagonal: true }))), [2, 7])
 *
 * @category primitives
 */
export const triangularSolve: <SA extends string, DA extends DType>(
  a: SquareTensor<'triangularSolve', SA, DA>,
  options: Triangular,
) => Solver<'triangularSolve', SA, DA> = typed((a: Value, given: Triangular) => {
  checkSquare('triangularSolve', a)
  const { lower, transpose = false, unitDiagonal = false } = heldOptions('triangularSolve', given, names)
  if (typeof lower !== 'boolean')
    return fail({
      _tag: 'ArgumentError',
      op: 'triangularSolve',
      detail: 'which triangle is meant is not said: give { lower: true } or { lower: false }',
    })
  const of = (x: Value, b: Value): Value =>
    solveTriangle(transpose ? transposed(x) : x, b, { lower: lower !== transpose, unit: unitDiagonal })
  return (b: Value): Value => {
    checkSides('triangularSolve', a, b)
    return calledAs('triangularSolve', () => solved('triangularSolve', a, b, of))
  }
})
