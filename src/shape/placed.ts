import { type Position, position, type Span, span } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type InsertAt, insertAt } from './positions.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Where `vmap` finds its axis, or puts it: a position in what has the axis, negative from the end; null for what is one for all examples.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.placedAt('vmap', 'out', '3 4', 'batch', -1), { shape: '3 4 batch' })
 * assert.deepStrictEqual(shape.placedAt('vmap', 'out', '3 4', 'batch', null), { shape: '3 4' })
 * assert.deepStrictEqual(shape.placedAt('vmap', 'out', '3', 'batch', 2), { message: "vmap: 'out' puts 'batch' at position 2 of 2 axes (-2 to 1)" })
 */
export type Place = number | null

/** `S` with the axis `B` in a place. `What` is the option that says so. */
export type PlacedAt<Op extends string, What extends string, S extends string, B extends string, P extends Place> = S extends unknown
  ? P extends number
    ? number extends P
      ? Ok<string>
      : Wide<S | B> extends true
        ? Ok<string>
        : Among<Op, What, Dims<S>, B, P>
    : Ok<S>
  : never

type Among<Op extends string, What extends string, D extends readonly string[], B extends string, P extends number> =
  Position<[...D, B], P> extends infer I
    ? [I] extends [never]
      ? Err<`${Op}: '${What}' puts '${B}' at position ${P} of ${Span<[...D, B]>}`>
      : I extends number
        ? Ok<Join<InsertAt<D, I, B>>>
        : never
    : never

/** The place from the front among `count` axes, of which the placed one is one. */
export const placeAmong = (op: string, what: string, count: number, axis: string, place: number): Ok<number> | Err<string> => {
  const found = position(count, place)
  return found === undefined ? err(`${op}: '${what}' puts '${axis}' at position ${place} of ${span(count)}`) : ok(found)
}

export const placedAt = (op: string, what: string, s: string, axis: string, place: Place): Rule => {
  if (place === null) return ok(s)
  const all = dims(s)
  const found = placeAmong(op, what, all.length + 1, axis, place)
  return 'message' in found ? found : ok(join(insertAt(all, found.shape, axis)))
}
