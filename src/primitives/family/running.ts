/**
 * Running values along an axis, as routines: each row is gone through from one end to the other with a value that is carried along.
 *
 * Rows that lie side by side, along an axis that is not the last, are gone through together, some columns at a time, so that memory is read in
 * its order. The value carried along each of them then lies in an array, else in a local.
 */
import { type ArrayRef, type LocalRef, type RoutinePhase, routine as r, type Statement, type Term } from '../../kernel/index.js'
import { type Aval, at, type DType, isFloat, sizeOf } from '../../tensor/index.js'

/** What float sums and products are carried in: they are rounded to the dtype only where they are stored. */
export const carriedIn = (dtype: DType): DType => (isFloat(dtype) ? 'float64' : dtype)

/** Rows side by side that a round goes through together. */
const mostColumns = 256

/** A value that is carried along a row. */
export interface Carry {
  readonly get: Term
  readonly set: (value: Term | number) => Statement
}

/** A row, or a part of one, as statements go through it. */
export interface CarriedRow {
  /** The number of the row's part among all parts of all rows: of row r and part p of parts, of n rows side by side. */
  readonly part: Term
  /** The place of the entry that is so many entries after one whose number is in `entry`, in the direction in which the row is gone through. */
  readonly place: (entry: LocalRef, after?: number) => Term
}

export interface CarriedRows {
  readonly outer: number
  readonly size: number
  readonly inner: number
  /** How many parts a row has. */
  readonly parts: number
  /** Entries in a part; the last may have fewer. */
  readonly entries: number
  readonly reverse: boolean
}

export const rowsOf = ({ sizes }: Aval, axis: number, reverse: boolean, entriesPerPart = Number.POSITIVE_INFINITY): CarriedRows => {
  const [outer, size, inner] = [sizeOf(sizes.slice(0, axis)), at(sizes, axis), sizeOf(sizes.slice(axis + 1))]
  const entries = Math.min(size, entriesPerPart)
  return { outer, size, inner, reverse, entries, parts: entries === 0 ? 1 : Math.ceil(size / entries) }
}

/** Values carried along rows: as many as there are parts of rows. */
export const carries = ({ outer, inner, parts }: CarriedRows): number => outer * parts * inner

interface Along {
  /** What a row begins with: set before its first entry. */
  readonly begin: (row: CarriedRow) => readonly Statement[]
  /** Entries that are gone through together, as long as there are so many, and what is done with them. */
  readonly together: number
  readonly step: (row: CarriedRow, entry: LocalRef) => readonly Statement[]
  /** What is done with one entry, where fewer are left. */
  readonly single: (row: CarriedRow, entry: LocalRef) => readonly Statement[]
  /** What is done after the last. */
  readonly end: (row: CarriedRow) => readonly Statement[]
}

/** A phase that goes through all parts of all rows. `work` says how many simple operations an entry takes. */
export const alongRows = ({ outer, size, inner, parts, entries, reverse }: CarriedRows, work: number, along: Along): RoutinePhase => {
  const columns = Math.max(1, Math.min(inner, mostColumns))
  const groups = Math.ceil(inner / columns)
  const [row, part, group, from, until, whole] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
  const [first, column, step, entry] = [r.local(), r.local(), r.local(), r.local()]
  const own: CarriedRow = {
    part: r.add(r.mul(r.add(r.mul(row, parts), part), inner), column),
    place: (entry, after = 0) => {
      const along = after === 0 ? entry : r.add(entry, after)
      return r.add(r.add(first, column), r.mul(reverse ? r.sub(size - 1, along) : along, inner))
    },
  }
  const each = (body: readonly Statement[]): readonly Statement[] =>
    inner === 1 ? body : [r.loop(column, r.mul(group, columns), r.least(r.mul(r.add(group, 1), columns), inner), body)]
  const { together } = along
  return r.phase(outer * parts * groups, entries * columns * work, round => [
    r.set(group, r.rem(round, groups)),
    r.set(part, r.rem(r.div(round, groups), parts)),
    r.set(row, r.div(round, groups * parts)),
    r.set(first, r.mul(row, size * inner)),
    r.set(from, r.mul(part, entries)),
    r.set(until, r.least(r.add(from, entries), size)),
    r.set(column, 0),
    ...each(along.begin(own)),
    r.set(whole, r.div(r.sub(until, from), together)),
    r.loop(step, 0, whole, [r.set(entry, r.add(from, r.mul(step, together))), ...each(along.step(own, entry))]),
    ...(together === 1 ? [] : [r.loop(entry, r.add(from, r.mul(whole, together)), until, each(along.single(own, entry)))]),
    ...each(along.end(own)),
  ])
}

/** The value carried along a row: in a local where a row has a round of its own, else in an array. */
export const carryOf = ({ inner }: CarriedRows, array: ArrayRef, dtype: DType) => {
  const own = r.local(dtype)
  return ({ part }: CarriedRow): Carry =>
    inner === 1
      ? { get: own, set: value => r.set(own, typeof value === 'number' ? r.number(dtype, value) : value) }
      : {
          get: r.load(array, part),
          set: value => r.store(array, part, typeof value === 'number' ? r.number(dtype, value) : value),
        }
}
