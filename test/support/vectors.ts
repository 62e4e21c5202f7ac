/** Tensors of one axis from lists of numbers of any length, for tables. */
import { allocate, concrete, type DType, type Value } from '../../src/tensor/index.js'

export const vector = (entries: readonly number[], dtype: DType = 'float64'): Value => {
  const buffer = allocate(dtype, entries.length)
  buffer.set(entries)
  return concrete([entries.length], dtype, buffer)
}
