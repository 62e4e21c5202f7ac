/** Bytes of an entry in memory. */
import type { DType } from '../../tensor/index.js'

export const bytesOf: { readonly [D in DType]: number } = { float32: 4, float64: 8, int32: 4, uint32: 4, bool: 1 }
