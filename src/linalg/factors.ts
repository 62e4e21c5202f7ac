/** Untyped factorisations of matrices of any form, and what is made of them. */
import { concatAxis, sliceAxis } from '../primitives/index.js'
import { qrOf, singularValues, svdOf } from '../primitives/linalg/index.js'
import { product, transposed } from '../primitives/linalg/matrices.js'
import { at, type Value } from '../tensor/index.js'

const rowsOf = (a: Value): number => at(a.sizes, a.sizes.length - 2)
const columnsOf = (a: Value): number => at(a.sizes, a.sizes.length - 1)
const isTall = (a: Value): boolean => rowsOf(a) >= columnsOf(a)

/** q and r of any matrices. Of more columns than rows the first, which are square, decide q; r of the others is qᵀ times them. */
export const anyQr = (a: Value, complete: boolean): readonly [q: Value, r: Value] => {
  if (isTall(a)) return qrOf(a, { complete })
  const [rows, last] = [rowsOf(a), a.sizes.length - 1]
  const [q, r] = qrOf(sliceAxis(a, last, 0, rows), { complete: false })
  return [q, concatAxis([r, product(transposed(q), sliceAxis(a, last, rows, columnsOf(a)))], last)]
}

export const anySvd = (a: Value): readonly [u: Value, s: Value, vh: Value] => {
  if (isTall(a)) return svdOf(a)
  const [u, s, vh] = svdOf(transposed(a))
  return [transposed(vh), s, transposed(u)]
}

export const anySingularValues = (a: Value): Value => singularValues(isTall(a) ? a : transposed(a))
