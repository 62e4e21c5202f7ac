/** A user's module with linear algebra; see `model.ts`. */
import { type Tensor, zeros } from 'pullback'
import * as linalg from 'pullback/linalg'

const square = zeros('3 3')
const { lu, pivots, permutation } = linalg.luFactor(square)

export const own = {
  cholesky: linalg.cholesky(square),
  choleskyChecked: linalg.choleskyChecked(square),
  choleskyCheckedOrThrow: linalg.choleskyCheckedOrThrow(square),
  choSolve: linalg.choSolve(square),
  det: (x: Tensor<'n n'>) => linalg.det(x),
  inv: linalg.inv,
  luFactor: linalg.luFactor,
  luSolve: linalg.luSolve({ lu, pivots, permutation }),
  slogdet: linalg.slogdet(square),
  solve: linalg.solve(square),
  solveChecked: linalg.solveChecked(square),
  solveCheckedOrThrow: linalg.solveCheckedOrThrow(square),
  triangularSolve: linalg.triangularSolve(square, { lower: true }),
}
export const anyCholesky = linalg.cholesky
