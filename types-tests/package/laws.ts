/** A user's module with laws of their own; see `model.ts`. */
import { mul, pipe, type Tensor, zeros } from 'pullback'
import * as laws from 'pullback/laws'

const square = (x: Tensor<'2', 'float64'>) => pipe(x, mul(x))

export const own = {
  adjoint: laws.adjoint(square),
  chainRule: laws.chainRule(square, square),
  jitChangesNothing: laws.jitChangesNothing(square),
  linearPullback: laws.linearPullback(square),
  matchesDifferences: laws.matchesDifferences(square),
  shapes: laws.shapes(),
  tensors: laws.tensors('3', { dtype: 'float64' }),
  treesLike: laws.treesLike({ w: zeros('3') }),
  vmapIsMapAndStack: laws.vmapIsMapAndStack('4')(square),
}
