/** PyTorch's cases of linear algebra: its inputs are made well-conditioned by the identity, once or four times, and symmetric where that is needed. */
import { pipe } from 'fp-ts/lib/function.js'
import { cholesky, inv, slogdet, solve } from '../../../src/linalg/index.js'
import * as o from '../../../src/ops/index.js'
import { eye } from '../../../src/tensor/index.js'
import { named, type Real, type Rule, run1, run2 } from './run.js'

const shifted = (x: Real, by = 4): Real => pipe(x, o.add(pipe(eye(4, 'float64'), o.mul(by))))
const definite = (x: Real, by = 4): Real => shifted(pipe(x, o.matmul(o.transpose(x))), by)

export const decompositions: readonly Rule[] = named({
  cholesky: run1(x => cholesky(definite(x))),
  inverse: run1(x => inv(shifted(x))),
  logdet: run1(x => slogdet(definite(x, 1)).logabsdet),
  solve: run2((x, b) => solve(shifted(x))(b)),
})
