/** The triangles of matrices along the last two axes. */
import { add, broadcastAxes, filled, iota, lessEqual, select } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/** Whether the column of each entry, less `ahead`, is at most its row. */
const upTo = (x: Value, ahead: number): Value => {
  const sizes = x.sizes.slice(-2)
  const [height = 0, width = 0] = sizes
  const columns = iota(sizes, 1, 'int32')
  const rows = add(iota(sizes, 0, 'int32'), filled({ sizes, dtype: 'int32' }, Math.max(-height - 1, Math.min(width, ahead))))
  return broadcastAxes(lessEqual(columns, rows), x.sizes, [...Array(x.sizes.length - 2).keys()])
}

/** The entries on and below a diagonal, 0 above it. */
export const lowerTriangle = (x: Value, diagonal: number): Value => select(upTo(x, diagonal), x, filled(x, 0))

/** The entries on and above a diagonal, 0 below it. */
export const upperTriangle = (x: Value, diagonal: number): Value => select(upTo(x, diagonal - 1), filled(x, 0), x)
