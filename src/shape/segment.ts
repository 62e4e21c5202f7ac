import { type Dims, dims, type Join, join } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Rows brought together by a label of each: the first axis, along which the labels lie, becomes `K`, with a place for each segment.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.segments('segmentSum', 'edges 8', 'edges', 'nodes'), { shape: 'nodes 8' })
 */
export type Segments<Op extends string, S extends string, I extends string, K extends string> = S extends unknown
  ? I extends unknown
    ? true extends Wide<S> | Wide<I> | Wide<K>
      ? Ok<string>
      : [Dims<S>, Dims<I>] extends [
            readonly [infer H extends string, ...infer T extends readonly string[]],
            readonly [infer N extends string],
          ]
        ? H extends N
          ? Ok<Join<[K, ...T]>>
          : NoRows<Op, S, I>
        : NoRows<Op, S, I>
    : never
  : never

type NoRows<
  Op extends string,
  S extends string,
  I extends string,
> = Err<`${Op}: '${S}' by labels of shape '${I}': the labels have one axis, which is the first of what they label`>

export const segments = (op: string, s: string, labels: string, count: string): Rule => {
  const [first, ...rest] = dims(s)
  const [own, ...others] = dims(labels)
  return first !== undefined && first === own && others.length === 0
    ? ok(join([count, ...rest]))
    : err(`${op}: '${s}' by labels of shape '${labels}': the labels have one axis, which is the first of what they label`)
}
