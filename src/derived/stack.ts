import { concatAxis, reshapeTo } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/** Tensors of one shape side by side along a new axis. */
export const stack = (tensors: readonly Value[], axis: number): Value =>
  concatAxis(
    tensors.map(x => reshapeTo(x, [...x.sizes.slice(0, axis), 1, ...x.sizes.slice(axis)])),
    axis,
  )
