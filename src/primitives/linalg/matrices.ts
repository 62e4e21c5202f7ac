/** Batches of matrices, which are the last two axes of a tensor, as the rules of factorisations use them. */
import { type Aval, at, fail, isFloat, sizeOf, type Value } from '../../tensor/index.js'
import { castTo } from '../cast.js'
import { equal, less, lessEqual } from '../compare.js'
import { contract } from '../contract.js'
import { filled } from '../family/filled.js'
import { iota } from '../iota.js'
import { moveAxis } from '../permute.js'
import { reshapeTo } from '../reshape.js'
import { select } from '../select.js'

export interface MatrixSizes {
  readonly batch: readonly number[]
  /** How many matrices there are. */
  readonly count: number
  readonly rows: number
  readonly columns: number
}

/** The matrices of a tensor of floats. */
export const matricesOf = (op: string, x: Aval): MatrixSizes => {
  if (!isFloat(x.dtype)) return fail({ _tag: 'DTypeError', detail: `${op}: needs a float dtype, not ${x.dtype}: cast('float32') first` })
  const rank = x.sizes.length
  if (rank < 2) return fail({ _tag: 'ShapeError', detail: `${op}: '${x.sizes.join(' ')}' has no matrix in its last two axes` })
  const batch = x.sizes.slice(0, -2)
  return { batch, count: sizeOf(batch), rows: at(x.sizes, rank - 2), columns: at(x.sizes, rank - 1) }
}

export const squareOf = (op: string, x: Aval): MatrixSizes => {
  const found = matricesOf(op, x)
  if (found.rows !== found.columns) return fail({ _tag: 'ShapeError', detail: `${op}: '${x.sizes.join(' ')}' is not square` })
  return found
}

/** Each matrix transposed. */
export const transposed = (x: Value): Value => moveAxis(x, x.sizes.length - 1, x.sizes.length - 2)

/** The product of the matrices of two tensors with equal leading axes. */
export const product = (x: Value, y: Value): Value => {
  const rank = x.sizes.length
  const batch = x.sizes.slice(0, -2).map((_, axis) => axis)
  return contract(x, y, { left: [rank - 1], right: [rank - 2], leftBatch: batch, rightBatch: batch })
}

/** The number of the row and of the column, at each place. */
const places = (x: Aval): readonly [row: Value, column: Value] => {
  const rank = x.sizes.length
  return [iota(x.sizes, rank - 2, 'int32'), iota(x.sizes, rank - 1, 'int32')]
}

const zeroed = (x: Value, where: (row: Value, column: Value) => Value): Value => select(where(...places(x)), filled(x, 0), x)

/** Each matrix with zeros above its diagonal, or above and on it. */
export const lowerOf = (x: Value, strictly = false): Value =>
  strictly ? zeroed(x, (row, column) => lessEqual(row, column)) : zeroed(x, (row, column) => less(row, column))
/** Each matrix with zeros below its diagonal, or below and on it. */
export const upperOf = (x: Value, strictly = false): Value =>
  strictly ? zeroed(x, (row, column) => lessEqual(column, row)) : zeroed(x, (row, column) => less(column, row))

/** The identity in each matrix of a form. */
export const identityLike = (x: Aval): Value => castTo(equal(...places(x)), x.dtype)

/** Each matrix with only what is on its diagonal. */
export const diagonalOf = (x: Value): Value => select(equal(...places(x)), x, filled(x, 0))

/** A function of columns of matrices, for examples along a leading axis of b that have everything else in common: theirs are further columns. */
export const besideOne = (b: Value, f: (columns: Value) => Value): Value => {
  const last = b.sizes.length - 1
  const beside = moveAxis(b, 0, last - 1)
  const columns = reshapeTo(beside, [...beside.sizes.slice(0, -2), sizeOf(beside.sizes.slice(-2))])
  return moveAxis(reshapeTo(f(columns), beside.sizes), last - 1, 0)
}
