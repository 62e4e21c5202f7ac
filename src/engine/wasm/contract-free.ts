/**
 * Cuts the rows or the columns of a product into panels, the stretches that a register block works on: along one axis, or along all axes as if
 * they were one.
 */
import { at, sizeOf } from '../../tensor/index.js'

/** Rows or columns: panels of one axis, for each place along the others, or of all axes as one. */
export interface Free {
  /** The axis that is cut into panels, among those of the stage; the last, where they are cut as one. */
  readonly axis: number
  readonly asOne: boolean
  /** Entries along it, and in a panel. */
  readonly size: number
  readonly width: number
  /** Panels in all. */
  readonly count: number
}

export const axesOf = (sizes: readonly number[]): readonly number[] => [...sizes.keys()]

export const panelsOf = (sizes: readonly number[], axis: number, width: number): Free => {
  const size = at(sizes, axis)
  const others = sizeOf(sizes) / Math.max(1, size)
  return { axis, asOne: false, size, width, count: others * Math.ceil(size / width) }
}

/** A panel may go on in the next row of an image: none but the last one of all is short. */
export const panelsOfAll = (sizes: readonly number[], width: number): Free => {
  const size = sizeOf(sizes)
  return { axis: sizes.length - 1, asOne: true, size, width, count: Math.ceil(size / width) }
}

/** The axis whose panels waste least, the last among equals. */
export const bestAxis = (sizes: readonly number[], axes: readonly number[], width: number): number =>
  axes.reduce((best, axis) => (panelsOf(sizes, axis, width).count <= panelsOf(sizes, best, width).count ? axis : best), axes[0] ?? 0)

/** Columns that panels compute: a short one of up to half the width takes one vector, whose sums wait for one another. */
export const computed = (sizes: readonly number[], { size, width }: Free): number => {
  const rest = size % width
  const along = size - rest + (rest === 0 ? 0 : rest <= width / 2 ? 0.75 * width : width)
  return (sizeOf(sizes) / Math.max(1, size)) * along
}

/** The places of a panel's rows, from the first on, and the panels that have them so. */
export interface RowPattern {
  readonly rows: readonly number[]
  /** What is left of the panel's first row by `modulus`. */
  readonly remainders: readonly number[]
  readonly modulus: number
}

/** With more ways or more places than these, looking them up would cost more than panels that are short. */
const [mostPatterns, mostRemainders] = [4, 8]

/** Each way in which rows lie takes a register block of its own, which reaches them by offsets that are never negative. */
export const areFew = (patterns: readonly RowPattern[]): boolean =>
  patterns.length <= mostPatterns &&
  patterns.slice(0, -1).reduce((sum, { remainders }) => sum + remainders.length, 0) <= mostRemainders &&
  patterns.every(({ rows }) => rows.every(offset => offset >= 0))

/** The ways in which the rows of whole panels lie, the most frequent last. */
export const rowPatterns = (
  sizes: readonly number[],
  steps: readonly number[],
  { axis, asOne, size, width }: Free,
): readonly RowPattern[] => {
  const step = at(steps, axis)
  if (!asOne) return [{ rows: Array.from({ length: width }, (_, row) => row * step), remainders: [], modulus: 1 }]
  const modulus = sizeOf(sizes.slice(1))
  // The first axis goes on beyond its end: then where a short panel begins tells how it lies, too.
  const placeOf = (row: number): number => {
    let [sum, rest] = [0, row]
    for (let i = sizes.length - 1; i > 0; i -= 1) {
      sum += (rest % at(sizes, i)) * at(steps, i)
      rest = Math.floor(rest / at(sizes, i))
    }
    return sum + rest * at(steps, 0)
  }
  const found = new Map<string, { readonly rows: readonly number[]; readonly remainders: Set<number> }>()
  // After so many panels remainders come again.
  const end = Math.min(size, width * modulus)
  for (let first = 0; first < end && found.size <= mostPatterns; first += width) {
    const rows = Array.from({ length: width }, (_, row) => placeOf(first + row) - placeOf(first))
    const key = rows.join()
    const known = found.get(key) ?? { rows, remainders: new Set() }
    known.remainders.add(first % modulus)
    found.set(key, known)
  }
  return [...found.values()]
    .map(({ rows, remainders }) => ({ rows, remainders: [...remainders], modulus }))
    .sort((a, b) => a.remainders.length - b.remainders.length)
}
