/** Sums and products without an error: as two numbers, of which the second is what the first was rounded by. */
import type { FloatOf, Formula, Kinds } from './formula.js'

/** A sum of two numbers, the second far smaller. */
export type Pair<K extends Kinds> = readonly [FloatOf<K>, FloatOf<K>]

/** a + b and its rounding error, exactly. Source: Knuth's TwoSum. */
export const twoSum = <K extends Kinds>(f: Formula<K>, a: FloatOf<K>, b: FloatOf<K>): Pair<K> => {
  const sum = f.keep(f.add(a, b))
  const second = f.keep(f.sub(sum, a))
  return [sum, f.keep(f.add(f.sub(a, f.sub(sum, second)), f.sub(b, second)))]
}

/** The same where |a| is at least |b|. Source: Dekker's Fast2Sum. */
export const fastTwoSum = <K extends Kinds>(f: Formula<K>, a: FloatOf<K>, b: FloatOf<K>): Pair<K> => {
  const sum = f.keep(f.add(a, b))
  return [sum, f.keep(f.sub(b, f.sub(sum, a)))]
}

/** The upper half of the digits, and the rest; by bits, so that no size overflows. */
export const split = <K extends Kinds>(f: Formula<K>, a: FloatOf<K>): Pair<K> => {
  const width = BigInt((f.format.fraction + 2) >> 1)
  // The upper half is rounded, not cut off: then the rest has a sign and one bit less, so that products of halves are exact.
  const rounded = f.addWords(f.bits(a), f.word(1n << (width - 1n)))
  const high = f.keep(f.float(f.clearWords(rounded, f.word((1n << width) - 1n))))
  return [high, f.keep(f.sub(a, high))]
}

/** a b and its rounding error, exactly. Source: Dekker 1971. */
export const twoProduct = <K extends Kinds>(f: Formula<K>, a: FloatOf<K>, b: FloatOf<K>): Pair<K> => {
  const product = f.keep(f.mul(a, b))
  const [ah, al] = split(f, a)
  const [bh, bl] = split(f, b)
  const cross = f.add(f.sub(f.mul(ah, bh), product), f.mul(ah, bl))
  return [product, f.keep(f.add(f.add(cross, f.mul(al, bh)), f.mul(al, bl)))]
}
