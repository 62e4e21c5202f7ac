/**
 * Axes replaced, inserted and reversed by position; what the rules on axes are made of.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.replaceAt(['2', '3', '4'], [1], ['1']), ['2', '1', '4'])
 */

/** Every axis that stands at one of the positions `P` (a union), replaced by the axes `X`; `X = []` drops it. */
export type ReplaceAt<
  D,
  P extends number,
  X extends readonly string[],
  Acc extends readonly string[] = [],
  I extends readonly unknown[] = [],
> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? I['length'] extends P
    ? ReplaceAt<T, P, X, [...Acc, ...X], [...I, 0]>
    : ReplaceAt<T, P, X, [...Acc, H], [...I, 0]>
  : Acc

export const replaceAt = (axes: readonly string[], positions: readonly number[], by: readonly string[]): readonly string[] =>
  axes.flatMap((axis, i) => (positions.includes(i) ? by : [axis]))

/** `X` put before position `P`, which may be the end. */
export type InsertAt<
  D extends readonly string[],
  P extends number,
  X extends string,
  Acc extends readonly string[] = [],
> = Acc['length'] extends P
  ? [...Acc, X, ...D]
  : D extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? InsertAt<T, P, X, [...Acc, H]>
    : [...Acc, X]

export const insertAt = (axes: readonly string[], position: number, axis: string): readonly string[] => [
  ...axes.slice(0, position),
  axis,
  ...axes.slice(position),
]

/** All positions in order: `Indices<['a', 'b']>` is `[0, 1]`. */
export type Indices<D extends readonly unknown[], Acc extends readonly number[] = []> = Acc['length'] extends D['length']
  ? Acc
  : Indices<D, [...Acc, Acc['length']]>

/** `D` with its axes in the opposite order. */
export type Reversed<D extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? Reversed<T, [H, ...Acc]>
  : Acc
