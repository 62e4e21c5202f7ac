/** The two formats of floats, four or two to a vector. */

/** What a formula has to know about the numbers in its lanes. */
export interface Format {
  readonly lanes: 'f32x4' | 'f64x2'
  readonly words: 'i32x4' | 'i64x2'
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
  lanes: 'f32x4',
  words: 'i32x4',
  fraction: 23,
  bias: 127,
  one: 0x3f800000n,
  sign: 0x80000000n,
  infinity: 0x7f800000n,
  leastNormal: 2 ** -126,
  rounder: 1.5 * 2 ** 23,
}

export const double: Format = {
  lanes: 'f64x2',
  words: 'i64x2',
  fraction: 52,
  bias: 1023,
  one: 0x3ff0000000000000n,
  sign: 0x8000000000000000n,
  infinity: 0x7ff0000000000000n,
  leastNormal: 2 ** -1022,
  rounder: 1.5 * 2 ** 52,
}

/** A number that has a value in each format. */
export interface Both<T> {
  readonly f32x4: T
  readonly f64x2: T
}
