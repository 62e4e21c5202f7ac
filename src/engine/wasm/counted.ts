/** The address of an entry, from one index that counts through several axes. */
import { at } from '../../tensor/index.js'
import type { Code, Local } from './encoder.js'

/** An index that counts through one axis after another, the last fastest: the size of each and the bytes from one entry to the next. */
export interface Counted {
  readonly sizes: readonly number[]
  readonly steps: readonly number[]
  /** How many entries one index stands for; 1 if it is missing. */
  readonly every?: number
}

/** Adds to the address on the stack how many bytes the entry at `index` is from the first. */
export const addPlace = (code: Code, index: Local, { sizes, steps, every = 1 }: Counted): void => {
  let after = 1
  const first = sizes.findIndex(size => size > 1)
  for (let axis = sizes.length - 1; axis >= first && axis >= 0; axis -= 1) {
    const [size, step] = [at(sizes, axis), at(steps, axis)]
    if (size > 1 && step !== 0) {
      code.get(index)
      if (every > 1) code.i32(every).do('i32.mul')
      if (after > 1) code.i32(after).do('i32.div_u')
      if (axis !== first) code.i32(size).do('i32.rem_u')
      code.i32(step).do('i32.mul', 'i32.add')
    }
    after *= size
  }
}
