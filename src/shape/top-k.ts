import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import type { Compare } from './natural.js'
import { isNumeral } from './numeral.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Some entries of an axis: it becomes as long as the number of them, which it must have. Of a named axis that is seen at run time.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.topK('topK', 'batch 10', 3, -1), { shape: 'batch 3' })
 * assert.deepStrictEqual(shape.topK('topK', '4 2', 3, 1), { message: "topK: 3 of axis 1 of '4 2', which has 2 entries" })
 */
export type TopK<Op extends string, S extends string, K extends number, A extends Axis> = S extends unknown
  ? K extends unknown
    ? true extends (number extends K ? true : false) | Wide<S>
      ? Ok<string>
      : CountOf<Op, K> extends infer N
        ? N extends string
          ? AxisAt<Op, S, Dims<S>, A> extends infer P
            ? P extends number
              ? number extends P
                ? Ok<string>
                : Dims<S>[P] extends `${infer H extends number}`
                  ? Compare<K, H> extends 1
                    ? Err<`${Op}: ${K} of axis ${P} of '${S}', which has ${H} entries`>
                    : Ok<Join<ReplaceAt<Dims<S>, P, [N]>>>
                  : Ok<Join<ReplaceAt<Dims<S>, P, [N]>>>
              : P
            : never
          : N
        : never
    : never
  : never

/** A number of entries as an axis, or what is wrong with it. */
export type CountOf<Op extends string, K extends number> = `${K}` extends '0' | `${string}${'-' | '.' | 'e' | 'I' | 'N'}${string}`
  ? Err<`${Op}: ${K} entries, give a whole number from 1 up`>
  : `${K}`

export const countOf = (op: string, k: number): string | Err<string> => {
  if (typeof k !== 'number') return err(`${op}: the number of entries is ${kindOf(k)}, give a whole number from 1 up`)
  return /^[1-9]\d*$/.test(`${k}`) ? `${k}` : err(`${op}: ${k} entries, give a whole number from 1 up`)
}

export const topK = (op: string, s: string, k: number, axis: Axis): Rule => {
  const count = countOf(op, k)
  if (isErr(count)) return count
  const found = axisIndex(op, s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  const size = axes[found] ?? ''
  return isNumeral(size) && k > Number(size)
    ? err(`${op}: ${k} of axis ${found} of '${s}', which has ${size} entries`)
    : ok(join(replaceAt(axes, [found], [count])))
}
