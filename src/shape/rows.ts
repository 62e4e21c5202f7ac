import type { Alike } from './alike.js'
import { type Dims, dims } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Rows that are put in order by others: one axis for what gives the order, and the same axis first in what is put in order.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.vectorShape('searchsorted', 'the sorted tensor', '8'), { shape: '8' })
 * assert.deepStrictEqual(shape.ledBy('sortBy', 'the key', 'n', 'n 3'), { shape: 'n 3' })
 * assert.deepStrictEqual(shape.alikeAll('lexsort', ['2 3', '3']), { message: "lexsort: '2 3' and '3': all keys have one shape" })
 */

/** A tensor of one axis; `What` says which in the message. */
export type VectorShape<Op extends string, What extends string, S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : Dims<S> extends readonly [string]
      ? Ok<S>
      : Err<`${Op}: ${What} is '${S}', give one with one axis`>
  : never

export const vectorShape = (op: string, what: string, s: string): Rule =>
  dims(s).length === 1 ? ok(s) : err(`${op}: ${what} is '${s}', give one with one axis`)

/** A shape whose first axis is `N`, the axis of `What`. */
export type LedBy<Op extends string, What extends string, N extends string, S extends string> = S extends unknown
  ? N extends unknown
    ? true extends Wide<S> | Wide<N>
      ? Ok<string>
      : Dims<S> extends readonly [N, ...(readonly string[])]
        ? Ok<S>
        : Err<`${Op}: '${S}' does not begin with '${N}', the axis of ${What}`>
    : never
  : never

export const ledBy = (op: string, what: string, n: string, s: string): Rule =>
  dims(s)[0] === n ? ok(s) : err(`${op}: '${s}' does not begin with '${n}', the axis of ${what}`)

/** Keys of one shape, one key at least. */
export type AlikeAll<Op extends string, L extends readonly string[]> = L extends readonly [infer A extends string, ...infer R]
  ? R extends readonly [infer B extends string, ...(readonly string[])]
    ? true extends Alike<A, B> | Wide<A> | Wide<B>
      ? AlikeAll<Op, R extends readonly string[] ? R : never>
      : Err<`${Op}: '${A}' and '${B}': all keys have one shape`>
    : Ok<A>
  : number extends L['length']
    ? Ok<L[number]>
    : Err<`${Op}: there is no key, give one at least`>

export const alikeAll = (op: string, shapes: readonly string[]): Rule => {
  const [first] = shapes
  if (first === undefined) return err(`${op}: there is no key, give one at least`)
  const other = shapes.find(s => s !== first)
  const before = other === undefined ? first : (shapes[shapes.indexOf(other) - 1] ?? first)
  return other === undefined ? ok(shapes.at(-1) ?? first) : err(`${op}: '${before}' and '${other}': all keys have one shape`)
}
