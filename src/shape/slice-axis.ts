import { type StepsAlong, stepsAlong } from './arithmetic.js'
import type { AddIntegers, Negative } from './integer.js'
import type { Add, Compare, FloorDivide, Subtract, Text } from './natural.js'
import { type Err, err, isErr } from './rule.js'

/**
 * One part of a slice on one axis: an index such as `'0'` or a range such as `'1:3'`.
 *
 * @example
 * import { namedSlice, rangeOf } from './slice-axis.js'
 * assert.deepStrictEqual([namedSlice('slice', '2:5', 'batch'), namedSlice('slice', '2:', 'batch')], [['3'], ['batch-2']])
 * assert.deepStrictEqual(rangeOf('slice', '10', '-3:', 0, 10), { start: 7, stop: 10, step: 1, drop: false })
 */

/** What part `Q` leaves of axis `H`: no axis, one axis, or an error. */
export type SliceAxis<Op extends string, S extends string, Q extends string, H extends string, I extends number> = Q extends ':'
  ? [H]
  : Q extends `${infer A}:${infer B}:${infer C}`
    ? false extends IsInteger<A> | IsInteger<B> | IsInteger<C>
      ? NotASlice<Op, Q>
      : C extends '0' | `-${string}`
        ? Err<`${Op}: the step of '${Q}' is not 1 or more, use reverse to go backwards`>
        : Range<Op, S, Q, H, I, A, B, C>
    : Q extends `${infer A}:${infer B}`
      ? false extends IsInteger<A> | IsInteger<B>
        ? NotASlice<Op, Q>
        : Range<Op, S, Q, H, I, A, B, ''>
      : Q extends ''
        ? NotASlice<Op, Q>
        : IsInteger<Q> extends false
          ? NotASlice<Op, Q>
          : H extends `${infer N extends number}`
            ? Holds<N, Q> extends true
              ? []
              : OutOfRange<Op, S, Q, H, I>
            : []

type NotASlice<
  Op extends string,
  Q extends string,
> = Err<`${Op}: '${Q}' is neither an index nor a range such as '1:3'; ', ' separates axes`>

type OutOfRange<
  Op extends string,
  S extends string,
  Q extends string,
  H extends string,
  I extends number,
> = Err<`${Op}: '${Q}' is out of range for axis ${I} of '${S}', whose size is ${H}`>

type Backwards<Op extends string, Q extends string> = Err<`${Op}: '${Q}' ends before it starts`>

type SizeUnknown<
  Op extends string,
  Q extends string,
  H extends string,
> = Err<`${Op}: the size of '${Q}' on the named axis '${H}' is not known, give both ends as in '0:4' or '-4:-1'`>

type IsInteger<A extends string> = A extends '' ? true : A extends `${infer N extends bigint}` ? (bigint extends N ? false : true) : false

type Integer<A extends string> = A extends `${infer N extends number}` ? N : 0

/** Is `Q` an index into an axis of size `N`? */
type Holds<N, Q extends string> = Q extends `-${infer M extends number}`
  ? Compare<M, N> extends 1
    ? false
    : true
  : Compare<Integer<Q>, N> extends -1
    ? true
    : false

type Range<
  Op extends string,
  S extends string,
  Q extends string,
  H extends string,
  I extends number,
  A extends string,
  B extends string,
  C extends string,
> = H extends `${infer N extends number}`
  ? Ends<Op, Q, FromStart<N, A, 0>, FromStart<N, B, N>, C> extends infer X
    ? [X] extends [never]
      ? OutOfRange<Op, S, Q, H, I>
      : X
    : never
  : NamedRange<Op, Q, H, A, B, C>

/** An end of a range, counted from the start of an axis of size `N`. `Whole` if it is left out, `never` if the axis has no such place. */
type FromStart<N, A extends string, Whole> = A extends ''
  ? Whole
  : A extends `-${infer M extends number}`
    ? Compare<M, N> extends 1
      ? never
      : Subtract<N, M>
    : Compare<Integer<A>, N> extends 1
      ? never
      : Integer<A>

/** The axis from `Start` to `Stop`; `never` where one of them is `never`. */
type Ends<Op extends string, Q extends string, Start, Stop, C extends string> = [Start] extends [never]
  ? never
  : [Stop] extends [never]
    ? never
    : Compare<Start, Stop> extends 1
      ? Backwards<Op, Q>
      : [Text<Steps<Subtract<Stop, Start>, C>>]

/** How many steps of `C` a length has room for, `ceil(length / C)`. */
type Steps<N, C extends string> = C extends '' ? N : FloorDivide<Add<N, Subtract<Integer<C>, 1>>, Integer<C>>

/** Both ends counted from one side make a size; from the start to an end counted from the end, an expression. */
type NamedRange<Op extends string, Q extends string, H extends string, A extends string, B extends string, C extends string> = B extends ''
  ? A extends `-${infer N extends number}`
    ? Ends<Op, Q, 0, N, C>
    : NamedSteps<H, Negative<Integer<A>>, C>
  : A extends `-${infer N extends number}`
    ? B extends `-${infer M extends number}`
      ? Ends<Op, Q, M, N, C>
      : SizeUnknown<Op, Q, H>
    : B extends `-${infer M extends number}`
      ? NamedSteps<H, Negative<Add<Integer<A>, M>>, C>
      : Ends<Op, Q, Integer<A>, Integer<B>, C>

/** Of `D` more than the axis, every entry or one in `C`. */
type NamedSteps<H extends string, D, C extends string> = C extends '' | '1'
  ? D extends 0
    ? [H]
    : [StepsAlong<H, D, 1, 0>]
  : [StepsAlong<H, AddIntegers<D, Subtract<Integer<C>, 1>>, Integer<C>, 0>]

/** What a part of a pattern says; ends left out are undefined. */
type Part = { readonly index: number } | { readonly start: number | undefined; readonly stop: number | undefined; readonly step: number }

const integer = /^(0|-?[1-9]\d*)?$/

const parsePart = (op: string, part: string): Part | Err<string> => {
  const ends = part.split(':')
  const [start = '', stop = '', step = ''] = ends
  if (part === '' || ends.length > 3 || !ends.every(end => integer.test(end)))
    return err(`${op}: '${part}' is neither an index nor a range such as '1:3'; ', ' separates axes`)
  if (ends.length === 1) return { index: Number(start) }
  if (step === '0' || step.startsWith('-')) return err(`${op}: the step of '${part}' is not 1 or more, use reverse to go backwards`)
  const end = (text: string): number | undefined => (text === '' ? undefined : Number(text))
  return { start: end(start), stop: end(stop), step: end(step) ?? 1 }
}

/** Where a slice starts and stops along one axis, counted from the start; `drop` where the axis goes away. */
export interface SliceRange {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly drop: boolean
}

const backwards = (op: string, part: string): Err<string> => err(`${op}: '${part}' ends before it starts`)

/** The range that a part takes of an axis whose size is known. */
export const rangeOf = (op: string, s: string, part: string, axis: number, size: number): SliceRange | Err<string> => {
  const parsed = parsePart(op, part)
  if (isErr(parsed)) return parsed
  const outOfRange = err(`${op}: '${part}' is out of range for axis ${axis} of '${s}', whose size is ${size}`)
  const fromStart = (end: number): number => (end < 0 ? end + size : end)
  if ('index' in parsed) {
    const start = fromStart(parsed.index)
    return start < 0 || start >= size ? outOfRange : { start, stop: start + 1, step: 1, drop: true }
  }
  const start = fromStart(parsed.start ?? 0)
  const stop = fromStart(parsed.stop ?? size)
  if (Math.min(start, stop) < 0 || Math.max(start, stop) > size) return outOfRange
  return start > stop ? backwards(op, part) : { start, stop, step: parsed.step, drop: false }
}

export const sizeOfRange = ({ start, stop, step }: SliceRange): number => Math.ceil((stop - start) / step)

/** What a part leaves of a named axis: no axis, a size, or an expression of the name. */
export const namedSlice = (op: string, part: string, name: string): readonly string[] | Err<string> => {
  const parsed = parsePart(op, part)
  if (isErr(parsed)) return parsed
  if ('index' in parsed) return []
  const { start = 0, stop, step } = parsed
  if (start >= 0 && (stop ?? -1) < 0) return [stepsAlong(name, (stop ?? 0) - start + step - 1, step, 0)]
  if (start < 0 && (stop ?? -1) >= 0)
    return err(`${op}: the size of '${part}' on the named axis '${name}' is not known, give both ends as in '0:4' or '-4:-1'`)
  const length = (stop ?? 0) - start
  return length < 0 ? backwards(op, part) : [String(Math.ceil(length / step))]
}
