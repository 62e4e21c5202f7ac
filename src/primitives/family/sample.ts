/** Short forms for the samples on which the laws try each primitive. */

import type { DType } from '../../tensor/index.js'
import type { SampleInput } from '../../trace/index.js'

export const real = (sizes: readonly number[], low = -2, high = 2): SampleInput => ({ sizes, dtype: 'float64', low, high })
/** Values that are never equal and never whole. */
export const distinct = (sizes: readonly number[], low = -2, high = 2): SampleInput => ({ ...real(sizes, low, high), distinct: true })
export const whole = (sizes: readonly number[], low: number, high: number, dtype: DType = 'int32'): SampleInput => ({
  sizes,
  dtype,
  low,
  high,
})
export const truth = (sizes: readonly number[]): SampleInput => ({ sizes, dtype: 'bool', low: 0, high: 1 })
