/**
 * One rule for all counts and lengths that a caller gives. They are checked before anything of that length is made.
 *
 * @example
 * import { wholeNumber } from './count.js'
 *
 * assert.equal(wholeNumber('arange', 3, n => `${n} is not a size`), 3)
 * assert.throws(() => wholeNumber('arange', '3', n => `${n} is not a size`), { message: 'arange: "3" is not a size: give a whole number from 0 up' })
 */
import type { Err, Ok } from '../shape/index.js'
import { fail } from './error.js'
import { show } from './show.js'

/** The longest list that the library makes. Beyond this length JavaScript engines keep a list as a dictionary, or end the process. */
export const mostListed = 2 ** 27

export interface Bounds {
  readonly least?: number
  readonly most?: number
}

const bound = (n: number): string => (n === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : n === 2 ** 32 - 1 ? '2^32 - 1' : String(n))

/** What the compiler sees of a number that `wholeNumber` is to look at; `What` is the problem in words. @category type-level */
export type WholeNumber<Op extends string, N, What extends string, Least extends 0 | 1 = 0> = N extends number
  ? number extends N
    ? Ok<N>
    : `${N}` extends (Least extends 1 ? '0' : never) | `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`${Op}: ${N} ${What}: give a whole number from ${Least} up`>
      : Ok<N>
  : Ok<N>

/**
 * A whole number in a range, from 0 up unless told otherwise. `problem` says in words what another value is not.
 *
 * **Errors**: an ArgumentError for anything else: a fraction, NaN, a number out of the range, a string.
 */
export const wholeNumber = (op: string, n: unknown, problem: (shown: string) => string, { least = 0, most }: Bounds = {}): number =>
  typeof n === 'number' && Number.isSafeInteger(n) && n >= least && n <= (most ?? Number.MAX_SAFE_INTEGER)
    ? n
    : fail({
        _tag: 'ArgumentError',
        op,
        detail: `${problem(show(n))}: give a whole number from ${least} ${most === undefined ? 'up' : `to ${bound(most)}`}`,
      })

/**
 * A number that is neither NaN nor infinite, in a range.
 *
 * **Errors**: an ArgumentError for anything else.
 */
export const finiteNumber = (
  op: string,
  n: unknown,
  problem: (shown: string) => string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Bounds = {},
): number => {
  if (typeof n === 'number' && Number.isFinite(n) && n >= least && n <= most) return n
  const range = `${Number.isFinite(least) ? ` from ${least}` : ''}${Number.isFinite(most) ? ` to ${most}` : Number.isFinite(least) ? ' up' : ''}`
  return fail({ _tag: 'ArgumentError', op, detail: `${problem(show(n))}: give a finite number${range}` })
}
