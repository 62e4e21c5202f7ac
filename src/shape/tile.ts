import { type MultiplySizes, multiplySizes } from './arithmetic.js'
import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { isArray, isCount, kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * A tensor put beside itself: so often along each axis. Where more numbers are given than there are axes, new axes lead.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.tile.html
 *
 * @example
 * import { repeatInterleave, tile } from './tile.js'
 *
 * assert.deepStrictEqual(tile('n 3', [2, 1]), { shape: 'n*2 3' })
 * assert.deepStrictEqual(tile('3', [4, 2]), { shape: '4 6' })
 * assert.deepStrictEqual(repeatInterleave('n 3', 2, 'n'), { shape: 'n*2 3' })
 */
export type Tile<S extends string, K extends readonly number[]> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : number extends K['length']
      ? Ok<string>
      : TileDims<Dims<S>, K>
  : never

/** Axes and numbers are put together from the last to the first. */
type TileDims<D extends readonly string[], K extends readonly number[], Acc extends readonly string[] = []> = D extends readonly [
  ...infer I extends readonly string[],
  infer H extends string,
]
  ? K extends readonly [...infer J extends readonly number[], infer N extends number]
    ? Times<H, N> extends infer X extends string
      ? TileDims<I, J, [X, ...Acc]>
      : Unfit<'tile', N>
    : Ok<Join<[...D, ...Acc]>>
  : K extends readonly [...infer J extends readonly number[], infer N extends number]
    ? Times<'1', N> extends infer X extends string
      ? TileDims<D, J, [X, ...Acc]>
      : Unfit<'tile', N>
    : Ok<Join<Acc>>

/** The axis, so many times; null where the number is none. */
type Times<H extends string, N extends number> = number extends N
  ? string
  : `${N}` extends `${string}${'-' | '.' | 'e'}${string}`
    ? null
    : MultiplySizes<H, `${N}`>

type Unfit<Op extends string, N extends number> = Err<`${Op}: ${N} times, give a whole number from 0 up`>

const unfit = (op: string, n: unknown): Err<string> | undefined =>
  isCount(n) ? undefined : err(`${op}: ${typeof n === 'number' ? n : kindOf(n)} times, give a whole number from 0 up`)

const times = (axis: string, n: number): string => multiplySizes(axis, `${n}`) ?? axis

export const tile = (s: string, counts: readonly number[]): Rule => {
  if (!isArray(counts)) return err(`tile: the numbers are ${kindOf(counts)}, give a list with one for each axis`)
  for (const n of counts.toReversed()) {
    const fault = unfit('tile', n)
    if (fault) return fault
  }
  const own = dims(s)
  const length = Math.max(own.length, counts.length)
  const axes = [...Array.from({ length: length - own.length }, () => '1'), ...own]
  return ok(join(axes.map((axis, i) => times(axis, counts[i - length + counts.length] ?? 1))))
}

/** Each entry of one axis so many times, next to each other. */
export type RepeatInterleave<S extends string, N extends number, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : AxisAt<'repeatInterleave', S, Dims<S>, A> extends infer P
      ? P extends number
        ? number extends P
          ? Ok<string>
          : Times<Dims<S>[P], N> extends infer X extends string
            ? Ok<Join<ReplaceAt<Dims<S>, P, [X]>>>
            : Unfit<'repeatInterleave', N>
        : P
      : never
  : never

export const repeatInterleave = (s: string, n: number, axis: Axis): Rule => {
  const found = axisIndex('repeatInterleave', s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  return unfit('repeatInterleave', n) ?? ok(join(replaceAt(axes, [found], [times(axes[found] ?? '1', n)])))
}
