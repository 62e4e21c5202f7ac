import { type InNormalForm, type MultiplyAll, multiplyAll } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import {
  isSameAxis,
  isSigned,
  type Normal,
  namesIn,
  normal,
  type Sign,
  type Signed,
  type TokenOf,
  type Tokens,
  tokens,
} from './expression.js'
import { isStarred, type Leading, leading, type Starred } from './leading.js'
import { isNumeral } from './numeral.js'
import { type Err, err, isErr, type Ok, ok } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Matching a shape against a pattern whose names stand for any axis, as at a call of a function made by `forall`.
 *
 * Sizes of the pattern must be equal; a name is bound at its first place and must mean the same at the others. Bindings are
 * carried from one argument to the next, and an error stays an error. An expression such as 'a+b' is what its names make, in whichever order
 * they are bound; it binds none of them. `*batch` or `...`, first in the pattern, is bound to any number of leading axes.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * const bound = shape.unify('seq d', '64 128')
 * assert.deepStrictEqual(bound, { shape: { seq: '64', d: '128' } })
 * assert.strictEqual(shape.isErr(bound) ? '' : shape.substShape('d seq', bound), '128 64')
 */
export type Unify<P extends string, A extends string, Env = Ok<Unbound>> = A extends unknown
  ? P extends unknown
    ? Env extends Ok<infer E>
      ? Wide<P> extends true
        ? Env
        : Wide<A> extends true
          ? Ok<Unknown<Dims<P>, E>>
          : P extends Starred
            ? UnifyLeading<Leading<P>, Dims<A>, E, P, A>
            : UnifyDims<Dims<P>, Dims<A>, E, P, A>
      : Env
    : never
  : never

/** No names bound. */
export type Unbound = Record<never, never>

/** What names are bound to, at run time. */
export type Bindings = Readonly<Record<string, string>>

type UnifyDims<P extends readonly string[], A extends readonly string[], Env, PS extends string, AS extends string> = P extends readonly [
  infer PH extends string,
  ...infer PT extends readonly string[],
]
  ? A extends readonly [infer AH extends string, ...infer AT extends readonly string[]]
    ? PH extends `${number}`
      ? PH extends AH
        ? UnifyDims<PT, AT, Env, PS, AS>
        : Err<`'${AS}' does not fit '${PS}': '${AH}' is not '${PH}'`>
      : Meaning<PH, Env> extends infer V
        ? [V] extends [never]
          ? UnifyDims<PT, AT, Env & { readonly [K in PH]: AH }, PS, AS>
          : string extends V
            ? UnifyDims<PT, AT, Env & { readonly [K in PH]: AH }, PS, AS>
            : V extends AH
              ? UnifyDims<PT, AT, Env, PS, AS>
              : InNormalForm<V> extends InNormalForm<AH>
                ? UnifyDims<PT, AT, Env, PS, AS>
                : Err<`'${AS}' does not fit '${PS}': '${PH}' is already '${V & string}', not '${AH}'`>
        : never
    : Err<`'${AS}' has fewer axes than '${PS}'`>
  : A extends readonly []
    ? [BoundSums<Env>] extends [never]
      ? Ok<Env>
      : [SumError<BoundSums<Env>, Env, PS, AS>] extends [never]
        ? Ok<Env>
        : SumError<BoundSums<Env>, Env, PS, AS>
    : Err<`'${AS}' has more axes than '${PS}'`>

/** The last axes matched with those behind the leading ones, which are bound as one text under their name with a star. */
type UnifyLeading<L, A extends readonly string[], Env, PS extends string, AS extends string> = L extends readonly [
  infer W extends string,
  infer N extends string,
  infer T extends string,
]
  ? T extends Starred
    ? Misplaced<PS>
    : N extends '' | Signed
      ? Misplaced<PS>
      : Parted<A, Dims<T>> extends readonly [infer Lead extends readonly string[], infer Last extends readonly string[]]
        ? Env extends { readonly [K in `*${N}`]: infer V }
          ? Join<Lead> extends V
            ? UnifyDims<Dims<T>, Last, Env, PS, AS>
            : Err<`'${AS}' does not fit '${PS}': '${W}' is already '${V & string}', not '${Join<Lead>}'`>
          : UnifyDims<Dims<T>, Last, Env & { readonly [K in `*${N}`]: Join<Lead> }, PS, AS>
        : Err<`'${AS}' has fewer axes than '${PS}'`>
  : never

type Misplaced<P extends string> = Err<`'${P}': leading axes stand first, as in '... 4' or '*batch 4'`>

/** The axes in two, the last of them as many as `T` has; undefined where there are too few. */
type Parted<A extends readonly string[], T extends readonly string[], Last extends readonly string[] = []> = T extends readonly [
  string,
  ...infer R extends readonly string[],
]
  ? A extends readonly [...infer I extends readonly string[], infer L extends string]
    ? Parted<I, R, [L, ...Last]>
    : undefined
  : readonly [A, Last]

type BoundSums<Env> = Extract<keyof Env, Signed>

/** The error of an expression that is bound to another axis than its names make, `never` where there is none. */
type SumError<K extends string & keyof Env, Env, PS extends string, AS extends string> = K extends Signed
  ? ExpressionMeaning<K, Env> extends infer V extends string
    ? [V] extends [never]
      ? never
      : string extends V | Env[K]
        ? never
        : InNormalForm<V> extends InNormalForm<Env[K]>
          ? never
          : Err<`'${AS}' does not fit '${PS}': '${K}' is already '${Env[K] & string}', not '${V}'`>
    : never
  : never

/** The axis that `H` of a pattern stands for; `never` where a name in it is not bound. */
type Meaning<H extends string, Env> = H extends keyof Env ? Env[H] : H extends Signed ? ExpressionMeaning<H, Env> : never

/** The expression `H` with every name replaced by what it means. */
type ExpressionMeaning<H extends string, Env> =
  Exclude<TokenOf<H>, Sign | `${number}`> extends infer N
    ? [N] extends [keyof Env]
      ? string extends Env[N]
        ? string
        : Normal<H, Env>
      : never
    : never

/** The axes that a name without meaning stands for: leading axes that were one, or itself. */
type Unmerged<H extends string, Env> = `*${H}` extends keyof Env
  ? string extends Env[`*${H}`]
    ? string
    : Dims<Env[`*${H}`] & string>
  : [Extract<keyof Env, `*${string}`>] extends [never]
    ? [H]
    : H extends Signed
      ? Meaning<H, Env & Products<Env>> extends infer V extends string
        ? [V] extends [never]
          ? [H]
          : string extends V
            ? string
            : [V]
        : never
      : [H]

/** Leading axes as one size each. */
type Products<Env> = { readonly [K in keyof Env as K extends `*${infer N}` ? N : never]: MultiplyAll<Dims<Env[K] & string>> }

/** Bindings, or the error of an expression with a name that no pattern has as an axis: nothing says what it is. */
export type Closed<R> = R extends Ok<infer E> ? ([BoundSums<E>] extends [never] ? R : ClosedSums<R, E, BoundSums<E>>) : R

type ClosedSums<R, E, K> = K extends `*${string}`
  ? R
  : K extends Signed
    ? FirstOpen<Tokens<K>, Sign | `${number}` | keyof E> extends infer N extends string
      ? [N] extends [never]
        ? R
        : Err<`'${K}' cannot be bound: no pattern has '${N}' as an axis, only names by themselves are bound`>
      : never
    : R

type FirstOpen<T, Bound> = T extends readonly [infer H, ...infer R] ? (H extends Bound ? FirstOpen<R, Bound> : H) : never

/** Binds every name of the pattern to an axis that the compiler does not know. */
type Unknown<P extends readonly string[], Env> = P extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? Unknown<T, H extends `${number}` | keyof Env ? Env : Env & { readonly [K in H extends '...' ? '*_' : H]: string }>
  : Env

const meaning = (axis: string, env: Bindings): string | undefined =>
  Object.hasOwn(env, axis) ? env[axis] : isSigned(axis) ? expressionMeaning(axis, env) : undefined

const expressionMeaning = (axis: string, env: Bindings): string | undefined =>
  tokens(axis).every(token => isSigned(token) || isNumeral(token) || Object.hasOwn(env, token)) ? normal(axis, env) : undefined

const noBindings: Ok<Bindings> = ok({})

export const unify = (pattern: string, actual: string, env: Ok<Bindings> | Err<string> = noBindings): Ok<Bindings> | Err<string> => {
  if (isErr(env)) return env
  let bindings = env.shape
  const starred = isStarred(pattern)
  const { word, name, rest } = starred ? leading(pattern) : { word: '', name: '', rest: pattern }
  if (starred && (name === '' || isSigned(name) || isStarred(rest)))
    return err(`'${pattern}': leading axes stand first, as in '... 4' or '*batch 4'`)
  const left = dims(rest)
  const lead = starred ? dims(actual).length - left.length : 0
  if (lead < 0) return err(`'${actual}' has fewer axes than '${pattern}'`)
  const right = dims(actual).slice(lead)
  if (starred) {
    const [own, key] = [join(dims(actual).slice(0, lead)), `*${name}`]
    const known = Object.hasOwn(bindings, key) ? bindings[key] : own
    if (known !== own) return err(`'${actual}' does not fit '${pattern}': '${word}' is already '${known}', not '${own}'`)
    bindings = { ...bindings, [key]: own }
  }
  for (const [i, axis] of left.entries()) {
    const found = right[i]
    if (found === undefined) return err(`'${actual}' has fewer axes than '${pattern}'`)
    const known = isNumeral(axis) ? axis : meaning(axis, bindings)
    if (known === undefined) bindings = { ...bindings, [axis]: found }
    else if (!isSameAxis(known, found))
      return err(
        isNumeral(axis)
          ? `'${actual}' does not fit '${pattern}': '${found}' is not '${axis}'`
          : `'${actual}' does not fit '${pattern}': '${axis}' is already '${known}', not '${found}'`,
      )
  }
  if (left.length < right.length) return err(`'${actual}' has more axes than '${pattern}'`)
  for (const [axis, bound] of Object.entries(bindings)) {
    const made = isSigned(axis) && !isStarred(axis) ? expressionMeaning(axis, bindings) : undefined
    if (made !== undefined && !isSameAxis(made, bound))
      return err(`'${actual}' does not fit '${pattern}': '${axis}' is already '${bound}', not '${made}'`)
  }
  return ok(bindings)
}

/** The shape `S` with every bound name replaced by what it means; `string` where the bindings are an error or not known. */
export type SubstShape<S extends string, Env> = S extends unknown
  ? Env extends Ok<infer E>
    ? Wide<S> extends true
      ? string
      : SubstDims<Dims<S>, E>
    : string
  : never

type SubstDims<D extends readonly string[], Env, Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? Meaning<H, Env> extends infer V extends string
    ? [V] extends [never]
      ? Unmerged<H, Env> extends infer X extends readonly string[]
        ? SubstDims<T, Env, [...Acc, ...X]>
        : string
      : string extends V
        ? string
        : SubstDims<T, Env, [...Acc, V]>
    : never
  : Join<Acc>

/** Leading axes as one size each, under their names without stars. */
const products = (env: Bindings): Bindings =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, axes]) => (isStarred(name) ? [[name.slice(1), multiplyAll(dims(axes)) ?? name.slice(1)]] : [])),
  )

export const substShape = (s: string, env: Ok<Bindings>): string => {
  const leads = new Map(Object.entries(env.shape).filter(([name]) => isStarred(name)))
  const sizes = leads.size === 0 ? env.shape : { ...products(env.shape), ...env.shape }
  return join(dims(s).flatMap(axis => dims(leads.get(`*${axis}`) ?? meaning(axis, sizes) ?? axis)))
}

/** The bindings of all patterns, or the error of an expression with a name that none of them has as an axis. */
export const closed = (bindings: Ok<Bindings>): Ok<Bindings> | Err<string> => {
  for (const axis of Object.keys(bindings.shape)) {
    const open = isStarred(axis) ? undefined : isSigned(axis) ? namesIn(axis).find(name => !Object.hasOwn(bindings.shape, name)) : undefined
    if (open !== undefined) return err(`'${axis}' cannot be bound: no pattern has '${open}' as an axis, only names by themselves are bound`)
  }
  return bindings
}
