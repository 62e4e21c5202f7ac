/**
 * Loop nests over an index space: pointers that walk with the loops, neighbouring axes joined where every access allows it.
 */
import { at, bytesOf, type DType, sizeOf } from '../../tensor/index.js'
import { evenGroups, longAxes } from '../fusion/axes.js'
import type { Code, Local } from './encoder.js'

/** A buffer read or written at an affine function of the index. */
export interface Walk {
  readonly dtype: DType
  /** Bytes from the base of the arena to the first entry. */
  readonly offset: number
  /** In entries, for each axis. */
  readonly strides: readonly number[]
}

export interface Collapsed {
  readonly sizes: readonly number[]
  readonly walks: readonly Walk[]
}

/** Axes of size 1 dropped and neighbours joined where every walk goes through them evenly; at least one axis is left. */
export const collapse = (sizes: readonly number[], walks: readonly Walk[]): Collapsed => {
  const long = separate(sizes, walks)
  const groups = evenGroups(
    long.sizes,
    long.walks.map(({ strides }) => strides),
  )
  return {
    sizes: groups.map(group => sizeOf(group.map(axis => at(long.sizes, axis)))),
    walks: long.walks.map(walk => ({ ...walk, strides: groups.map(group => at(walk.strides, group.at(-1) ?? 0)) })),
  }
}

/** Axes of size 1 dropped, the others as they are; at least one axis is left. */
export const separate = (sizes: readonly number[], walks: readonly Walk[]): Collapsed => {
  const axes = longAxes(sizes)
  if (axes.length === 0) return { sizes: [1], walks: walks.map(walk => ({ ...walk, strides: [0] })) }
  return {
    sizes: axes.map(axis => at(sizes, axis)),
    walks: walks.map(walk => ({ ...walk, strides: axes.map(axis => at(walk.strides, axis)) })),
  }
}

/** Adds a constant number of bytes to a pointer. */
export const advance = (code: Code, pointer: Local, bytes: number): void => {
  if (bytes !== 0) code.get(pointer).i32(bytes).do('i32.add').set(pointer)
}

/** Bytes between neighbours of a walk along an axis. */
export const stepBytes = ({ strides, dtype }: Walk, axis: number): number => at(strides, axis) * bytesOf(dtype)

/** Pointers at the first entry of each walk, moved along the first axis by `first` entries. */
export const startPointers = (code: Code, base: Local, walks: readonly Walk[], first: Local): readonly Local[] =>
  walks.map(walk => {
    const pointer = code.local('i32')
    code.get(base).i32(walk.offset).do('i32.add')
    const step = stepBytes(walk, 0)
    if (step !== 0) code.get(first).i32(step).do('i32.mul', 'i32.add')
    code.set(pointer)
    return pointer
  })

/**
 * Loops over the axes from `axis` to `until` (not included), with `body` inside. The first axis runs from `low` to `high`, others whole.
 * Pointers are moved along and brought back, but not after the first axis.
 */
export const loops = (
  code: Code,
  { sizes, walks }: Collapsed,
  pointers: readonly Local[],
  bounds: { readonly low: Local; readonly high: Local },
  until: number,
  body: () => void,
  axis = 0,
): void => {
  if (axis === until) {
    body()
    return
  }
  const i = code.local('i32')
  const size = at(sizes, axis)
  const inner = (): void => {
    loops(code, { sizes, walks }, pointers, bounds, until, body, axis + 1)
    walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, stepBytes(walk, axis))
    })
  }
  code.for(
    i,
    () => (axis === 0 ? code.get(bounds.low) : code.i32(0)),
    () => (axis === 0 ? code.get(bounds.high) : code.i32(size)),
    1,
    inner,
  )
  if (axis > 0)
    walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, -size * stepBytes(walk, axis))
    })
  code.release(i)
}
