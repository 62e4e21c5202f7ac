/** A tensor as JSON: what `JSON.stringify` writes in its place, and what `codec` reads. */
import type { Buffer, DType } from './dtype.js'
import { fail } from './error.js'

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
const jsonNumber = (value: number): JsonNumber => {
  if (Object.is(value, -0)) return '-0'
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}

export const jsonNumbers = (buffer: Buffer): readonly JsonNumber[] => Array.from(buffer, jsonNumber)

/** How many characters the longest text of Node and Chromium has; other engines have longer ones. */
const longest = 2 ** 29 - 24
/** The most characters of a number, with the comma behind it. */
const width: { readonly [D in DType]: number } = { float32: 24, float64: 25, int32: 12, uint32: 11, bool: 2 }

/** Refuses tensors whose text may be longer than that, because the runtime would find it out only after minutes. */
export const checkTextLength = (op: string, leaves: readonly { readonly sizes: readonly number[]; readonly dtype: DType }[]): void => {
  const counts = leaves.map(({ sizes }) => sizes.reduce((product, size) => product * size, 1))
  const characters = leaves.reduce((sum, { dtype }, i) => sum + (counts[i] ?? 0) * width[dtype], 0)
  if (characters > longest)
    fail({
      _tag: 'ArgumentError',
      op,
      detail: `the tree's ${counts.reduce((sum, count) => sum + count, 0)} numbers may take ${characters} characters, and a text has at most ${longest}: encode parts of the tree, of up to ${Math.floor(longest / width.float32)} float32 numbers each, or write toArray of each leaf to a file as bytes`,
    })
}
