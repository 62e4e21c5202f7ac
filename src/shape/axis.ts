import { type Dims, dims } from './dims.js'
import { isNumeral } from './numeral.js'
import { kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Which axis is meant: a position, negative from the end, or a name.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.strictEqual(shape.axisIndex('sum', 'batch 784', 'batch'), 0)
 * assert.strictEqual(shape.axisIndex('sum', 'batch 784', -1), 1)
 * assert.deepStrictEqual(shape.axisIndex('sum', 'batch 784', 'time'), { message: "sum: 'batch 784' has no axis 'time'" })
 */
export type Axis = number | string

/** The position of axis `A` of `S`, or an `Err`; `number` where the compiler cannot know. */
export type AxisIndex<Op extends string, S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? number
    : AxisAt<Op, S, Dims<S>, A>
  : never

/** The same as `AxisIndex`, where the axes of `S` are known to be `D`. */
export type AxisAt<Op extends string, S extends string, D extends readonly string[], A> = number extends A
  ? number
  : A extends number
    ? Position<D, A> extends infer P
      ? [P] extends [never]
        ? Err<`${Op}: axis ${A} is out of range for '${S}', which has ${Span<D>}`>
        : P
      : never
    : A extends string
      ? Wide<A> extends true
        ? number
        : A extends `${number}`
          ? Err<`${Op}: '${A}' is a size and not a name, give the position of the axis`>
          : Named<Op, S, D, A>
      : never

/** The position that the integer `A` means among the axes `D`; `never` where out of range. */
export type Position<D extends readonly unknown[], A extends number> = `${A}` extends keyof D
  ? A
  : `${A}` extends `-${infer N extends number}`
    ? FromEnd<D, N>
    : never

type FromEnd<D extends readonly unknown[], N extends number, Seen extends readonly unknown[] = [0]> = D extends readonly [
  ...infer I,
  unknown,
]
  ? Seen['length'] extends N
    ? I['length']
    : FromEnd<I, N, [...Seen, 0]>
  : never

/** Says in a message how many axes there are, and which positions they have: `2 axes (-2 to 1)`. */
export type Span<D extends readonly unknown[]> = D extends readonly [unknown, ...infer T]
  ? `${D['length']} ${T extends readonly [] ? 'axis' : 'axes'} (-${D['length']} to ${T['length']})`
  : 'no axes'

type Named<
  Op extends string,
  S extends string,
  D extends readonly string[],
  A extends string,
  I extends readonly unknown[] = [],
> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? H extends A
    ? A extends T[number]
      ? Err<`${Op}: '${S}' has axis '${A}' more than once, give its position`>
      : I['length']
    : Named<Op, S, T, A, [...I, 0]>
  : Err<`${Op}: '${S}' has no axis '${A}'`>

/** The position that the integer `axis` means among `count` axes; undefined where out of range. */
export const position = (count: number, axis: number): number | undefined =>
  Number.isInteger(axis) && axis >= -count && axis < count ? (axis < 0 ? axis + count : axis + 0) : undefined

export const span = (count: number): string =>
  count === 0 ? 'no axes' : `${count} ${count === 1 ? 'axis' : 'axes'} (-${count} to ${count - 1})`

export const axisIndex = (op: string, s: string, axis: Axis): number | Err<string> => {
  const axes = dims(s)
  if (typeof axis === 'number')
    return position(axes.length, axis) ?? err(`${op}: axis ${axis} is out of range for '${s}', which has ${span(axes.length)}`)
  if (typeof axis !== 'string') return err(`${op}: an axis is given by its position or its name, not by ${kindOf(axis)}`)
  if (isNumeral(axis)) return err(`${op}: '${axis}' is a size and not a name, give the position of the axis`)
  const found = axes.indexOf(axis)
  if (found < 0) return err(`${op}: '${s}' has no axis '${axis}'`)
  return axes.includes(axis, found + 1) ? err(`${op}: '${s}' has axis '${axis}' more than once, give its position`) : found
}

/** An operation along one axis that keeps the shape, such as softmax. */
export type AxisOf<Op extends string, S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : AxisAt<Op, S, Dims<S>, A> extends infer P
      ? P extends number
        ? Ok<S>
        : P
      : never
  : never

export const axisOf = (op: string, s: string, axis: Axis): Rule => {
  const found = axisIndex(op, s, axis)
  return isErr(found) ? found : ok(s)
}
