/**
 * Linear algebra: what is solved, factorised and measured of matrices, which are the last two axes of a tensor. All of it works on batches along the
 * axes before them, in float32 and float64, under every transformation. Names are those of jax.numpy.linalg and jax.scipy.linalg.
 *
 * @example
 * import { grad, pipe, sub, sum, tensor, type Tensor, toNested } from 'pullback'
 * import { choSolve, cholesky, slogdet } from 'pullback/linalg'
 *
 * const a = tensor([[4, 2], [2, 10]])
 * assert.deepEqual(toNested(pipe(tensor([6, 12]), choSolve(cholesky(a)))), [1, 1])
 *
 * // The gradient of log det is the inverse.
 * const logDet = (x: Tensor<'2 2'>) => slogdet(x).logabsdet
 * assert.deepEqual(toNested(grad(logDet)(tensor([[2, 0], [0, 4]]))), [[0.5, 0], [0, 0.25]])
 */
export { cholesky, choleskyChecked, choleskyCheckedOrThrow, choSolve, type Triangular, triangularSolve } from './cholesky.js'
export {
  type Eigh,
  eigh,
  eigvalsh,
  type MatrixTensor,
  type Qr,
  type QrFactors,
  qr,
  qrComplete,
  type Svd,
  type SvdFactors,
  type Svdvals,
  svd,
  svdvals,
  type ThinTensor,
} from './decompositions.js'
export type { NumberOfSquare, OfSquare, Solver, Solving, SquareTensor } from './face.js'
export {
  cond,
  type Flipping,
  type LeastSolution,
  type LeastSquares,
  lstsq,
  type MatrixNorm,
  matrixNorm,
  matrixRank,
  type NumberOfMatrix,
  pinv,
  type SingularOptions,
} from './measures.js'
export { expm, matrixPower } from './power.js'
export type { Solution, SquareMatrices } from './rules.js'
export {
  type CheckedSolver,
  det,
  inv,
  type LuFactors,
  luFactor,
  luSolve,
  type SignAndLog,
  slogdet,
  solve,
  solveChecked,
  solveCheckedOrThrow,
} from './solve.js'
export type { FirstSquare, Flipped, LeadOf, RowsOf, Thin, ThinShape, ThinShapes } from './thin.js'
