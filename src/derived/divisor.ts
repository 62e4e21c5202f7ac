/** Divisors and multiples of integers. */
import { whileLoop } from '../control/index.js'
import { abs, and, equal, filled, mul, not, rem, select } from '../primitives/index.js'
import { relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { floorDiv } from './division.js'
import { any } from './reduce.js'

type Pair = readonly [Value, Value]

/** Euclid's algorithm for all entries at once, until none has a remainder. */
export const greatestCommonDivisor = (x: Value, y: Value): Value => {
  const isLeft = ([, b]: Pair): Tensor<'', 'bool'> => typed(relabel('', any(not(equal(b, filled(b, 0))), [...b.sizes.keys()])))
  const round = ([a, b]: Pair): Pair => {
    const isDone = equal(b, filled(b, 0))
    return [select(isDone, a, b), select(isDone, b, rem(a, b))]
  }
  const run = typed<(initial: Pair) => Pair>(whileLoop<Pair, Pair>(typed(isLeft), round))
  return run([abs(x), abs(y)])[0]
}

/** 0 where either is. */
export const leastCommonMultiple = (x: Value, y: Value): Value => {
  const zero = filled(x, 0)
  const either = and(not(equal(x, zero)), not(equal(y, zero)))
  const divisor = greatestCommonDivisor(x, y)
  return select(either, abs(mul(floorDiv(abs(x), divisor), y)), zero)
}
