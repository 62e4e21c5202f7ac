import { type AddSizes, addAll } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { isNumeral } from './numeral.js'
import { isArray, isCount, kindOf } from './ragged.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Entries put before and after those of each axis: `[low, high]` for each, or one number for both ends.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.pad.html
 *
 * @example
 * import { pad } from './pad.js'
 *
 * assert.deepStrictEqual(pad('2 n', [[1, 0], 3]), { shape: '3 n+6' })
 * assert.deepStrictEqual(pad('2 3', [1]), { message: "pad: '2 3' has 2 axes and 1 are given, give [low, high] for each" })
 */
export type Pad<S extends string, W extends Widths> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : number extends W['length']
      ? Ok<string>
      : W['length'] extends Dims<S>['length']
        ? PadDims<Dims<S>, W>
        : Err<`pad: '${S}' has ${Dims<S>['length']} axes and ${W['length']} are given, give [low, high] for each`>
  : never

/** How many entries come before and after those of each axis. @category type-level */
export type Widths = readonly (number | readonly [low: number, high: number])[]

type PadDims<D extends readonly string[], W extends Widths, Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? W extends readonly [infer B, ...infer R extends Widths]
    ? Ends<B> extends readonly [infer Low extends number, infer High extends number]
      ? number extends Low | High
        ? Ok<string>
        : Unfit<Low | High> extends true
          ? Err<`pad: ${Low} before and ${High} after axis ${Acc['length']}, give whole numbers from 0 up`>
          : PadDims<T, R, [...Acc, AddSizes<H, AddSizes<`${Low}`, `${High}`>>]>
      : never
    : never
  : Ok<Join<Acc>>

type Ends<B> = B extends number ? readonly [B, B] : B

type Unfit<N extends number> = true extends (
  N extends number
    ? `${N}` extends `${string}${'-' | '.' | 'e'}${string}`
      ? true
      : false
    : never
)
  ? true
  : false

/** The two ends of one axis. */
export const endsOf = (width: Widths[number]): readonly [low: number, high: number] => (isArray(width) ? width : [width, width])

export const pad = (s: string, widths: Widths): Rule => {
  const axes = dims(s)
  if (!isArray(widths)) return err(`pad: the widths are ${kindOf(widths)}, give [low, high] for each axis`)
  if (axes.length !== widths.length)
    return err(`pad: '${s}' has ${axes.length} axes and ${widths.length} are given, give [low, high] for each`)
  const padded: string[] = []
  for (const [i, axis] of axes.entries()) {
    const [low, high] = endsOf(widths[i] ?? 0)
    for (const end of [low, high])
      if (!isCount(end)) return err(`pad: ${String(low)} before and ${String(high)} after axis ${i}, give whole numbers from 0 up`)
    padded.push(isNumeral(axis) ? `${Number(axis) + low + high}` : addAll([axis, `${low + high}`]))
  }
  return ok(join(padded))
}
