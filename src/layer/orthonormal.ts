/** Orthonormal rows, for the initializer `orthogonal`. */
import { concatAxis, contract, div, filled, mul, reshapeTo, sliceAxis, sqrt, sub, sumAxes } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/**
 * Makes rows orthonormal one after another by Gram-Schmidt. Each is made so twice, because once loses digits ("twice is enough", Giraud et
 * al. 2005).
 */
export const orthonormalRows = (x: Value): Value => {
  const [rows = 0] = x.sizes
  const row = (i: number): Value => reshapeTo(sliceAxis(x, 0, i, i + 1), x.sizes.slice(1))
  const unit = (v: Value): Value => {
    const norm = sqrt(sumAxes(mul(v, v), [0]))
    return contract(div(filled(norm, 1), norm), v, { left: [], right: [], leftBatch: [], rightBatch: [] })
  }
  const without = (v: Value, basis: Value): Value => {
    const along = contract(basis, v, { left: [1], right: [0], leftBatch: [], rightBatch: [] })
    return sub(v, contract(along, basis, { left: [0], right: [0], leftBatch: [], rightBatch: [] }))
  }
  let basis = reshapeTo(unit(row(0)), [1, ...x.sizes.slice(1)])
  for (let i = 1; i < rows; i += 1) {
    const v = unit(without(without(row(i), basis), basis))
    basis = concatAxis([basis, reshapeTo(v, [1, ...v.sizes])], 0)
  }
  return basis
}
