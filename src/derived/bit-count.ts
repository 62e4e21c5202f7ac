/** Counts of bits, of integers. Source: Warren, Hacker's Delight, sections 5-1 and 5-3. */
import { add, and, filled, mul, or, shiftRight, sub } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

const shifted = (x: Value, places: number): Value => shiftRight(x, filled(x, places))

/** How many bits are 1: counts of two, four and eight neighbouring bits, whose sum is the highest byte of a product. */
export const populationCount = (x: Value): Value => {
  const masked = (y: Value, mask: number): Value => and(y, filled(y, mask))
  const twos = sub(x, masked(shifted(x, 1), 0x55555555))
  const fours = add(masked(twos, 0x33333333), masked(shifted(twos, 2), 0x33333333))
  const bytes = masked(add(fours, shifted(fours, 4)), 0x0f0f0f0f)
  return shifted(mul(bytes, filled(x, 0x01010101)), 24)
}

/** How many bits above the highest 1 are 0: all of 32 that are left when every bit below it is made 1. */
export const leadingZeros = (x: Value): Value => {
  const smeared = [1, 2, 4, 8, 16].reduce((y, places) => or(y, shifted(y, places)), x)
  return sub(filled(x, 32), populationCount(smeared))
}
