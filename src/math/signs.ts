/** Signs, which are the highest bits of floats. */
import type { FloatOf, Formula, Kinds, WordOf } from './formula.js'

/** The sign of x as a word without other bits. */
export const signOf = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): WordOf<K> => f.andWords(f.bits(x), f.word(f.format.sign))

export const abs = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => f.float(f.clearWords(f.bits(x), f.word(f.format.sign)))

export const negated = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => f.float(f.xorWords(f.bits(x), f.word(f.format.sign)))

/** A number that is not negative, with the sign of x. */
export const withSignOf = <K extends Kinds>(f: Formula<K>, size: FloatOf<K>, x: FloatOf<K>): FloatOf<K> =>
  f.float(f.orWords(f.bits(size), signOf(f, x)))

/** A number whose sign is changed where the word, which has no other bit, has one. */
export const flipped = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, sign: WordOf<K>): FloatOf<K> => f.float(f.xorWords(f.bits(x), sign))
