/** Rows along an axis, as routines go through them: one for each place along the other axes. */
import { type LocalRef, routine as r, type Term } from '../../kernel/index.js'
import { type Aval, at, sizeOf } from '../../tensor/index.js'

interface Rows {
  /** Places along the axes before, entries of a row, and places along the axes after: so far apart are neighbours of a row. */
  readonly outer: number
  readonly size: number
  readonly inner: number
  /** The place of the first entry of a row. */
  readonly first: (row: LocalRef) => Term
}

export const rowsAlong = ({ sizes }: Aval, axis: number): Rows => {
  const [outer, size, inner] = [sizeOf(sizes.slice(0, axis)), at(sizes, axis), sizeOf(sizes.slice(axis + 1))]
  return { outer, size, inner, first: row => r.add(r.mul(r.div(row, inner), size * inner), r.rem(row, inner)) }
}
