/** Polynomials. How their terms are added decides the bits, so it is the same for every printer. */
import type { FloatOf, Formula, Kinds } from './formula.js'

/** By Horner's rule, from the highest power down. */
const horner = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, coefficients: readonly number[]): FloatOf<K> =>
  coefficients.map(c => f.number(c)).reduceRight((sum, c) => f.multiplyAdd(sum, x, c))

/**
 * Σ coefficients[k] x^k. With `apart`, even and odd powers are two polynomials in x², which a processor computes side by side: that is done
 * sooner, but rounded otherwise.
 */
export const polynomial = <K extends Kinds>(
  f: Formula<K>,
  x: FloatOf<K>,
  coefficients: readonly number[],
  apart = f.format.name === 'float64' && coefficients.length > 6,
): FloatOf<K> => {
  if (!apart) return horner(f, x, coefficients)
  const square = f.keep(f.mul(x, x))
  const part = (parity: number): FloatOf<K> =>
    horner(
      f,
      square,
      coefficients.filter((_, i) => i % 2 === parity),
    )
  return f.multiplyAdd(part(1), x, part(0))
}
