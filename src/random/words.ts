/** Random words as uniform numbers: what every draw begins with. */
import { scale } from '../derived/index.js'
import { add, castTo, filled, randomWords, reshapeTo, shiftRight, sliceAxis } from '../primitives/index.js'
import type { DType, Value } from '../tensor/index.js'
import { blocks } from './key.js'

/** Two random words at each of n places. */
export type WordPair = readonly [high: Value, low: Value]

/** The two words of each block. */
export const wordsOf = (key: Value, n: number): WordPair => {
  const both = blocks(key, n)
  const word = (i: number): Value => reshapeTo(sliceAxis(both, 1, i, i + 1), [n])
  return [word(0), word(1)]
}

/** One word at each of n places. */
export const bitsOf = (key: Value, n: number): Value => randomWords(key, { count: n, joined: true })

/** A word as a multiple of 2^-23 on [0, 1), float32. */
export const unitOfWord = (word: Value): Value => scale(castTo(shiftRight(word, filled(word, 9)), 'float32'), 2 ** -23)

/** Two words as a multiple of 2^-52 on [0, 1), float64. */
export const unitOfWords = ([high, low]: WordPair): Value => {
  const upper = castTo(high, 'float64')
  const lower = castTo(shiftRight(low, filled(low, 12)), 'float64')
  return add(scale(upper, 2 ** -32), scale(lower, 2 ** -52))
}

/** Uniform on [0, 1), a multiple of 2^-23 (float32) or 2^-52 (float64). */
export const unit = (key: Value, n: number, dtype: DType): Value =>
  dtype === 'float32' ? unitOfWord(bitsOf(key, n)) : unitOfWords(wordsOf(key, n))
