/**
 * Cuts the rows or the columns of a product into panels, the stretches that a register block works on: along one axis, or along all axes as if
 * they were one.
 */
import { at, sizeOf } from '../../tensor/index.js'
import type { WasmCosts } from './target.js'

/** How rows or columns are cut into panels: along one axis, for each place along the others, or along all axes as one. */
export interface Free {
  /** The number of the axis that is cut, among the stage's axes of this kind; the last of them, where they are cut as one. */
  readonly axis: number
  readonly asOne: boolean
  /** Entries along what is cut (`size`), and in a panel (`width`). */
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

/**
 * Cuts all axes as if they were one. A panel may then begin in one row of an image and go on in the next, and only the very last is short.
 */
export const panelsOfAll = (sizes: readonly number[], width: number): Free => {
  const size = sizeOf(sizes)
  return { axis: sizes.length - 1, asOne: true, size, width, count: Math.ceil(size / width) }
}

/** The axis that is cut into the fewest panels; the last among equals. */
export const bestAxis = (sizes: readonly number[], axes: readonly number[], width: number): number =>
  axes.reduce((best, axis) => (panelsOf(sizes, axis, width).count <= panelsOf(sizes, best, width).count ? axis : best), axes[0] ?? 0)

/**
 * An estimate of the time that panels of columns take, in columns. A short panel of up to half the width uses fewer vectors, but takes more
 * than half of the time, because each sum then waits longer for the one before.
 */
export const computed = (sizes: readonly number[], { size, width }: Free, { shortPanel }: WasmCosts['products']): number => {
  const rest = size % width
  const along = size - rest + (rest === 0 ? 0 : rest <= width / 2 ? shortPanel * width : width)
  return (sizeOf(sizes) / Math.max(1, size)) * along
}

/** One way in which the rows of a panel may lie: how far each is from the first, and which panels have their rows so. */
export interface RowPattern {
  readonly rows: readonly number[]
  /** The panels that lie so are those whose first row leaves one of these remainders when it is divided by `modulus`. */
  readonly remainders: readonly number[]
  readonly modulus: number
}

/**
 * Whether patterns are few enough. Each of them takes a register block of its own, which reaches its rows by offsets that are written into
 * loads and so cannot be negative.
 */
export const areFew = (patterns: readonly RowPattern[], { mostPatterns, mostRemainders }: WasmCosts['products']): boolean =>
  patterns.length <= mostPatterns &&
  patterns.slice(0, -1).reduce((sum, { remainders }) => sum + remainders.length, 0) <= mostRemainders &&
  patterns.every(({ rows }) => rows.every(offset => offset >= 0))

/** The patterns of whole panels. The most frequent comes last, because the last needs no test (`byPattern`). */
export const rowPatterns = (
  sizes: readonly number[],
  steps: readonly number[],
  { axis, asOne, size, width }: Free,
  { mostPatterns }: WasmCosts['products'],
): readonly RowPattern[] => {
  const step = at(steps, axis)
  if (!asOne) return [{ rows: Array.from({ length: width }, (_, row) => row * step), remainders: [], modulus: 1 }]
  const modulus = sizeOf(sizes.slice(1))
  // Rows beyond the last are placed as if the first axis went on. So the first row of a short panel tells how its rows lie, too.
  const placeOf = (row: number): number => {
    let [sum, rest] = [0, row]
    for (let i = sizes.length - 1; i > 0; i -= 1) {
      sum += (rest % at(sizes, i)) * at(steps, i)
      rest = Math.floor(rest / at(sizes, i))
    }
    return sum + rest * at(steps, 0)
  }
  const found = new Map<string, { readonly rows: readonly number[]; readonly remainders: Set<number> }>()
  // After `modulus` panels the remainders come again.
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
