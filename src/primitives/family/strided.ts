/** The one loop that reads an array through other strides: broadcast, permute, slice and reverse are all it. */
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, rowMajor, sizeOf } from '../../tensor/index.js'

/** Calls `visit` with the offset of each index of `sizes` under the given strides, in row-major order. */
export const forEachOffset = (sizes: readonly number[], steps: readonly number[], start: number, visit: (offset: number) => void): void => {
  const rank = sizes.length
  const walk = (axis: number, offset: number): void => {
    if (axis === rank) visit(offset)
    else for (let i = 0; i < at(sizes, axis); i += 1) walk(axis + 1, offset + i * at(steps, axis))
  }
  walk(0, start)
}

/** An array as an index space sees it: where its first entry lies and how far apart neighbours along each axis do. */
export interface Strided {
  readonly data: Buffer
  readonly steps: readonly number[]
  readonly start: number
}

/** Rows at least this long are copied as a whole where their entries are neighbours. */
const longRow = 16

/** Copies each entry of an index space from one array to the other. */
export const copyStrided = (sizes: readonly number[], from: Strided, to: Strided): void => {
  const last = sizes.length - 1
  const [length, read, write] = last < 0 ? [1, 0, 0] : [at(sizes, last), at(from.steps, last), at(to.steps, last)]
  const whole = length >= longRow && read === 1 && write === 1
  const copy = (source: number, target: number): void => {
    if (whole) to.data.set(from.data.subarray(source, source + length), target)
    else for (let i = 0; i < length; i += 1) to.data[target + i * write] = at(from.data, source + i * read)
  }
  const walk = (axis: number, source: number, target: number): void => {
    if (axis >= last) copy(source, target)
    else for (let i = 0; i < at(sizes, axis); i += 1) walk(axis + 1, source + i * at(from.steps, axis), target + i * at(to.steps, axis))
  }
  walk(0, from.start, to.start)
}

/** A new array of the output's sizes, its entries read from `data` at `start` plus the index times `steps`. */
export const readStrided = (data: Buffer, output: Aval, steps: readonly number[], start = 0): Buffer => {
  const result = allocate(output.dtype, sizeOf(output.sizes))
  copyStrided(output.sizes, { data, steps, start }, { data: result, steps: rowMajor(output.sizes), start: 0 })
  return result
}

/** Strides of the input as an index of the output sees them: the axes named are not the input's and step nowhere. */
export const stridesWithout = (sizes: readonly number[], axes: readonly number[]): readonly number[] => {
  const own = rowMajor(sizes.filter((_, axis) => !axes.includes(axis)))
  let next = 0
  return sizes.map((_, axis) => (axes.includes(axis) ? 0 : at(own, next++)))
}

/** Entries added up at the places that strides give them in an array of the output's sizes: in float64, rounded or wrapped once at the end. */
export const addStrided = (x: Operand, output: Aval, steps: readonly number[]): Buffer => {
  // Products of sizes below 2^53 / 2^32 terms: a float64 holds an integer sum exactly until it is wrapped.
  const totals = new Float64Array(sizeOf(output.sizes))
  let place = 0
  forEachOffset(x.sizes, steps, 0, offset => {
    totals[offset] = at(totals, offset) + at(x.data, place)
    place += 1
  })
  const result = allocate(output.dtype, totals.length)
  result.set(totals)
  return result
}
