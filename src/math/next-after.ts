/**
 * `nextAfter`: the next number after x on the way to y, by bits: those of positive numbers count up with the numbers, and those of negative ones
 * down. Exact.
 */
import { elementary } from './elementary.js'
import { withSignOf } from './signs.js'

export const nextAfter = elementary((f, x, y) => {
  const zero = f.number(0)
  const isOut = f.xorMasks(f.gt(y, x), f.lt(x, zero))
  const moved = f.float(f.selectWords(isOut, f.addWords(f.bits(x), f.word(1n)), f.subWords(f.bits(x), f.word(1n))))
  const least = withSignOf(f, f.float(f.word(1n)), y)
  const unequal = f.keep(f.select(f.eq(x, zero), least, moved))
  // The sum of a NaN and anything is one.
  return f.select(f.eq(x, y), y, f.select(f.orMasks(f.lt(x, y), f.gt(x, y)), unequal, f.add(x, y)))
})
