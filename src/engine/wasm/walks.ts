/** Where loads and stores go through memory. */
import { bytesOf } from '../../tensor/index.js'
import type { Load } from '../fusion/expression.js'
import type { Store } from '../fusion/stage.js'
import type { Walk } from './nest.js'

/** Where a buffer begins, in bytes from the beginning of the arena. */
export type Offsets = (buffer: number) => number

export const walkOf = (load: Load, offsets: Offsets): Walk => ({
  dtype: load.dtype,
  offset: offsets(load.buffer) + load.start * bytesOf(load.dtype),
  strides: load.strides,
})

export const storeWalk = ({ buffer, start, strides, expression: { dtype } }: Store, offsets: Offsets): Walk => ({
  dtype,
  offset: offsets(buffer) + start * bytesOf(dtype),
  strides,
})
