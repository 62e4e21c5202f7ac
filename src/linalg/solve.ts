/** Linear systems, inverses, determinants and the factors that they are found with. */
import type { Either } from 'fp-ts/lib/Either.js'
import { stretch } from '../ops/apply-rule.js'
import { luOf, solveFactored, solve as solveMatrix } from '../primitives/linalg/index.js'
import { dims, type Expect, join, type ShapeOf } from '../shape/index.js'
import {
  calledAs,
  caught,
  checkTensor,
  type DType,
  fail,
  type PullbackError,
  relabel,
  type SameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { firstBad } from './checked.js'
import {
  checkSides,
  checkSquare,
  type NumberOfSquare,
  numberOfSquare,
  type OfSquare,
  ofSquare,
  type Solver,
  type Solving,
  type SquareTensor,
  solved,
  solving,
} from './face.js'
import type { Solution, SquareMatrices } from './rules.js'
import type { RowsOf } from './thin.js'
import { determinant, inverseOf, signAndLog } from './values.js'

/**
 * The solution x of a x = b, for square a: `pipe(b, solve(a))`.
 *
 * A singular matrix gives infinities or NaN, as in JAX; `solveChecked` says so instead.
 *
 * **Shapes**: a '… n n'; b 'n' or '… n k'; the axes of the result are those of the product a · b.
 * **Gradient**: to b: c = a⁻ᵀ ct, solved anew; to a: -c xᵀ.
 * **Source**: Golub and Van Loan, Matrix Computations, 3.4: elimination with partial pivoting.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { solve } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(pipe(tensor([3, 8]), solve(tensor([[1, 1], [2, 4]])))), [2, 1])
 *
 * @category primitives
 */
export const solve: Solving<'solve'> = solving('solve', solveMatrix)

/** What takes the right sides and gives the solution, or an error. @category type-level */
export type CheckedSolver<Op extends string, SA extends string, DA extends DType> = <SB extends string, DB extends DType>(
  b: Expect<SameDType<Op, DA, DB>, Expect<Solution<Op, SA, SB>, Tensor<SB, DB>>>,
) => Either<PullbackError, Tensor<ShapeOf<Solution<Op, SA, SB>>, DB>>

const checkedSolution = (op: string, a: Value): ((b: Value) => Value) => {
  const lead = dims(checkSquare(op, a)).length
  return b => {
    checkSides(op, a, b)
    const x = calledAs(op, () => solved(op, a, b, solveMatrix))
    const bad = firstBad(op, x, Math.max(lead, x.sizes.length - 2))
    return bad === undefined ? x : singular(op, bad)
  }
}

const singular = (op: string, bad: string): never =>
  fail({ _tag: 'DataError', where: op, detail: `${bad} is singular, or a number is not finite` })

/**
 * The solution of a x = b, or an error that names the first matrix that is singular. It looks at numbers, so it is not for use inside `jit`, `grad`
 * or `vmap`.
 *
 * @example
 * import { pipe, tensor } from 'pullback'
 * import { solveChecked } from 'pullback/linalg'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const bad = pipe(tensor([1, 2]), solveChecked(tensor([[1, 2], [2, 4]])))
 * assert.ok(E.isLeft(bad))
 * assert.equal(bad.left.message, 'solveChecked: the matrix is singular, or a number is not finite')
 */
export const solveChecked: <SA extends string, DA extends DType>(
  a: SquareTensor<'solveChecked', SA, DA>,
) => CheckedSolver<'solveChecked', SA, DA> = typed((a: Value) => {
  const solver = checkedSolution('solveChecked', a)
  return (b: Value): Either<PullbackError, Value> => caught('solveChecked', () => solver(b))
})

/**
 * The solution of a x = b; throws where a matrix is singular.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { solveCheckedOrThrow } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(pipe(tensor([4]), solveCheckedOrThrow(tensor([[2]])))), [2])
 * assert.throws(() => pipe(tensor([4]), solveCheckedOrThrow(tensor([[0]]))), /solveCheckedOrThrow: the matrix is singular/)
 */
export const solveCheckedOrThrow: Solving<'solveCheckedOrThrow'> = typed((a: Value) => checkedSolution('solveCheckedOrThrow', a))

/**
 * The inverse of square matrices. To solve with a matrix, `solve` takes half the work and rounds less.
 *
 * A singular matrix gives infinities or NaN, as in JAX.
 *
 * **Shapes**: '… n n' → '… n n'.
 * **Gradient**: -a⁻ᵀ ct a⁻ᵀ.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { inv } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(inv(tensor([[2, 0], [1, 4]]))), [[0.5, 0], [-0.125, 0.25]])
 */
export const inv: OfSquare<'inv'> = ofSquare('inv', inverseOf)

/**
 * The determinant of square matrices. It overflows soon for large ones: `slogdet` gives its logarithm.
 *
 * **Shapes**: '… n n' → '…'.
 * **Gradient**: det(a) a⁻ᵀ; NaN where a is singular.
 *
 * @example
 * import { tensor, toNumber } from 'pullback'
 * import { det } from 'pullback/linalg'
 *
 * assert.equal(toNumber(det(tensor([[1, 2], [3, 4]], 'float64'))), -2)
 */
export const det: NumberOfSquare<'det'> = numberOfSquare('det', determinant)

/** The sign and the logarithm of the size of a determinant. @category type-level */
export interface SignAndLog<S extends string, D extends DType> {
  /** 1, -1, or 0 where the matrix is singular. */
  readonly sign: Tensor<S, D>
  /** The natural logarithm, -Infinity where the matrix is singular. */
  readonly logabsdet: Tensor<S, D>
}

/**
 * The sign of the determinant of square matrices, and the logarithm of its size.
 *
 * **Shapes**: '… n n' → '…' twice.
 * **Gradient**: of the logarithm: a⁻ᵀ; of the sign: none.
 *
 * @example
 * import { tensor, toNumber } from 'pullback'
 * import { slogdet } from 'pullback/linalg'
 *
 * const { sign, logabsdet } = slogdet(tensor([[0, 1], [1, 0]]))
 * assert.deepEqual([toNumber(sign), toNumber(logabsdet)], [-1, 0])
 */
export const slogdet: <S extends string, D extends DType>(
  a: SquareTensor<'slogdet', S, D>,
) => SignAndLog<ShapeOf<SquareMatrices<'slogdet', S>>, D> = typed((a: Value) => {
  const lead = checkSquare('slogdet', a)
  const [sign, logabsdet] = calledAs('slogdet', () => signAndLog(a))
  return { sign: relabel(lead, sign), logabsdet: relabel(lead, logabsdet) }
})

/** The factors of square matrices, as `luSolve` takes them. @category type-level */
export interface LuFactors<S extends string, P extends string, D extends DType> {
  /** The upper triangle u, and below it the lower one, without the ones on its diagonal. */
  readonly lu: Tensor<S, D>
  /** In step i, row i was exchanged with row pivots[i]. */
  readonly pivots: Tensor<P, 'int32'>
  /** Row i of the product of the factors is row permutation[i] of the matrix. */
  readonly permutation: Tensor<P, 'int32'>
}

/**
 * The factors of square matrices by elimination with partial pivoting, to solve with again and again by `luSolve`.
 *
 * **Shapes**: '… n n' → lu '… n n', pivots and permutation '… n'.
 * **Gradient**: of lu, as in JAX. That of `solve` costs less.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { luFactor, luSolve } from 'pullback/linalg'
 *
 * const factors = luFactor(tensor([[1, 1], [2, 4]]))
 * assert.deepEqual(toNested(factors.lu), [[2, 4], [0.5, -1]])
 * assert.deepEqual(toNested(factors.permutation), [1, 0])
 * assert.deepEqual(toNested(pipe(tensor([3, 8]), luSolve(factors))), [2, 1])
 */
export const luFactor: <S extends string, D extends DType>(a: SquareTensor<'luFactor', S, D>) => LuFactors<S, RowsOf<S>, D> = typed(
  (a: Value) => {
    checkSquare('luFactor', a)
    const [lu, pivots, permutation] = calledAs('luFactor', () => luOf(a))
    const rows = join(dims(a.shape).slice(0, -1))
    return { lu: relabel(a.shape, lu), pivots: relabel(rows, pivots), permutation: relabel(rows, permutation) }
  },
)

/**
 * The solution x of a x = b by the factors of a that `luFactor` gives.
 *
 * **Shapes**: as `solve` has them.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { luFactor, luSolve } from 'pullback/linalg'
 *
 * const solver = luSolve(luFactor(tensor([[0, 2], [1, 0]])))
 * assert.deepEqual(toNested(solver(tensor([4, 3]))), [3, 2])
 */
export const luSolve: <S extends string, P extends string, D extends DType>(factors: LuFactors<S, P, D>) => Solver<'luSolve', S, D> = typed(
  ({ lu, permutation }: { readonly lu: Value; readonly permutation: Value }) => {
    checkSquare('luSolve', lu)
    checkTensor('luSolve', permutation)
    return (b: Value): Value => {
      checkSides('luSolve', lu, b)
      return calledAs('luSolve', () => solved('luSolve', lu, b, (a, sides) => solveFactored(a, orderFor(permutation, a), sides)))
    }
  },
)

/** The order of the rows for matrices that may have been given further leading axes. */
const orderFor = (permutation: Value, lu: Value): Value => stretch(permutation, lu.sizes.slice(0, -1), join(dims(lu.shape).slice(0, -1)))
