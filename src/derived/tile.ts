/** Tensors and entries repeated, and entries moved round. */
import { broadcastAxes, concatAxis, reshapeTo, sliceAxis } from '../primitives/index.js'
import { at, type Value } from '../tensor/index.js'

/** The tensor so many times along each axis; new axes lead. */
export const tile = (x: Value, counts: readonly number[]): Value => {
  const rank = Math.max(counts.length, x.sizes.length)
  const times = [...Array.from({ length: rank - counts.length }, () => 1), ...counts]
  const sizes = [...Array.from({ length: rank - x.sizes.length }, () => 1), ...x.sizes]
  // Before each axis comes one that counts the copies.
  const added = times.flatMap((_, axis) => (axis < rank - x.sizes.length ? [2 * axis, 2 * axis + 1] : [2 * axis]))
  const repeated = broadcastAxes(
    x,
    sizes.flatMap((size, axis) => [at(times, axis), size]),
    added,
  )
  return reshapeTo(
    repeated,
    sizes.map((size, axis) => size * at(times, axis)),
  )
}

/** Each entry along an axis so many times. */
export const repeatInterleave = (x: Value, times: number, axis: number): Value => {
  const [before, after] = [x.sizes.slice(0, axis + 1), x.sizes.slice(axis + 1)]
  const repeated = broadcastAxes(x, [...before, times, ...after], [axis + 1])
  return reshapeTo(
    repeated,
    x.sizes.map((size, i) => (i === axis ? size * times : size)),
  )
}

/** The entries along an axis moved on by so many places, round the end. */
export const roll = (x: Value, shift: number, axis: number): Value => {
  const size = at(x.sizes, axis)
  const from = size === 0 ? 0 : (size - (shift % size)) % size
  return from === 0 ? x : concatAxis([sliceAxis(x, axis, from, size), sliceAxis(x, axis, 0, from)], axis)
}
