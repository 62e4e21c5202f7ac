import { concrete, relabel, storeExactly, type Value } from '../tensor/index.js'

/** A number as a uniform tensor like x; it must be a value of x's dtype. */
export const numberLike = (op: string, x: Value, value: number): Value =>
  relabel(x.shape, concrete(x.sizes, x.dtype, storeExactly(op, x.dtype, value, "cast('float32') first")))
