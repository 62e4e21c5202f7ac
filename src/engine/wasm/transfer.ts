/** Copies of numbers between tensors, which are arrays on the JavaScript heap, and the engine's memory. */
import { type Aval, type Buffer, bufferOf, bytesOf, concrete, type DType, sizeOf, uniformValue, type Value } from '../../tensor/index.js'
import type { Arena } from './arena.js'

/** Copies a tensor's numbers to an address. Of a tensor that repeats one number no array is made: the number is written to every place. */
export const copyIn = (arena: Arena, address: number, x: Value): void => {
  const start = address / bytesOf(x.dtype)
  const value = uniformValue(x)
  if (value === undefined) arena.view(x.dtype).set(bufferOf('wasm engine', x), start)
  else arena.view(x.dtype).fill(value, start, start + sizeOf(x.sizes))
}

/** A tensor of the numbers at an address. */
export const copyOut = (arena: Arena, address: number, { sizes, dtype }: Aval): Value => {
  const start = address / bytesOf(dtype)
  // A training step reads its metrics every time, and they are scalars: one number needs no array.
  if (sizes.length === 0) return concrete(sizes, dtype, arena.view(dtype)[start] ?? 0)
  return concrete(sizes, dtype, copied(arena, start, sizes, dtype))
}

/** Arrays of up to so many entries are copied by one call, which is quicker for them than a new array that is then filled. */
const smallest = 16384

/** Entries of the memory from a place on, in an array of their own. */
const copied = (arena: Arena, start: number, sizes: readonly number[], dtype: DType): Buffer => {
  const length = sizeOf(sizes)
  if (length <= smallest) return arena.view(dtype).slice(start, start + length)
  const result = arena.results.array(dtype, sizes)
  result.set(arena.view(dtype).subarray(start, start + length))
  return result
}
