import { at, sizeOf } from '../../tensor/index.js'
import { longAxes } from './axes.js'
import type { Graph, MapStage, Stage } from './stage.js'

/** Whether each place along the first axis writes to a stretch of its own, and these stretches are the whole buffer. */
const isInStretches = ({ stores: [store, ...others], sizes }: MapStage, entries: number): boolean => {
  const [first, ...rest] = longAxes(sizes)
  if (store === undefined || others.length > 0 || first === undefined || sizeOf(sizes) === 0) return false
  const stretch = at(store.strides, first)
  const last = rest.reduce((sum, axis) => sum + (at(sizes, axis) - 1) * at(store.strides, axis), store.start)
  return store.strides.every(stride => stride >= 0) && stretch * at(sizes, first) === entries && last < stretch
}

/** Zeros and the first part that is placed among them in one pass: each thread then writes to what it has just set to zero. */
export const withZeros = ({ stages, buffers }: Graph): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const before = result.at(-1)
    const isPlaced =
      stage.kind === 'map' &&
      before?.kind === 'zero' &&
      stage.stores[0]?.buffer === before.buffer &&
      isInStretches(stage, sizeOf(buffers[before.buffer]?.sizes ?? []))
    if (isPlaced) result.splice(-1, 1, { ...stage, amongZeros: true })
    else result.push(stage)
  }
  return result
}
