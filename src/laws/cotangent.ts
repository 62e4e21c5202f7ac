/** A cotangent for laws that need just one: different at every place, so that no error cancels. */
import { allocate, concrete, flatten, isFloat, relabel, typed, unflatten, type Value } from '../tensor/index.js'

/** The fractional part of the golden ratio: its multiples never repeat and fill the unit interval evenly (Weyl). */
const golden = 0.6180339887498949

/** No entry is smaller than this. */
export const leastGeneric = 0.5

const spreadLike = (x: Value, start: number): Value => {
  if (!isFloat(x.dtype)) return relabel(x.shape, concrete(x.sizes, x.dtype, 0))
  const buffer = allocate(
    x.dtype,
    x.sizes.reduce((product, size) => product * size, 1),
  )
  buffer.set(Array.from(buffer, (_, i) => leastGeneric + (((start + i + 1) * golden) % 1)))
  return relabel(x.shape, concrete(x.sizes, x.dtype, buffer))
}

/** A tree of the form of another, with numbers between 0.5 and 1.5 for floats and zeros for what has no derivative. */
export const genericCotangent = <T extends object>(tree: T): T => {
  const { leaves, structure } = flatten('cotangent', tree)
  let start = 0
  const spread = leaves.map(x => {
    const drawn = spreadLike(x, start)
    start += x.sizes.reduce((product, size) => product * size, 1)
    return drawn
  })
  return typed<T>(unflatten(structure, spread))
}
