/** Rows along an axis, as routines go through them: one for each place along the other axes. */
import { type LocalRef, routine as r, type Term } from '../../kernel/index.js'
import { type Aval, at, sizeOf } from '../../tensor/index.js'

interface Rows {
  /**
   * `outer`: places along the axes before; `size`: entries of a row; `inner`: places along the axes after, which is how far apart
   * neighbours of a row are.
   */
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
