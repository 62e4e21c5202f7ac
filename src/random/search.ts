/**
 * Small counts by inversion: from 0 on, the probabilities of counts are taken off a uniform number until one is greater than what is left of it.
 * One uniform number of 52 bits decides, and every place asks the same count in the same round.
 */
import { add, and, broadcastAxes, castTo, filled, less, lessEqual, mul, not, select, sub } from '../primitives/index.js'
import { concrete, type Value } from '../tensor/index.js'
import { holdsAny, loopOf } from './rejection.js'

/** From here on the probabilities of all further counts together are below the resolution of the uniform number. */
const negligible = 2 ** -56

/**
 * Counts by their probabilities in float64: `none` is that of 0, and `ratio(k)` is that of k + 1 over that of k, which falls. Where `none` is NaN the
 * count is 0.
 */
export const searched = (u: Value, none: Value, ratio: (k: Value) => Value): Value => {
  const everywhere = (k: Value): Value => broadcastAxes(k, u.sizes, [0])
  const loop = loopOf(
    ([, left = u, probability = u]) => holdsAny(lessEqual(probability, left)),
    ([k = u, left = u, probability = u, count = u]) => {
      const goesOn = lessEqual(probability, left)
      const by = ratio(everywhere(k))
      const next = mul(probability, by)
      const isEnd = and(less(by, filled(by, 0.5)), less(next, filled(next, negligible)))
      return [
        add(k, filled(k, 1)),
        // What is left is below 0 where the search has ended.
        select(and(goesOn, not(isEnd)), sub(left, probability), filled(left, -1)),
        next,
        add(count, castTo(goesOn, 'float64')),
      ]
    },
  )
  const [, , , count = u] = loop([concrete([], 'float64', 0), u, none, filled(u, 0)])
  return count
}
