/** The two formats of floats. */

/** What a formula has to know about the numbers that it computes with. */
export interface Format {
  readonly name: 'float32' | 'float64'
  /** Bits of a number, and so of a word. */
  readonly bits: 32 | 64
  /** Bits of the fraction. */
  readonly fraction: number
  readonly bias: number
  /** 1 as bits. */
  readonly one: bigint
  readonly sign: bigint
  /** Bits of +∞, which are also the mask of the exponent's field. */
  readonly infinity: bigint
  readonly leastNormal: number
  /** 1.5 · 2^fraction: x + rounder has the integer nearest to x in its low bits. */
  readonly rounder: number
}

export const single: Format = {
  name: 'float32',
  bits: 32,
  fraction: 23,
  bias: 127,
  one: 0x3f800000n,
  sign: 0x80000000n,
  infinity: 0x7f800000n,
  leastNormal: 2 ** -126,
  rounder: 1.5 * 2 ** 23,
}

export const double: Format = {
  name: 'float64',
  bits: 64,
  fraction: 52,
  bias: 1023,
  one: 0x3ff0000000000000n,
  sign: 0x8000000000000000n,
  infinity: 0x7ff0000000000000n,
  leastNormal: 2 ** -1022,
  rounder: 1.5 * 2 ** 52,
}

/** What is different in each format. */
export interface Both<T> {
  readonly float32: T
  readonly float64: T
}

/** The one for the format of a formula. */
export const choose = <T>({ format }: { readonly format: Format }, both: Both<T>): T => both[format.name]
