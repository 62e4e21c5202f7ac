/**
 * The language that the formulas of this room are written in.
 *
 * A formula is a function of a `Formula`, which is the printer of some engine, and of the printer's values. It says what to compute with
 * one number; how many numbers a value holds, and whether an operation is text, an instruction or a result, is the printer's own affair. An
 * engine that implements `Formula` therefore has every elementary function, with the same bits as every other engine.
 *
 * There are three kinds of values, and a printer may have a type of its own for each: floats, words, which are the integers of a float's
 * width, and masks, which are truth values. `Formula` has two formats, float32 and float64, and an object of it works in one of them. What
 * only float32 formulas with float64 parts need stands in `WideFormula`, so that the compiler keeps it from all other formulas.
 *
 * A printer may compute a value where it is made or where it is used. So a value that is used more than once is kept with `keep`, and a
 * value that was made from a variable is kept or used before the variable is set again.
 *
 * A printer that computes several numbers at a time takes a rare part, or one round more of a loop, as soon as one of them asks for it. So
 * a formula gives the same for a number whether or not others make it take these: what a rare part or a loop would spoil is chosen by
 * `select`.
 *
 * Every operation on floats is rounded as IEEE 754 has it, to nearest and to even, with subnormal numbers; `multiplyAdd` alone leaves a
 * choice.
 */
import type { Format } from './format.js'

/** The types of a printer's values. */
export interface Kinds {
  readonly float: unknown
  readonly word: unknown
  readonly mask: unknown
  /** What a branch looks at: one truth value, whereas a mask has one for each number of a value. */
  readonly flag: unknown
}

/** A float of a printer. */
export type FloatOf<K extends Kinds> = K['float']
/** An integer of a float's width, without a sign. */
export type WordOf<K extends Kinds> = K['word']
/** A truth value. */
export type MaskOf<K extends Kinds> = K['mask']

/** What a formula sets more than once. */
export interface Slot<V> {
  readonly value: V
  readonly set: (value: V) => void
}

/** Reads a table of bytes, three at a time, each number at its own place. */
export interface ByteReader<K extends Kinds> {
  /** The three bytes at the present place as a word, the first of them in its highest bits; 0 in the place of bytes after the table. */
  readonly word: WordOf<K>
  /** Moves on by three bytes. */
  readonly advance: () => void
}

export interface Formula<K extends Kinds> {
  readonly format: Format

  /** A constant, rounded to the format. */
  number(x: number): FloatOf<K>
  add(a: FloatOf<K>, b: FloatOf<K>): FloatOf<K>
  sub(a: FloatOf<K>, b: FloatOf<K>): FloatOf<K>
  mul(a: FloatOf<K>, b: FloatOf<K>): FloatOf<K>
  div(a: FloatOf<K>, b: FloatOf<K>): FloatOf<K>
  /**
   * a b + c. The product and the sum are each rounded, unless an engine is asked for relaxed arithmetic and fuses them: so this is not for
   * formulas that count on what a product or a sum was rounded by.
   */
  multiplyAdd(a: FloatOf<K>, b: FloatOf<K>, c: FloatOf<K>): FloatOf<K>
  /** The square root; NaN of a number below 0. */
  sqrt(a: FloatOf<K>): FloatOf<K>
  floor(a: FloatOf<K>): FloatOf<K>
  /** The nearest integer, the even one of two. */
  nearest(a: FloatOf<K>): FloatOf<K>
  trunc(a: FloatOf<K>): FloatOf<K>
  /** The lesser of x and a limit; a NaN stays. */
  atMost(x: FloatOf<K>, limit: number): FloatOf<K>
  /** The greater of x and a limit; a NaN stays. */
  atLeast(x: FloatOf<K>, limit: number): FloatOf<K>

  lt(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>
  le(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>
  gt(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>
  ge(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>
  eq(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>
  ne(a: FloatOf<K>, b: FloatOf<K>): MaskOf<K>

  /** The bits of a float. */
  bits(x: FloatOf<K>): WordOf<K>
  /** The float of these bits. */
  float(word: WordOf<K>): FloatOf<K>

  /** A constant. */
  word(bits: bigint): WordOf<K>
  /** The sum without its carry. */
  addWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  /** The difference, around the end where it is below 0. */
  subWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  andWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  orWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  xorWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  /** The bits of a that b does not have. */
  clearWords(a: WordOf<K>, b: WordOf<K>): WordOf<K>
  shiftLeft(a: WordOf<K>, count: number): WordOf<K>
  /** Zeros come in from above. */
  shiftRight(a: WordOf<K>, count: number): WordOf<K>
  /** Whether the lowest bit is set. */
  isOdd(a: WordOf<K>): MaskOf<K>

  andMasks(a: MaskOf<K>, b: MaskOf<K>): MaskOf<K>
  orMasks(a: MaskOf<K>, b: MaskOf<K>): MaskOf<K>
  xorMasks(a: MaskOf<K>, b: MaskOf<K>): MaskOf<K>
  /** a and not b. */
  exceptMasks(a: MaskOf<K>, b: MaskOf<K>): MaskOf<K>

  /** `then` where the mask is set, else `otherwise`. */
  select(mask: MaskOf<K>, then: FloatOf<K>, otherwise: FloatOf<K>): FloatOf<K>
  selectWords(mask: MaskOf<K>, then: WordOf<K>, otherwise: WordOf<K>): WordOf<K>
  /** x where the mask is set, else 0. */
  where(mask: MaskOf<K>, x: FloatOf<K>): FloatOf<K>
  whereWords(mask: MaskOf<K>, x: WordOf<K>): WordOf<K>
  /** x where the mask is not set, else 0. */
  whereNot(mask: MaskOf<K>, x: FloatOf<K>): FloatOf<K>

  /** Computes a value here, once. */
  keep(value: FloatOf<K>): FloatOf<K>
  keepWord(value: WordOf<K>): WordOf<K>
  keepMask(value: MaskOf<K>): MaskOf<K>
  variable(initial: FloatOf<K>): Slot<FloatOf<K>>
  wordVariable(initial: WordOf<K>): Slot<WordOf<K>>

  /** Whether the mask is set for any number of a value. */
  any(mask: MaskOf<K>): K['flag']
  /** Whether the mask is not set for any number of a value. */
  anyNot(mask: MaskOf<K>): K['flag']
  /** A part for rare arguments, which is skipped where the flag is not set. */
  when(flag: K['flag'], body: () => void): void
  /** Runs the body once, and again as long as the mask that it gives is set for any number of a value. */
  repeatWhile(body: () => MaskOf<K>): void
  /** Runs the body `count` times. */
  times(count: number, body: () => void): void

  /** By how many whole steps of 2^bits the word a, which is below 2^31, is above b; 0 where it is below. Of float64's words. */
  stepsAbove(a: WordOf<K>, b: bigint, bits: number): WordOf<K>
  /** Reads a table from a place on. Of float64's words, whose places are below the table's length and 64 bytes more. */
  reader(table: Uint8Array, place: WordOf<K>): ByteReader<K>
}

/** What is left of a float32 after a reduction in float64. */
export interface ReducedPart<K extends Kinds> {
  readonly word: WordOf<K>
  readonly r: FloatOf<K>
}

/** A part of a float32 formula that is computed in float64. Its bodies are given a formula in float64, which has no values but theirs. */
export interface Float64Part<K extends Kinds> {
  /** A function of two float32s, computed in float64, then rounded to float32. */
  rounded(x: FloatOf<K>, y: FloatOf<K>, body: (wide: Formula<K>, x: FloatOf<K>, y: FloatOf<K>) => FloatOf<K>): FloatOf<K>
  /** A number and a word that are computed in float64: the number is rounded to float32, and of the word the low half is left. */
  reduced(x: FloatOf<K>, body: (wide: Formula<K>, x: FloatOf<K>) => ReducedPart<K>): ReducedPart<K>
  /** The same, for a long body that is run rarely: a printer should write it only once. */
  reducedRarely(x: FloatOf<K>, body: (wide: Formula<K>, x: FloatOf<K>) => ReducedPart<K>): ReducedPart<K>
}

/** A printer for float32 that has float64 too. */
export interface WideFormula<K extends Kinds> extends Formula<K> {
  /** The results are kept or set before the part ends; a printer may then forget what else it had. */
  inFloat64<T>(part: (wide: Float64Part<K>) => T): T
}
