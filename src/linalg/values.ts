/** Untyped functions of values that several of the public ones are made of. */
import { abs, add, and, castTo, equal, filled, iota, log, mul, not, prodAxis, sign, sub, sumAxes } from '../primitives/index.js'
import { cholesky, luOf, solve, triangularSolve } from '../primitives/linalg/index.js'
import { diagonalOf, identityLike, transposed } from '../primitives/linalg/matrices.js'
import type { Value } from '../tensor/index.js'

/** The mean of each matrix and its mirror image. */
export const symmetrised = (a: Value): Value => mul(add(a, transposed(a)), filled(a, 0.5))

export const choleskyOf = (a: Value): Value => cholesky(symmetrised(a))

/** The diagonal of each square matrix, as a vector. Sums of it and zeros are exact. */
export const diagonalEntries = (a: Value): Value => sumAxes(diagonalOf(a), [a.sizes.length - 2])

export const inverseOf = (a: Value): Value => solve(a, identityLike(a))

/** The solution where l is the Cholesky factor of a. */
export const choleskySolved = (l: Value, b: Value): Value =>
  triangularSolve(transposed(l), triangularSolve(l, b, { lower: true, unit: false }), { lower: false, unit: false })

/** The sign of each determinant, or NaN, and the logarithm of its size. */
export const signAndLog = (a: Value): readonly [sign: Value, logarithm: Value] => {
  const { diagonal, parity } = eliminated(a)
  const last = diagonal.sizes.length - 1
  return [mul(parity, prodAxis(sign(diagonal), last)), sumAxes(log(abs(diagonal)), [last])]
}

export const determinant = (a: Value): Value => {
  const { diagonal, parity } = eliminated(a)
  return mul(parity, prodAxis(diagonal, diagonal.sizes.length - 1))
}

/** The diagonal of the upper factor, and 1 or -1 as an even or an odd number of rows was exchanged. */
const eliminated = (a: Value): { readonly diagonal: Value; readonly parity: Value } => {
  const [lu, pivots] = luOf(a)
  const last = pivots.sizes.length - 1
  const exchanged = not(equal(pivots, iota(pivots.sizes, last, 'int32')))
  const count = sumAxes(castTo(exchanged, 'int32'), [last])
  const odd = castTo(and(count, filled(count, 1)), a.dtype)
  return { diagonal: diagonalEntries(lu), parity: sub(filled(odd, 1), add(odd, odd)) }
}
