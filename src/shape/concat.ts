import { type AddSizes, addAll, type InNormalForm, type NormalShape, normalShape } from './arithmetic.js'
import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { isSameAxis } from './expression.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { type Err, err, isErr, type Ok, ok, type Rule, type ShapeOf } from './rule.js'
import { type InsertedAt, insertedAt } from './squeeze.js'
import type { Wide } from './wide.js'

/**
 * Tensors put end to end along an axis of theirs, or stacked along a new one.
 *
 * The axis is looked up in the first shape and stands at the same position in the others. If the compiler does not know how many tensors a
 * list has, it cannot say how long the resulting axis is. The caller then gives the axis a name, which has its size at run time.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.concat(0, ['2 3', '4 3']), { shape: '6 3' })
 * assert.deepStrictEqual(shape.concat('batch', ['batch 3', '4 3']), { shape: 'batch+4 3' })
 * assert.deepStrictEqual(shape.stack(0, ['3', '3']), { shape: '2 3' })
 */
export type Concat<A extends Axis, Shapes extends readonly string[]> = number extends Shapes['length']
  ? HowMany<'concat', Shapes[number]>
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

/**
 * The answer for a list of unknown length with shapes `S`: an error that asks for a name, or nothing where the shapes are not known either.
 */
type HowMany<Op extends 'concat' | 'stack', S extends string> =
  true extends WideMember<S>
    ? Ok<string>
    : Err<`${Op}: how many tensors there are is not known, give them as in ${Op}(0)([a, b]) or [a, b] as const, or name the axis, as in ${Op}(0, 'n')`>

/** `Concat` where the caller names the resulting axis: `N` stands in its place, and the list may have any length. */
export type ConcatNamed<A extends Axis, N extends string, Shapes extends readonly string[]> = number extends Shapes['length']
  ? One<'concat', true extends WideMember<Shapes[number]> ? Ok<string> : NamedAlong<A, N, Shapes[number]>>
  : Concat<A, Shapes> extends infer R
    ? R extends Ok<infer S extends string>
      ? NamedAlong<A, N, S>
      : R
    : never

/** The shape `S` with `N` in the place of its axis `A`. */
type NamedAlong<A extends Axis, N extends string, S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : AxisAt<'concat', S, Dims<S>, A> extends infer P
      ? P extends number
        ? number extends P
          ? Ok<string>
          : Ok<Join<ReplaceAt<Dims<S>, P, [N]>>>
        : P
      : never
  : never

/** A rule that gives one shape for all members of a list, else an error. */
type One<Op extends string, R> = [Extract<R, Err<string>>] extends [never]
  ? true extends IsOne<ShapeOf<R>>
    ? Ok<ShapeOf<R>>
    : Err<`${Op}: the tensors of the list have more than one shape, give them as a tuple: [a, b] as const`>
  : R

type IsOne<R, All = R> = R extends unknown ? ([All] extends [R] ? true : false) : never

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
        : InNormalForm<H> extends InNormalForm<G>
          ? ConcatTwo<P, S, T, DT, ET, [...Acc, H]>
          : Err<`concat: '${S}' and '${T}': '${H}' is not '${G}', only axis ${P} may differ`>
    : Err<`concat: '${S}' and '${T}' do not have the same number of axes`>
  : E extends readonly []
    ? Ok<Join<Acc>>
    : Err<`concat: '${S}' and '${T}' do not have the same number of axes`>

/**
 * The error of a shape that cannot be put behind the others. These have the axes `from`, except at `position`; `before` gives their joint
 * shape for the message.
 */
const misfit = (
  position: number,
  from: readonly string[],
  to: readonly string[],
  t: string,
  before: () => string,
): Err<string> | undefined => {
  const i = from.findIndex((axis, at) => at >= to.length || (at !== position && !isSameAxis(axis, to[at] ?? '')))
  const [axis, other] = [from[i], to[i]]
  if (axis !== undefined && other !== undefined)
    return err(`concat: '${before()}' and '${t}': '${axis}' is not '${other}', only axis ${position} may differ`)
  return from.length === to.length ? undefined : err(`concat: '${before()}' and '${t}' do not have the same number of axes`)
}

export const concat = (axis: Axis, shapes: readonly string[], name?: string): Rule => {
  const [first] = shapes
  if (first === undefined) return err('concat: give one tensor at least')
  const position = axisIndex('concat', first, axis)
  if (isErr(position)) return position
  const from = dims(first)
  const along: string[] = []
  const under = (size: string): string => join(replaceAt(from, [position], [size]))
  for (const shape of shapes) {
    const to = dims(shape)
    const fault = misfit(position, from, to, shape, () => under(addAll(along)))
    if (fault) return fault
    along.push(to[position] ?? '0')
  }
  return ok(under(name ?? addAll(along)))
}

/** Shapes that are all equal, along a new axis; `A` is its position in the result. */
export type Stack<A extends number, Shapes extends readonly string[]> = number extends Shapes['length']
  ? HowMany<'stack', Shapes[number]>
  : Shapes extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? H extends unknown
      ? true extends AnyWide<Shapes>
        ? Ok<string>
        : StackAll<A, H, T, `${Shapes['length']}`>
      : never
    : Err<'stack: give one tensor at least'>

/** `Stack` where the caller names the new axis, for a list of any length too. */
export type StackNamed<A extends number, N extends string, Shapes extends readonly string[]> = number extends Shapes['length']
  ? One<'stack', true extends WideMember<Shapes[number]> ? Ok<string> : EachInserted<A, N, Shapes[number]>>
  : Shapes extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? H extends unknown
      ? true extends AnyWide<Shapes>
        ? Ok<string>
        : StackAll<A, H, T, N>
      : never
    : Err<'stack: give one tensor at least'>

type EachInserted<A extends number, N extends string, S extends string> = S extends unknown ? InsertedAt<'stack', S, Dims<S>, A, N> : never

type StackAll<A extends number, S extends string, Rest extends readonly string[], N extends string> = Rest extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends unknown
    ? H extends S
      ? StackAll<A, S, T, N>
      : NormalShape<H> extends NormalShape<S>
        ? StackAll<A, S, T, N>
        : Err<`stack: '${S}' and '${H}' differ, all shapes must be equal`>
    : never
  : InsertedAt<'stack', S, Dims<S>, A, N>

export const stack = (axis: number, shapes: readonly string[], name = String(shapes.length)): Rule => {
  const [first] = shapes
  if (first === undefined) return err('stack: give one tensor at least')
  const other = shapes.find(s => s !== first && normalShape(s) !== normalShape(first))
  return other === undefined
    ? insertedAt('stack', first, axis, name)
    : err(`stack: '${first}' and '${other}' differ, all shapes must be equal`)
}
