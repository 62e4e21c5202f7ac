import { type Axis, type AxisAt, axisIndex } from './axis.js'
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

/** A reduction along one axis to one of its entries, so the axis must have one at least. */
export type ReduceAlong<Op extends string, S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : AxisAt<Op, S, Dims<S>, A> extends infer P
      ? P extends number
        ? number extends P
          ? Ok<string>
          : Dims<S>[P] extends '0'
            ? Err<`${Op}: '${S}' has no entries along axis ${P}`>
            : Ok<Join<ReplaceAt<Dims<S>, P, []>>>
        : P
      : never
  : never

export const reduceAlong = (op: string, s: string, axis: Axis): Rule => {
  const found = axisIndex(op, s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  return axes[found] === '0' ? err(`${op}: '${s}' has no entries along axis ${found}`) : ok(join(replaceAt(axes, [found], [])))
}

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
