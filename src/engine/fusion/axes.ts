/** Joins neighbouring axes that every reader goes through in even steps: to all of them they are one longer axis. */
import { at, sizeOf } from '../../tensor/index.js'

/** The most entries of joined axes: loops count in 32 bits, and repeated entries, which lie nowhere in memory, may be any number. */
const mostJoined = 2 ** 31 - 1

/**
 * Neighbours in groups, each of which every reader with these strides walks as one axis. The axis at `cut` is not joined to the one before it,
 * and none to others with which it would be longer than a loop counts.
 */
export const evenGroups = (
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
  cut?: number,
): readonly (readonly number[])[] => {
  const groups: number[][] = []
  for (const [axis, size] of sizes.entries()) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const even = last !== undefined && strides.every(steps => at(steps, last) === at(steps, axis) * size)
    const fits = group !== undefined && sizeOf(group.map(joined => at(sizes, joined))) * size <= mostJoined
    if (group && even && fits && axis !== cut) group.push(axis)
    else groups.push([axis])
  }
  return groups
}

/** Axes with more than one entry, or without any. */
export const longAxes = (sizes: readonly number[]): readonly number[] => sizes.flatMap((size, axis) => (size === 1 ? [] : [axis]))
