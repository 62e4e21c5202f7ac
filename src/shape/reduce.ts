import type { Alike } from './alike.js'
import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Fits, fits } from './broadcast.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type Indices, type ReplaceAt, replaceAt } from './positions.js'
import { isArray } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Reductions: the axes given are summed away, or kept with size 1. No axes given means all of them.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.reduce('sum', 'batch 784', 'batch', false), { shape: '784' })
 * assert.deepStrictEqual(shape.reduce('sum', 'batch 784', -1, true), { shape: 'batch 1' })
 * assert.deepStrictEqual(shape.reduce('sum', 'batch 784', undefined, false), { shape: '' })
 */
export type Reduce<Op extends string, S extends string, A extends Axes = undefined, Keep = false> = S extends unknown
  ? AxisPositions<Op, S, A> extends infer P
    ? P extends Ok<infer L extends readonly number[]>
      ? number extends L['length']
        ? Ok<string>
        : Keep extends true
          ? Ok<Join<ReplaceAt<Dims<S>, L[number], ['1']>>>
          : Ok<Join<ReplaceAt<Dims<S>, L[number], []>>>
      : P
    : never
  : never

/** One axis, a list of them, or undefined for all. */
export type Axes = Axis | readonly Axis[] | undefined

export const reduce = (op: string, s: string, axes: Axes, keep: boolean): Rule => {
  const positions = axisPositions(op, s, axes)
  return isErr(positions) ? positions : ok(join(replaceAt(dims(s), positions.shape, keep ? ['1'] : [])))
}

/** A reduction to one of the entries, or to a place among them: there must be one at least. */
export type ReduceSome<Op extends string, S extends string, A extends Axes = undefined, Keep = false> = S extends unknown
  ? AxisPositions<Op, S, A> extends infer P
    ? P extends Ok<infer L extends readonly number[]>
      ? number extends L['length']
        ? Ok<string>
        : Empty<Dims<S>, L> extends infer E
          ? [E] extends [never]
            ? Reduce<Op, S, A, Keep>
            : Err<`${Op}: '${S}' has no entries along axis ${E & number}`>
          : never
      : P
    : never
  : never

/** The first of the positions `L` at which an axis has size 0; `never` where there is none. */
type Empty<D extends readonly string[], L extends readonly number[]> = L extends readonly [
  infer H extends number,
  ...infer T extends readonly number[],
]
  ? D[H] extends '0'
    ? H
    : Empty<D, T>
  : never

export const reduceSome = (op: string, s: string, axes: Axes, keep: boolean): Rule => {
  const positions = axisPositions(op, s, axes)
  if (isErr(positions)) return positions
  const own = dims(s)
  const empty = positions.shape.find(axis => own[axis] === '0')
  return empty === undefined ? reduce(op, s, axes, keep) : err(`${op}: '${s}' has no entries along axis ${empty}`)
}

/** A tensor of shape `M` that goes with the entries of one of shape `S`, such as a mask: it broadcasts to it. `What` is what the caller named it. */
export type Stretched<Op extends string, What extends string, M extends string, S extends string> =
  Alike<M, S> extends true ? Ok<S> : StretchedEach<Op, What, M, S>

type StretchedEach<Op extends string, What extends string, M extends string, S extends string> = M extends unknown
  ? S extends unknown
    ? true extends Wide<M> | Wide<S>
      ? Ok<string>
      : Fits<Dims<M>, Dims<S>> extends true
        ? Ok<S>
        : Err<`${Op}: ${What} is '${M}', which does not broadcast to '${S}'`>
    : never
  : never

export const stretched = (op: string, what: string, m: string, s: string): Rule =>
  fits(dims(m), dims(s)) ? ok(s) : err(`${op}: ${what} is '${m}', which does not broadcast to '${s}'`)

/** The positions of the axes given, in the order given, each once; `readonly number[]` where the compiler cannot know. */
export type AxisPositions<Op extends string, S extends string, A> = S extends unknown
  ? Wide<S> extends true
    ? Ok<readonly number[]>
    : PositionsOf<Op, S, Dims<S>, A>
  : never

/** The same as `AxisPositions`, where the axes of `S` are known to be `D`. */
export type PositionsOf<Op extends string, S extends string, D extends readonly string[], A> = 0 extends 1 & A
  ? Ok<readonly number[]>
  : A extends undefined
    ? Ok<Indices<D>>
    : A extends readonly unknown[]
      ? number extends A['length']
        ? Ok<readonly number[]>
        : Resolved<Op, S, D, A>
      : Resolved<Op, S, D, readonly [A]>

type Resolved<
  Op extends string,
  S extends string,
  D extends readonly string[],
  L extends readonly unknown[],
  Acc extends readonly number[] = [],
> = L extends readonly [infer H, ...infer T]
  ? AxisAt<Op, S, D, H> extends infer P
    ? P extends number
      ? number extends P
        ? Ok<readonly number[]>
        : P extends Acc[number]
          ? Err<`${Op}: axis ${P} of '${S}' is given twice`>
          : Resolved<Op, S, D, T, [...Acc, P]>
      : P
    : never
  : Ok<Acc>

export const axisPositions = (op: string, s: string, axes: Axes): Ok<readonly number[]> | Err<string> => {
  if (axes === undefined) return ok(dims(s).map((_, i) => i))
  const positions: number[] = []
  for (const axis of isArray(axes) ? axes : [axes]) {
    const found = axisIndex(op, s, axis)
    if (isErr(found)) return found
    if (positions.includes(found)) return err(`${op}: axis ${found} of '${s}' is given twice`)
    positions.push(found)
  }
  return ok(positions)
}
