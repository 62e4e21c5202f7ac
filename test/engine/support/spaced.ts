/** Inputs of samples that no function of the runtime has a part in. */
import { allocate, concrete, isFloat, sizeOf, type Value } from '../../../src/tensor/index.js'
import type { SampleInput } from '../../../src/trace/index.js'

/** Evenly spaced values of the sample's range, all different, in an order that is none. The prime divides no sample's size. */
export const spaced = ({ sizes, dtype, low, high }: SampleInput): Value => {
  const count = sizeOf(sizes)
  const all = Array.from({ length: count }, (_, i) => low + ((high - low) * (((i * 7919) % count) + 0.5)) / count)
  const buffer = allocate(dtype, count)
  buffer.set(isFloat(dtype) ? all : all.map(Math.round))
  return concrete(sizes, dtype, buffer)
}
