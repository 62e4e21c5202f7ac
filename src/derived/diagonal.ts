/** Diagonals of the matrices along the last two axes, and matrices of one diagonal. */
import { padAxis, reshapeTo, sliceOf } from '../primitives/index.js'
import { diagonalLength } from '../shape/diagonal.js'
import { at, type Value } from '../tensor/index.js'

/** Where the entries of a diagonal stand among those of a matrix: the first place; each further one comes after a whole row and one entry. */
const firstOf = (width: number, k: number): number => (k < 0 ? -k * width : k)

export const diagonal = (x: Value, k: number): Value => {
  const rank = x.sizes.length
  const [height, width] = [at(x.sizes, rank - 2), at(x.sizes, rank - 1)]
  const lead = x.sizes.slice(0, -2)
  const length = diagonalLength(height, width, k)
  const start = length === 0 ? 0 : firstOf(width, k)
  const stop = length === 0 ? 0 : start + (length - 1) * (width + 1) + 1
  return sliceOf(reshapeTo(x, [...lead, height * width]), {
    start: [...lead.map(() => 0), start],
    stop: [...lead, stop],
    step: [...lead.map(() => 1), width + 1],
  })
}

/** A matrix that holds a vector on one diagonal and zeros elsewhere. */
export const diagonalMatrix = (x: Value, k: number): Value => {
  const length = at(x.sizes, 0)
  const size = length + Math.abs(k)
  const low = length === 0 ? 0 : firstOf(size, k)
  const high = size * size - low - (length === 0 ? 0 : (length - 1) * (size + 1) + 1)
  return reshapeTo(padAxis(x, 0, { low, high, interior: size }), [size, size])
}
