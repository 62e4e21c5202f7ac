import { type StepsAlong, stepsAlong } from './arithmetic.js'
import { type Dims, dims } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The bins between edges: one fewer than there are edges.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.binsBetween('histogram', '5'), { shape: '4' })
 * assert.deepStrictEqual(shape.binsBetween('histogram', 'edges'), { shape: 'edges-1' })
 */
export type BinsBetween<Op extends string, E extends string> = E extends unknown
  ? Wide<E> extends true
    ? Ok<string>
    : Dims<E> extends readonly [infer N extends string]
      ? N extends '0' | '1'
        ? NoBins<Op, E>
        : Ok<StepsAlong<N, -1, 1, 0>>
      : NoBins<Op, E>
  : never

type NoBins<Op extends string, E extends string> = Err<`${Op}: edges of shape '${E}': give at least two along one axis`>

export const binsBetween = (op: string, edges: string): Rule => {
  const [axis, ...others] = dims(edges)
  return axis === undefined || others.length > 0 || axis === '0' || axis === '1'
    ? err(`${op}: edges of shape '${edges}': give at least two along one axis`)
    : ok(stepsAlong(axis, -1, 1, 0))
}
