/**
 * Axes taken apart, moved and put together: one reshape to all parts of the axes, a reduction over those that are lost, one permutation, a broadcast
 * along new ones, and one reshape to the axes of the result. What has nothing to do makes no equation.
 */
import { broadcastAxes, permuteAxes, reshapeTo } from '../primitives/index.js'
import { sizeOf, type Value } from '../tensor/index.js'

/** A part of an axis, with a label that it has on both sides. */
export interface SizedPart {
  readonly label: string
  readonly size: number
}

/** Reduced over axes in ascending order. */
export type ReduceAxes = (x: Value, axes: readonly number[]) => Value

export const rearrange = (
  x: Value,
  left: readonly SizedPart[],
  right: readonly (readonly SizedPart[])[],
  reduceAxes: ReduceAxes,
): Value => {
  const wanted = right.flat()
  const isKept = ({ label }: SizedPart): boolean => wanted.some(part => part.label === label)
  const isOld = ({ label }: SizedPart): boolean => left.some(part => part.label === label)
  const lost = left.flatMap((part, axis) => (isKept(part) ? [] : [axis]))
  const split = reshapeTo(
    x,
    left.map(({ size }) => size),
  )
  const kept = left.filter(isKept)
  const moved = permuteAxes(
    lost.length === 0 ? split : reduceAxes(split, lost),
    wanted.filter(isOld).map(({ label }) => kept.findIndex(part => part.label === label)),
  )
  // A new axis of size 1 comes by the last reshape.
  const parts = wanted.filter(part => isOld(part) || part.size !== 1)
  const repeated = broadcastAxes(
    moved,
    parts.map(({ size }) => size),
    parts.flatMap((part, axis) => (isOld(part) ? [] : [axis])),
  )
  return reshapeTo(
    repeated,
    right.map(group => sizeOf(group.map(({ size }) => size))),
  )
}
