/** A tensor as JSON: what `JSON.stringify` writes in its place, and what `codec` reads. */
import type { Buffer, DType } from './dtype.js'

/** A number as JSON: as it is, or by name where JSON has no word for it. */
export type JsonNumber = number | '-0' | 'NaN' | 'Infinity' | '-Infinity'

/** A tensor as JSON: its numbers in row-major order, a bool as 0 or 1. @category model */
export interface TensorJson {
  readonly shape: string
  readonly sizes: readonly number[]
  readonly dtype: DType
  readonly values: readonly JsonNumber[]
}

/** A number as it can be written and read back bit for bit. */
export const jsonNumber = (value: number): JsonNumber => {
  if (Object.is(value, -0)) return '-0'
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}

export const jsonNumbers = (buffer: Buffer): readonly JsonNumber[] => Array.from(buffer, jsonNumber)
