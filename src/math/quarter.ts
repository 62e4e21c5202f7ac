/**
 * The reduction of angles: x = q π/2 + r with q an integer and |r| ≤ π/4.
 *
 * Up to `limit`, π/2 is subtracted q times in parts of 33 bits, whose products with q are exact (Cody and Waite 1980, chapter 8). Above it,
 * in a branch that is rarely taken, x is multiplied by some digits of 2/π: those before them only add whole turns, and those after them are
 * too small to matter (Payne and Hanek 1983).
 */
import { fastTwoSum, split, twoProduct, twoSum } from './exact.js'
import { double } from './format.js'
import type { FloatOf, Formula, Kinds, ReducedPart, WordOf } from './formula.js'

/** π/2 in parts of 33 bits, the last of 53. */
export const halfPiParts: readonly [number, number, number, number] = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
]
/** π/2 as the nearest number and the rest. */
export const halfPi: readonly [number, number] = [1.5707963267948966, 6.123233995736766e-17]

/** The digits of 2/π after the point, 160 bytes of them. */
export const twoOverPi =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484' +
  'e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b' +
  '3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d'

/** The digits as bytes. */
const table = Uint8Array.from({ length: 160 }, (_, i) => Number.parseInt(twoOverPi.slice(2 * i, 2 * i + 2), 16))

/** Up to here q has at most 20 bits. */
export const limit = 2 ** 20

/** An angle that was reduced, in float64: `word` has q in its low bits, and the angle that is left is r + rest. */
export interface Quarters<K extends Kinds> extends ReducedPart<K> {
  readonly rest: FloatOf<K>
}

interface Rounded<K extends Kinds> {
  readonly word: WordOf<K>
  /** The same as a number. */
  readonly q: FloatOf<K>
}

/** The integer nearest to x / (π/2). */
const nearestQuarter = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Rounded<K> => {
  const rounder = f.number(f.format.rounder)
  const rounded = f.keep(f.add(f.mul(x, f.number(2 / Math.PI)), rounder))
  return { word: f.bits(rounded), q: f.keep(f.sub(rounded, rounder)) }
}

/** Reduces x from 0 to `limit`. */
export const nearQuarters = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Quarters<K> => {
  const { word, q } = nearestQuarter(f, x)
  const [first, second, third, fourth] = halfPiParts
  const minus = (part: number): FloatOf<K> => f.keep(f.mul(q, f.number(-part)))
  const [a, aRest] = twoSum(f, f.keep(f.add(x, minus(first))), minus(second))
  const [b, bRest] = twoSum(f, a, minus(third))
  const rests = f.keep(f.add(f.add(aRest, bRest), minus(fourth)))
  const [r, rest] = fastTwoSum(f, b, rests)
  return { word, r, rest }
}

/** Reduces x from 0 to `limit`, to float32's precision. */
export const nearQuartersRough = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): ReducedPart<K> => {
  const { word, q } = nearestQuarter(f, x)
  const [first, second, third] = halfPiParts
  return { word, r: f.sub(f.sub(x, f.mul(q, f.number(first))), f.mul(q, f.number(second + third))) }
}

/** How many times three bytes of 2/π are multiplied by x. */
const chunks = 8

/** Reduces any finite x above `limit`; for other x the result means nothing. */
export const farQuarters = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Quarters<K> => {
  const rounder = f.number(double.rounder)
  // Digits whose products with x are multiples of 4 quarters are skipped, by whole bytes: 8 skipped ≤ exponent - 1077.
  const skipped = f.keepWord(f.stepsAbove(f.shiftRight(f.bits(x), 52), 1077n, 3))
  const digits = f.reader(table, skipped)
  const power = f.float(f.shiftLeft(f.subWords(f.word(1023n), f.shiftLeft(skipped, 3)), 52))
  const scaled = f.keep(f.mul(x, power))
  const [splitHigh, splitLow] = split(f, scaled)
  const step = f.number(2 ** -24)
  const high = f.variable(f.mul(splitHigh, step))
  const low = f.variable(f.mul(splitLow, step))
  const turns = f.variable(f.number(0))
  const sum = f.variable(f.number(0))
  const rest = f.variable(f.number(0))
  f.times(chunks, () => {
    const chunk = f.keep(f.sub(f.float(f.orWords(digits.word, f.word(0x4330000000000000n))), f.number(2 ** 52)))
    for (const part of [high, low]) {
      // Both factors have few digits, so that the product, and the product modulo 4, are exact.
      const product = f.keep(f.mul(part.value, chunk))
      const reduced = f.keep(f.sub(product, f.mul(f.nearest(f.mul(product, f.number(0.25))), f.number(4))))
      const [total, error] = twoSum(f, sum.value, reduced)
      const whole = f.keep(f.nearest(total))
      turns.set(f.add(turns.value, whole))
      const [s, t] = twoSum(f, f.keep(f.sub(total, whole)), f.keep(f.add(rest.value, error)))
      sum.set(s)
      rest.set(t)
      part.set(f.mul(part.value, step))
    }
    digits.advance()
  })
  const [p, pRest] = twoProduct(f, sum.value, f.keep(f.number(halfPi[0])))
  const cross = f.add(f.mul(sum.value, f.number(halfPi[1])), f.mul(rest.value, f.number(halfPi[0])))
  const [r, rRest] = fastTwoSum(f, p, f.keep(f.add(pRest, cross)))
  return { word: f.keepWord(f.bits(f.add(turns.value, rounder))), r, rest: rRest }
}
