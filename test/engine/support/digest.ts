/** Values that no function of the runtime has a part in, and their bits as a few letters that a test can record. */
import { toArray, tree } from 'pullback'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../../src/tensor/index.js'

/** Multiples of a unit, which is a power of two, between -16 and 16 of it: made of whole numbers. */
export const grid = (sizes: readonly number[], dtype: DType, seed: number, unit = 1 / 16): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((((i + seed) * 7919) % 33) - 16) * unit))
  return concrete(sizes, dtype, buffer)
}

/** The first 64 bits of the SHA-256 of all entries of a tree, by the one hash that Node and pages have in common. */
export const digest = async (x: object): Promise<string> => {
  const bytes = tree.leaves(x).flatMap(leaf => [...new Uint8Array(toArray(leaf).buffer)])
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
  return [...hash.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
