/** Uniform tensors for use in rules. */
import { type Aval, concrete, type Value } from '../../tensor/index.js'

/** A tensor of x's sizes and dtype, one value everywhere. */
export const filled = (x: Aval, value: number): Value => concrete(x.sizes, x.dtype, value)
