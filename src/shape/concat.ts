import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type InsertedAt, insertedAt } from './squeeze.js'
import { type AddSizes, addSizes } from './sum.js'
import type { Wide } from './wide.js'

/**
 * Tensors put end to end along an axis of theirs, or stacked along a new one.
 *
 * The axis is looked up in the first shape and stands at the same position in the others.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.concat(0, ['2 3', '4 3']), { shape: '6 3' })
 * assert.deepStrictEqual(shape.concat('batch', ['batch 3', '4 3']), { shape: 'batch+4 3' })
 * assert.deepStrictEqual(shape.stack(0, ['3', '3']), { shape: '2 3' })
 */
export type Concat<A extends Axis, Shapes extends readonly string[]> = number extends Shapes['length']
  ? Ok<string>
  : Shapes extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? H extends unknown
      ? true extends AnyWide<Shapes>
        ? Ok<string>
        : AxisAt<'concat', H, Dims<H>, A> extends infer P
          ? P extends number
            ? number extends P
              ? Ok<string>
              : ConcatAll<P, H, T>
            : P
          : never
      : never
    : Err<'concat: give one tensor at least'>

type AnyWide<Shapes extends readonly string[]> = Shapes extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? [H] extends [never]
    ? AnyWide<T>
    : WideMember<H> extends false
      ? AnyWide<T>
      : true
  : false

type WideMember<S extends string> = S extends unknown ? Wide<S> : never

type ConcatAll<P extends number, S extends string, Rest extends readonly string[]> = Rest extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends unknown
    ? ConcatTwo<P, S, H, Dims<S>, Dims<H>> extends infer R
      ? R extends Ok<infer N extends string>
        ? ConcatAll<P, N, T>
        : R
      : never
    : never
  : Ok<S>

type ConcatTwo<
  P extends number,
  S extends string,
  T extends string,
  D extends readonly string[],
  E extends readonly string[],
  Acc extends readonly string[] = [],
> = D extends readonly [infer H extends string, ...infer DT extends readonly string[]]
  ? E extends readonly [infer G extends string, ...infer ET extends readonly string[]]
    ? Acc['length'] extends P
      ? ConcatTwo<P, S, T, DT, ET, [...Acc, AddSizes<H, G>]>
      : H extends G
        ? ConcatTwo<P, S, T, DT, ET, [...Acc, H]>
        : Err<`concat: '${S}' and '${T}': '${H}' is not '${G}', only axis ${P} may differ`>
    : Err<`concat: '${S}' and '${T}' do not have the same number of axes`>
  : E extends readonly []
    ? Ok<Join<Acc>>
    : Err<`concat: '${S}' and '${T}' do not have the same number of axes`>

const concatTwo = (position: number, s: string, t: string): Rule => {
  const [from, to] = [dims(s), dims(t)]
  const axes: string[] = []
  for (const [i, axis] of from.entries()) {
    const other = to[i]
    if (other === undefined) break
    if (i !== position && axis !== other)
      return err(`concat: '${s}' and '${t}': '${axis}' is not '${other}', only axis ${position} may differ`)
    axes.push(i === position ? addSizes(axis, other) : axis)
  }
  return from.length === to.length ? ok(join(axes)) : err(`concat: '${s}' and '${t}' do not have the same number of axes`)
}

export const concat = (axis: Axis, shapes: readonly string[]): Rule => {
  const [first, ...rest] = shapes
  if (first === undefined) return err('concat: give one tensor at least')
  const position = axisIndex('concat', first, axis)
  if (isErr(position)) return position
  return rest.reduce<Rule>((acc, s) => (isErr(acc) ? acc : concatTwo(position, acc.shape, s)), ok(first))
}

/** Shapes that are all equal, along a new axis; `A` is its position in the result. */
export type Stack<A extends number, Shapes extends readonly string[]> = number extends Shapes['length']
  ? Ok<string>
  : Shapes extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? H extends unknown
      ? true extends AnyWide<Shapes>
        ? Ok<string>
        : StackAll<A, H, T, `${Shapes['length']}`>
      : never
    : Err<'stack: give one tensor at least'>

type StackAll<A extends number, S extends string, Rest extends readonly string[], N extends string> = Rest extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends unknown
    ? H extends S
      ? StackAll<A, S, T, N>
      : Err<`stack: '${S}' and '${H}' differ, all shapes must be equal`>
    : never
  : InsertedAt<'stack', S, Dims<S>, A, N>

export const stack = (axis: number, shapes: readonly string[]): Rule => {
  const [first] = shapes
  if (first === undefined) return err('stack: give one tensor at least')
  const other = shapes.find(s => s !== first)
  return other === undefined
    ? insertedAt('stack', first, axis, String(shapes.length))
    : err(`stack: '${first}' and '${other}' differ, all shapes must be equal`)
}
