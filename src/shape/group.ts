import { type DivideSize, divideSize } from './arithmetic.js'
import type { Join } from './dims.js'
import { join } from './dims.js'
import type { ExactDivide } from './exact.js'
import type { Multiply } from './natural.js'
import { isNumeral } from './numeral.js'
import { type Err, err, isErr } from './rule.js'
import { type IsSize, isName, isSize, type NoName, type PatternPart, type Words } from './words.js'

/**
 * An axis bound to its part of a pattern: a name, a size, or a group that it is split into.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rearrange('rearrange', '(h d) -> d h', '12', { h: 4 }), { shape: '3 4' })
 */

/** What a pattern is used for: it stands in every message. */
export interface PatternCall<Op extends string = string, P extends string = string, S extends string = string, N = unknown> {
  readonly op: Op
  readonly pattern: P
  readonly shape: S
  readonly sizes: N
}

export type Wrong<C extends PatternCall, What extends string> = Err<`${C['op']}: '${C['pattern']}' of '${C['shape']}': ${What}`>

/** The same with the sizes that names are given. */
export interface SizedCall extends PatternCall {
  readonly sizes: { readonly [name: string]: number }
}

export const wrong = ({ op, pattern, shape }: PatternCall, what: string): Err<string> => err(`${op}: '${pattern}' of '${shape}': ${what}`)

export type Twice<C extends PatternCall, H extends string> = Wrong<C, `'${H}' stands twice on the left`>

export type NoAxis<C extends PatternCall, H extends string> = Wrong<
  C,
  `'${H}' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them`
>

/** The names of `Env` with the word `H`, a size or a name whose size is given, which is written for the axis `X`. */
export type BindWord<C extends PatternCall, H extends string, X extends string, Env extends string> = H extends NoName
  ? SizeFault<C, H> extends infer F
    ? [F] extends [never]
      ? X extends H
        ? Env
        : Wrong<C, `'${X}' is not '${H}'`>
      : F
    : never
  : H extends keyof C['sizes']
    ? X extends `${C['sizes'][H] & number}`
      ? WithName<C, H, X, Env>
      : Wrong<C, `'${H}' is '${X}', not '${C['sizes'][H] & number}'`>
    : never

type WithName<C extends PatternCall, H extends string, X extends string, Env extends string> = Env extends `${string};${H}=${string}`
  ? Twice<C, H>
  : `${Env}${H}=${X};`

/** What is wrong with a word of the left that is no name. */
type SizeFault<C extends PatternCall, H extends string> =
  IsSize<H> extends true
    ? H extends '1'
      ? never
      : C['op'] extends 'reduce'
        ? never
        : Wrong<C, `'${H}' has no name to find it by on the right, where ${C['op']} keeps every axis`>
    : NoAxis<C, H>

/** The names of `Env` with those of a group that the axis `X` is split into. `K` is the product of the sizes that are known, `U` the name whose size is not. */
export type BindGroup<
  C extends PatternCall,
  G extends string,
  X extends string,
  Env extends string,
  Whole extends string,
  K = 1,
  U extends string = '',
> = G extends `${infer H} ${infer T}`
  ? H extends '' | NoName
    ? H extends ''
      ? BindGroup<C, T, X, Env, Whole, K, U>
      : SizeFault<C, H> extends infer F
        ? [F] extends [never]
          ? H extends `${infer N extends number}`
            ? BindGroup<C, T, X, Env, Whole, Multiply<K, N>, U>
            : never
          : F
        : never
    : H extends keyof C['sizes']
      ? Env extends `${string};${H}=${string}`
        ? Twice<C, H>
        : BindGroup<C, T, X, `${Env}${H}=${C['sizes'][H] & number};`, Whole, Multiply<K, C['sizes'][H]>, U>
      : U extends ''
        ? BindGroup<C, T, X, Env, Whole, K, H>
        : Wrong<C, `the sizes of '${U}' and '${H}' are not known: give one, as in { ${U}: 2 }`>
  : Split<C, X, Env, Whole, K, U>

type Split<C extends PatternCall, X extends string, Env extends string, Whole extends string, K, U extends string> = U extends ''
  ? number extends K
    ? NotMade<C, Whole, X>
    : X extends `${K & number}`
      ? Env
      : X extends `${number}`
        ? NotMade<C, Whole, X>
        : NoSize<C, Whole, X>
  : K extends 1
    ? WithName<C, U, X, Env>
    : K extends 0
      ? X extends `${number}`
        ? NotMade<C, Whole, X>
        : NoSize<C, Whole, X>
      : X extends `${number}`
        ? ExactDivide<X, `${K & number}`> extends infer Q extends string
          ? [Q] extends [never]
            ? NotMade<C, Whole, X>
            : WithName<C, U, Q, Env>
          : never
        : WithName<C, U, DivideSize<X, K>, Env>

type NotMade<C extends PatternCall, G extends string, X extends string> = Wrong<
  C,
  `with the sizes given '(${Join<Words<G>>})' does not make '${X}'`
>

type NoSize<C extends PatternCall, G extends string, X extends string> = Wrong<
  C,
  `'${X}' is a name, whose size is known only when it runs: as or rename gives it one that '(${Join<Words<G>>})' can split`
>

/** A part of an axis: a name of the pattern, or none for a size, and the axis that it stands for. */
export interface AxisPart {
  readonly name: string | undefined
  readonly axis: string
}

/** The names so far and what they stand for, in the order in which they were bound. */
export type BoundNames = Map<string, string>

export const ownSize = (sizes: SizedCall['sizes'], name: string): string | undefined =>
  Object.hasOwn(sizes, name) ? String(sizes[name]) : undefined

const withName = (call: PatternCall, name: string, axis: string, names: BoundNames): Err<string> | AxisPart => {
  if (names.has(name)) return wrong(call, `'${name}' stands twice on the left`)
  names.set(name, axis)
  return { name, axis }
}

const sizeFault = (call: PatternCall, word: string): Err<string> | undefined => {
  if (!isSize(word))
    return wrong(call, `'${word}' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them`)
  return word === '1' || call.op === 'reduce'
    ? undefined
    : wrong(call, `'${word}' has no name to find it by on the right, where ${call.op} keeps every axis`)
}

const bindWord = (call: SizedCall, word: string, axis: string, names: BoundNames): Err<string> | AxisPart => {
  if (!isName(word)) return sizeFault(call, word) ?? (axis === word ? { name: undefined, axis } : wrong(call, `'${axis}' is not '${word}'`))
  const size = ownSize(call.sizes, word)
  return size === undefined || size === axis ? withName(call, word, axis, names) : wrong(call, `'${word}' is '${axis}', not '${size}'`)
}

const bindGroup = (call: SizedCall, group: readonly string[], axis: string, names: BoundNames): Err<string> | readonly AxisPart[] => {
  const parts: (AxisPart | undefined)[] = []
  let known = 1n
  let open: string | undefined
  for (const word of group) {
    const size = isName(word) ? ownSize(call.sizes, word) : word
    if (size === undefined) {
      if (open !== undefined) return wrong(call, `the sizes of '${open}' and '${word}' are not known: give one, as in { ${open}: 2 }`)
      open = word
      parts.push(undefined)
      continue
    }
    const part = isName(word) ? withName(call, word, size, names) : (sizeFault(call, word) ?? { name: undefined, axis: size })
    if (isErr(part)) return part
    known *= BigInt(size)
    parts.push(part)
  }
  const rest = open === undefined || known === 1n ? axis : quotient(axis, known)
  const notMade = isNumeral(axis)
    ? wrong(call, `with the sizes given '(${join(group)})' does not make '${axis}'`)
    : wrong(call, `'${axis}' is a name, whose size is known only when it runs: as or rename gives it one that '(${join(group)})' can split`)
  if (open === undefined) return axis === String(known) ? parts.filter(part => part !== undefined) : notMade
  if (rest === undefined) return notMade
  const last = withName(call, open, rest, names)
  return isErr(last) ? last : parts.map(part => part ?? last)
}

/** How often a number goes into a size, where it does without a rest; whether it does into a name is seen when it runs. */
const quotient = (axis: string, by: bigint): string | undefined =>
  by === 0n ? undefined : !isNumeral(axis) ? divideSize(axis, by) : BigInt(axis) % by === 0n ? String(BigInt(axis) / by) : undefined

/** The parts of the axis that a part of the pattern is written for. */
export const bindPart = (call: SizedCall, part: PatternPart, axis: string, names: BoundNames): Err<string> | readonly AxisPart[] => {
  if (typeof part !== 'string') return bindGroup(call, part, axis, names)
  const found = bindWord(call, part, axis, names)
  return isErr(found) ? found : [found]
}
