/** A user's module with linear algebra; see `model.ts`. */
import { type Tensor, zeros } from 'pullback'
import * as linalg from 'pullback/linalg'

const square = zeros('3 3')
const tall = zeros('5 3')
const { lu, pivots, permutation } = linalg.luFactor(square)

export const own = {
  cholesky: linalg.cholesky(square),
  choleskyChecked: linalg.choleskyChecked(square),
  choleskyCheckedOrThrow: linalg.choleskyCheckedOrThrow(square),
  choSolve: linalg.choSolve(square),
  cond: linalg.cond,
  eigh: linalg.eigh(square),
  eigvalsh: linalg.eigvalsh,
  expm: linalg.expm(square),
  lstsq: linalg.lstsq(tall),
  matrixNorm: linalg.matrixNorm('fro'),
  matrixPower: linalg.matrixPower(2),
  matrixRank: linalg.matrixRank(),
  pinv: linalg.pinv({ rtol: 0.1 }),
  qr: linalg.qr(),
  qrComplete: linalg.qrComplete(tall),
  qrOfNames: linalg.qr('features'),
  svd: linalg.svd()(tall),
  svdvals: linalg.svdvals('3'),
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
