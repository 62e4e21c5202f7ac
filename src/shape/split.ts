import { type DivideSize, divideSize, type InNormalForm, type StepsAlong, stepsAlong } from './arithmetic.js'
import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import type { Negative } from './integer.js'
import type { Compare, FloorDivide, Multiply, Subtract, Text } from './natural.js'
import { isNumeral } from './numeral.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { isArray, isCount, kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok } from './rule.js'
import type { Wide } from './wide.js'

/**
 * A tensor cut along an axis: into so many equal parts, or before the entries at the indices given.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.split.html; other than there, an index lies in the axis.
 *
 * @example
 * import { split, unstacked } from './split.js'
 *
 * assert.deepStrictEqual(split('n 6', 3, 1), { shape: ['n 2', 'n 2', 'n 2'] })
 * assert.deepStrictEqual(split('n 6', [2, 5], 0), { shape: ['2 6', '3 6', 'n-5 6'] })
 * assert.deepStrictEqual(split('7', 2, 0), { message: "split: axis 0 of '7' does not go into 2 equal parts: give the indices to cut at" })
 * assert.deepStrictEqual(unstacked('3 n', 0), { shape: 'n' })
 */
export type SplitInto<S extends string, P extends Parts, A extends Axis> = S extends unknown
  ? true extends Wide<S>
    ? Unsplit<P>
    : AxisAt<'split', S, Dims<S>, A> extends infer I
      ? I extends number
        ? number extends I
          ? Unsplit<P>
          : P extends number
            ? Equal<S, P, I, Dims<S>[I]>
            : P extends readonly number[]
              ? number extends P['length']
                ? Ok<readonly string[]>
                : Cut<S, P, I, Dims<S>[I]>
              : never
        : I
      : never
  : never

/** So many equal parts, or the indices before which to cut, ascending. @category type-level */
export type Parts = number | readonly number[]

/** The parts of a shape that is not known: their number may be. */
type Unsplit<P extends Parts> = P extends readonly number[]
  ? number extends P['length']
    ? Ok<readonly string[]>
    : Ok<readonly [string, ...Times<string, P['length']>]>
  : P extends number
    ? Counted<P> extends true
      ? Ok<Times<string, P>>
      : Ok<readonly string[]>
    : never

/** So many times the same. */
type Times<X extends string, N extends number, Acc extends readonly string[] = []> = Acc['length'] extends N
  ? Acc
  : Times<X, N, [...Acc, X]>

/** Whether the parts can be counted out as a tuple: a whole number from 1 up to 512. */
type Counted<N extends number> = number extends N
  ? false
  : `${N}` extends '0' | `${string}${'-' | '.' | 'e'}${string}`
    ? false
    : Compare<N, 512> extends 1
      ? false
      : true

type Equal<S extends string, N extends number, I extends number, H extends string> = number extends N
  ? Ok<readonly string[]>
  : Counted<N> extends true
    ? H extends `${infer L extends number}`
      ? FloorDivide<L, N> extends infer Q extends number
        ? Multiply<Q, N> extends L
          ? Ok<Times<At<S, I, Text<Q>>, N>>
          : Err<`split: axis ${I} of '${S}' does not go into ${N} equal parts: give the indices to cut at`>
        : never
      : Ok<Times<At<S, I, DivideSize<H, N>>, N>>
    : Err<`split: ${N} parts, give a whole number from 1 to 512, or the indices to cut at`>

type At<S extends string, I extends number, X extends string> = Join<ReplaceAt<Dims<S>, I, [X]>>

type Cut<
  S extends string,
  P extends readonly number[],
  I extends number,
  H extends string,
  From extends number = 0,
  Acc extends readonly string[] = [],
> = P extends readonly [infer N extends number, ...infer R extends readonly number[]]
  ? number extends N
    ? Ok<readonly string[]>
    : `${N}` extends `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`split: an index to cut at is ${N}, give whole numbers from 0 up`>
      : Compare<From, N> extends 1
        ? Err<`split: the indices to cut at go from ${From} to ${N}, give them in ascending order`>
        : Beyond<H, N> extends true
          ? Err<`split: the index ${N} is beyond axis ${I} of '${S}'`>
          : Cut<S, R, I, H, N, [...Acc, At<S, I, Text<Subtract<N, From>>>]>
  : Ok<[...Acc, At<S, I, Rest<H, From>>]>

type Beyond<H extends string, N extends number> = H extends `${infer L extends number}` ? (Compare<N, L> extends 1 ? true : false) : false

type Rest<H extends string, From extends number> = H extends `${infer L extends number}`
  ? Text<Subtract<L, From>>
  : From extends 0
    ? InNormalForm<H>
    : StepsAlong<H, Negative<From>, 1, 0>

export const split = (s: string, parts: Parts, axis: Axis): Ok<readonly string[]> | Err<string> => {
  const found = axisIndex('split', s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  const own = axes[found] ?? ''
  const under = (size: string): string => join(replaceAt(axes, [found], [size]))
  if (isArray(parts)) {
    const sizes: string[] = []
    let from = 0
    for (const index of parts) {
      if (!isCount(index))
        return err(`split: an index to cut at is ${typeof index === 'number' ? index : kindOf(index)}, give whole numbers from 0 up`)
      if (index < from) return err(`split: the indices to cut at go from ${from} to ${index}, give them in ascending order`)
      if (isNumeral(own) && index > Number(own)) return err(`split: the index ${index} is beyond axis ${found} of '${s}'`)
      sizes.push(`${index - from}`)
      from = index
    }
    return ok([...sizes, isNumeral(own) ? `${Number(own) - from}` : stepsAlong(own, -from, 1, 0)].map(under))
  }
  if (typeof parts !== 'number' || !/^[1-9]\d*$/.test(`${parts}`) || parts > 512)
    return err(
      `split: ${typeof parts === 'number' ? parts : kindOf(parts)} parts, give a whole number from 1 to 512, or the indices to cut at`,
    )
  if (isNumeral(own) && Number(own) % parts !== 0)
    return err(`split: axis ${found} of '${s}' does not go into ${parts} equal parts: give the indices to cut at`)
  const part = under(isNumeral(own) ? `${Number(own) / parts}` : divideSize(own, BigInt(parts)))
  return ok(Array.from({ length: parts }, () => part))
}

/** The shapes of the entries along an axis: as many as the axis has, where its size is known. */
export type Unstacked<S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<readonly string[]>
    : AxisAt<'unstack', S, Dims<S>, A> extends infer I
      ? I extends number
        ? number extends I
          ? Ok<readonly string[]>
          : UnstackedAlong<Dims<S>[I], Join<ReplaceAt<Dims<S>, I, []>>>
        : I
      : never
  : never

type UnstackedAlong<H extends string, E extends string> = H extends `${infer N extends number}`
  ? Counted<N> extends true
    ? Ok<Times<E, N>>
    : Ok<N extends 0 ? readonly [] : readonly E[]>
  : Ok<readonly E[]>

/** The shape of every entry along an axis. */
export const unstacked = (s: string, axis: Axis): Ok<string> | Err<string> => {
  const found = axisIndex('unstack', s, axis)
  return isErr(found) ? found : ok(join(replaceAt(dims(s), [found], [])))
}
