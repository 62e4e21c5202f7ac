/** Looks up an entry of each row by a label that the row has. */
import { broadcastAxes, castTo, equal, gather, iota, moveAxis, scatterAdd, scatterBy } from '../primitives/index.js'
import { dims, join } from '../shape/index.js'
import { type DType, relabel, type Value } from '../tensor/index.js'
import type { Update } from './at.js'

/** 1 at each label and 0 elsewhere along a new last axis. */
export const oneHot = (labels: Value, classes: number, dtype: DType): Value => {
  const sizes = [...labels.sizes, classes]
  const columns = broadcastAxes(
    iota([classes], 0, labels.dtype),
    sizes,
    labels.sizes.map((_, axis) => axis),
  )
  const rows = broadcastAxes(labels, sizes, [labels.sizes.length])
  return castTo(equal(rows, columns), dtype)
}

/** The entries of each row at that row's own label: '… n' at '…' gives '…'. Labels are int32; `op` is whose they are in errors. */
export const pick = (op: string, x: Value, indices: Value): Value => {
  const rank = indices.sizes.length
  return relabel(join(dims(x.shape).slice(0, rank)), gather(x, indices, { axis: rank, batch: rank, op, what: 'label' }))
}

/** The entries along an axis at places that every row has of its own. `op` is whose the indices are in errors. */
export const takeAlong = (op: string, x: Value, indices: Value, axis: number): Value => {
  const last = x.sizes.length - 1
  const rows = gather(moveAxis(x, axis, last), moveAxis(indices, axis, last), { axis: last, batch: last, op })
  return moveAxis(rows, last, axis)
}

/** Values put along an axis at places that every row has of its own. */
export const putAlong = (op: string, x: Value, indices: Value, values: Value, axis: number, by: Update): Value => {
  const last = x.sizes.length - 1
  const rows = [x, indices, values].map(z => moveAxis(z, axis, last))
  const [table = x, places = indices, updates = values] = rows
  const where = { axis: last, batch: last, op }
  return moveAxis(
    by === 'add' ? scatterAdd(table, places, updates, where) : scatterBy(table, places, updates, { ...where, by }),
    last,
    axis,
  )
}
