/** Factors of small matrices. */
import * as p from '../../../src/primitives/linalg/index.js'
import { concrete, type Value } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { type Unit, unit } from './unit.js'

const { NaN: nan } = Number
const rows = (...entries: readonly (readonly number[])[]): Value =>
  concrete([entries.length, entries[0]?.length ?? 0], 'float32', Float32Array.from(entries.flat()))

export const linalg: readonly Unit[] = [
  unit('cholesky', 'two rows', () => p.cholesky(rows([4, nan], [2, 10])), rows([2, 0], [1, 3])),
  unit('cholesky', 'not positive definite', () => p.cholesky(rows([1, 2], [2, 1])), rows([nan, 0], [nan, nan])),
  unit(
    'triangularSolve',
    'from the first row',
    () => p.triangularSolve(rows([2, nan], [1, 4]), rows([2], [9]), { lower: true, unit: false }),
    rows([1], [2]),
  ),
  unit(
    'triangularSolve',
    'from the last row, ones on the diagonal',
    () => p.triangularSolve(rows([nan, 3], [nan, nan]), rows([7, 1], [2, 0]), { lower: false, unit: true }),
    rows([1, 1], [2, 0]),
  ),
  unit('lu', 'the factors', () => p.luOf(rows([0, 1, 2], [4, 0, 8], [2, 2, 0]))[0], rows([4, 0, 8], [0.5, 2, -4], [0, 0.5, 4])),
  unit('lu', 'the rows that are exchanged', () => p.luOf(rows([0, 1, 2], [4, 0, 8], [2, 2, 0]))[1], vector([1, 2, 2], 'int32')),
  unit('lu', 'the order of the rows', () => p.luOf(rows([0, 1, 2], [4, 0, 8], [2, 2, 0]))[2], vector([1, 2, 0], 'int32')),
  unit('lu', 'a column of zeros', () => p.luOf(rows([0, 1], [0, 2]))[0], rows([0, 1], [0, 2])),
  // The reflection exchanges the rows.
  unit('qr', 'the upper factor', () => p.qrOf(rows([0, 2], [-4, 3]), { complete: false })[1], rows([-4, 3], [0, 2])),
  unit('eigh', 'of a diagonal matrix, in order', () => p.eighOf(rows([5, nan], [0, 2]))[0], vector([2, 5], 'float32')),
  unit(
    'eigenvalues',
    'of a matrix of one row, and of one with a NaN',
    () => p.eigenvalues(concrete([2, 1, 1], 'float32', Float32Array.of(3, nan))),
    rows([3], [nan]),
  ),
  unit('svd', 'of a diagonal matrix, in order', () => p.svdOf(rows([3, 0], [0, -4]))[1], vector([4, 3], 'float32')),
  unit('singularValues', 'of a column', () => p.singularValues(rows([3], [4])), vector([5], 'float32')),
  unit('solve', 'two right sides', () => p.solve(rows([1, 1], [2, 4]), rows([3, 5], [8, 12])), rows([2, 4], [1, 1])),
]
