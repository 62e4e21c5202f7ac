/**
 * Rejection: numbers are proposed until each place has one that is accepted. All places propose in each round, and those that have a number keep it,
 * as `vmap` of a loop does; so the loop runs as vector code, in compiled functions, under `vmap` and inside `scan`.
 *
 * Round r draws with the r-th key of `split`, and place i has the i-th block of that key. So a draw of fewer is the beginning of a draw of more,
 * and nothing depends on threads or on when other places are done.
 */
import { whileLoop } from '../control/index.js'
import { any } from '../derived/index.js'
import { add, concatAxis, filled, not, or, reshapeTo, select, threefry } from '../primitives/index.js'
import { concrete, typed, type Value } from '../tensor/index.js'
import { split } from './key.js'
import { type WordPair, wordsOf } from './words.js'

type Carry = readonly Value[]

/** A loop over values whose types nobody knows. */
export const loopOf: (holds: (carry: Carry) => Value, round: (carry: Carry) => Carry) => (first: Carry) => Carry = typed(whileLoop)

/** Whether any entry holds, as a scalar. */
export const holdsAny = (flags: Value): Value =>
  any(
    flags,
    flags.sizes.map((_, axis) => axis),
  )

export interface Proposal {
  readonly value: Value
  readonly accepted: Value
}

/** The key of a round, whose number is a scalar of uint32. */
const keyOf = (key: Value, round: Value): Value => threefry(key, concatAxis([filled(reshapeTo(round, [1]), 0), reshapeTo(round, [1])], 0))

/**
 * Proposals until each place has accepted one. `first` holds the numbers of places that need none, of which `done` says which they are; each proposal is
 * made of `blocks` blocks of two words.
 */
export const untilAccepted = (
  key: Value,
  blocks: 1 | 2,
  { value: first, accepted: done }: Proposal,
  propose: (first: WordPair, second: WordPair) => Proposal,
): Value => {
  const [n = 0] = first.sizes
  const loop = loopOf(
    ([, , have = done]) => holdsAny(not(have)),
    ([round = first, value = first, have = done]) => {
      const own = keyOf(key, round)
      const [one, two] = blocks === 1 ? [own, own] : split()(typed(own))
      const words = wordsOf(one, n)
      const proposal = propose(words, blocks === 1 ? words : wordsOf(two, n))
      return [add(round, filled(round, 1)), select(have, value, proposal.value), or(have, proposal.accepted)]
    },
  )
  const [, value = first] = loop([concrete([], 'uint32', 0), first, done])
  return value
}
