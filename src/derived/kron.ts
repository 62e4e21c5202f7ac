/** The Kronecker product. */
import { broadcastAxes, mul, reshapeTo } from '../primitives/index.js'
import { at, type Value } from '../tensor/index.js'

/** Each entry of x times all of y. */
export const kron = (x: Value, y: Value): Value => {
  const rank = Math.max(x.sizes.length, y.sizes.length)
  const padded = (z: Value): readonly number[] => [...Array.from({ length: rank - z.sizes.length }, () => 1), ...z.sizes]
  const [left, right] = [padded(x), padded(y)]
  // The axes of both alternate.
  const sizes = left.flatMap((size, axis) => [size, at(right, axis)])
  const spread = (z: Value, own: readonly number[], side: 0 | 1): Value =>
    broadcastAxes(
      reshapeTo(z, own),
      sizes,
      own.map((_, axis) => 2 * axis + 1 - side),
    )
  return reshapeTo(
    mul(spread(x, left, 0), spread(y, right, 1)),
    left.map((size, axis) => size * at(right, axis)),
  )
}
