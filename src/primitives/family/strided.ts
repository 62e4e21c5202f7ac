/** The one loop that reads an array through other strides: broadcast, permute, slice and reverse are all it. */
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

/** A new array of the output's sizes, its entries read from `data` at `start` plus the index times `steps`. */
export const readStrided = (data: Buffer, output: Aval, steps: readonly number[], start = 0): Buffer => {
  const result = allocate(output.dtype, sizeOf(output.sizes))
  const last = output.sizes.length - 1
  const [length, step] = last < 0 ? [1, 0] : [at(output.sizes, last), at(steps, last)]
  let place = 0
  // The last axis is a loop of its own: small tensors are read so outside the tests too.
  forEachOffset(output.sizes.slice(0, -1), steps, start, row => {
    for (let i = 0; i < length; i += 1) result[place + i] = at(data, row + i * step)
    place += length
  })
  return result
}

/** Strides of the input as an index of the output sees them: the axes named are not the input's and step nowhere. */
export const stridesWithout = (sizes: readonly number[], axes: readonly number[]): readonly number[] => {
  const own = rowMajor(sizes.filter((_, axis) => !axes.includes(axis)))
  let next = 0
  return sizes.map((_, axis) => (axes.includes(axis) ? 0 : at(own, next++)))
}
