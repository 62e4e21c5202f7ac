/** The rounding of plain loops that compute in a dtype step by step. */
import type { DType } from '../../tensor/index.js'

/** A number as the dtype holds it. Sums, products, quotients and roots of two floats are rounded right if they are rounded to float64 first. */
export const roundedTo = (dtype: DType): ((x: number) => number) => (dtype === 'float32' ? Math.fround : x => x)
