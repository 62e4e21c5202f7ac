/**
 * The text of an expression such as `(n+1)//2*d` taken apart: `+`, `-`, `*`, `//` by a number, and brackets, with the usual precedence, from left
 * to right.
 *
 * @example
 * import { normal } from './expression.js'
 *
 * assert.strictEqual(normal('b+2*a+a'), 'a*3+b')
 * assert.strictEqual(normal('(h-3)//2+1'), '(h+1)//2-1')
 */

import { isNumeral } from './numeral.js'
import type { Minus, NameForm, NumberForm, Plus, Polynomial, PolynomialText, Times } from './polynomial.js'
import { constant, minus, type PolynomialValue, plus, text, times, variable } from './polynomial.js'
import { type FloorOf, floorDivide } from './quotient.js'
import { type Err, err, isErr } from './rule.js'

/** What makes an axis an expression, where it is no number. */
export type Sign = '+' | '-' | '*' | '/' | '(' | ')'

/** An axis with a sign in it. */
export type Signed = `${string}${Sign}${string}`

export const isSigned = (axis: string): boolean => /[-+*/()]/.test(axis)

/** The words and signs of a text; `//` is two of them. */
export type Tokens<S extends string, Word extends string = '', Acc extends readonly string[] = []> = S extends `${infer C}${infer T}`
  ? C extends Sign
    ? Tokens<T, '', Word extends '' ? [...Acc, C] : [...Acc, Word, C]>
    : Tokens<T, `${Word}${C}`, Acc>
  : Word extends ''
    ? Acc
    : [...Acc, Word]

/** One of the words and signs of a text. */
export type TokenOf<S extends string> = Tokens<S> extends readonly (infer T)[] ? T : never

export const tokens = (axis: string): readonly string[] => axis.match(/[-+*/()]|[^-+*/()]+/g) ?? []

/** The names in an axis. */
export const namesIn = (axis: string): readonly string[] =>
  isNumeral(axis) ? [] : tokens(axis).filter(token => !isSigned(token) && !isNumeral(token))

/** What stands before a bracket: the sum so far with the sign of the term, and the product so far. */
type Frame = readonly [sum: Polynomial, sign: '+' | '-', term: unknown]

/** The normal form of tokens whose words `Env` says the meaning of, or the error of an expression that is none. `A` is its text. */
type Operand<
  A extends string,
  T extends readonly string[],
  Env,
  Sum extends Polynomial = [],
  S extends '+' | '-' = '+',
  Term = undefined,
  Stack extends readonly Frame[] = [],
  Before extends string = '',
> = T extends readonly [infer H extends string, ...infer R extends readonly string[]]
  ? H extends Sign
    ? H extends '('
      ? Operand<A, R, Env, [], '+', undefined, [readonly [Sum, S, Term], ...Stack], H>
      : H extends '-'
        ? Before extends '' | '('
          ? Operand<A, R, Env, Sum, '-', Term, Stack, H>
          : Lonely<A, Before>
        : Before extends '' | '('
          ? Lonely<A, H>
          : Lonely<A, Before>
    : Meaning<H, Env> extends infer V
      ? V extends Polynomial
        ? Operator<A, R, Env, Sum, S, Product<Term, V>, Stack>
        : V
      : never
  : Lonely<A, Before>

type Product<Term, V extends Polynomial> = Term extends Polynomial ? Times<Term, V> : V

type Operator<
  A extends string,
  T extends readonly string[],
  Env,
  Sum extends Polynomial,
  S extends '+' | '-',
  Term,
  Stack extends readonly Frame[],
> = [Term] extends [never]
  ? Err<`'${A}' has more than 64 terms once it is multiplied out`>
  : Term extends Polynomial
    ? T extends readonly [infer H extends string, ...infer R extends readonly string[]]
      ? H extends '+' | '-'
        ? Operand<A, R, Env, WithTerm<Sum, S, Term>, H, undefined, Stack, H>
        : H extends '*'
          ? Operand<A, R, Env, Sum, S, Term, Stack, H>
          : H extends '/'
            ? R extends readonly ['/', ...infer Q extends readonly string[]]
              ? Q extends readonly [`${infer K extends number}`, ...infer O extends readonly string[]]
                ? K extends 0
                  ? NoDivisor<A>
                  : Operator<A, O, Env, Sum, S, FloorOf<Term, K>, Stack>
                : NoDivisor<A>
              : Err<`'${A}' has '/', a quotient that is rounded down is written '//'`>
            : H extends ')'
              ? Stack extends readonly [infer F extends Frame, ...infer O extends readonly Frame[]]
                ? Operator<A, R, Env, F[0], F[1], Product<F[2], WithTerm<Sum, S, Term>>, O>
                : Err<`'${A}' has a bracket without its partner`>
              : Err<`'${A}' has '${H}' where '+', '-', '*' or '//' is expected`>
      : Stack extends readonly []
        ? WithTerm<Sum, S, Term>
        : Err<`'${A}' has a bracket without its partner`>
    : never

type WithTerm<Sum extends Polynomial, S extends '+' | '-', Term extends Polynomial> = Plus<Sum, S extends '-' ? Minus<Term> : Term>

type Lonely<A extends string, H extends string> = H extends ''
  ? Err<`'${A}' is no expression`>
  : Err<`'${A}' has a '${H}' with nothing beside it`>

type NoDivisor<A extends string> = Err<`'${A}' is divided by something else than a whole number from 1 up`>

/** What a word stands for: a number for itself, a name for what `Env` has for it, or for itself. */
type Meaning<H extends string, Env> = H extends `${infer N extends number}`
  ? NumberForm<N>
  : H extends keyof Env
    ? Env[H] extends infer V extends string
      ? AxisForm<V>
      : never
    : NameForm<H>

/** No name stands for anything but itself. */
type Nothing = Record<never, never>

/** The normal form of an axis, or the error of an expression that is none. */
export type AxisForm<A extends string, Env = Nothing> = A extends Signed ? Operand<A, Tokens<A>, Env> : Meaning<A, Env>

/** The text of an axis' normal form; `string` where a number in it is not known, and where it is no expression. */
export type Normal<A extends string, Env = Nothing> =
  AxisForm<A, Env> extends infer P ? (P extends Polynomial ? PolynomialText<P> : string) : never

/** How the parts of an expression are put together: as normal forms, as numbers. */
export interface Algebra<T> {
  readonly number: (n: bigint) => T
  readonly name: (name: string) => T
  readonly plus: (x: T, y: T) => T
  readonly minus: (x: T) => T
  /** Undefined where the product is too long. */
  readonly times: (x: T, y: T) => T | undefined
  readonly floorDivide: (x: T, by: bigint) => T
}

/** What stands before a bracket, or before the end. */
interface Open<T> {
  sum: T | undefined
  negative: boolean
  term: T | undefined
}

const lonely = (axis: string, token: string): Err<string> =>
  err(token === '' ? `'${axis}' is no expression` : `'${axis}' has a '${token}' with nothing beside it`)

/** The value of an expression. Every word in it is a name or a size. */
export const evaluated = <T>(axis: string, { number, name, plus, minus, times, floorDivide }: Algebra<T>): T | Err<string> => {
  const all = tokens(axis)
  const stack: Open<T>[] = []
  let open: Open<T> = { sum: undefined, negative: false, term: undefined }
  let before = ''
  const multiplied = (term: T | undefined, value: T): T | undefined => (term === undefined ? value : times(term, value))
  const ended = ({ sum, negative, term }: Open<T>, last: T): T => {
    const signed = negative ? minus(term ?? last) : (term ?? last)
    return sum === undefined ? signed : plus(sum, signed)
  }
  for (let i = 0; i < all.length; i += 1) {
    const token = all[i] ?? ''
    const isFirst = before === '' || before === '('
    const term = open.term
    const isOperand = isFirst || '+-*'.includes(before)
    if (isOperand && token === '(') {
      stack.push(open)
      open = { sum: undefined, negative: false, term: undefined }
    } else if (isOperand && token === '-' && isFirst) open.negative = true
    else if (isOperand && isSigned(token)) return lonely(axis, isFirst ? token : before)
    else if (isOperand) {
      const value = multiplied(term, /^\d/.test(token) ? number(BigInt(token)) : name(token))
      if (value === undefined) return err(`'${axis}' has more than 64 terms once it is multiplied out`)
      open.term = value
    } else if (term === undefined) return lonely(axis, before)
    else if (token === '+' || token === '-') open = { sum: ended(open, term), negative: token === '-', term: undefined }
    else if (token === '/') {
      if (all[i + 1] !== '/') return err(`'${axis}' has '/', a quotient that is rounded down is written '//'`)
      const by = all[i + 2] ?? ''
      if (!/^[1-9]\d*$/.test(by)) return err(`'${axis}' is divided by something else than a whole number from 1 up`)
      open.term = floorDivide(term, BigInt(by))
      i += 2
    } else if (token === ')') {
      const outer = stack.pop()
      if (outer === undefined) return err(`'${axis}' has a bracket without its partner`)
      const value = multiplied(outer.term, ended(open, term))
      if (value === undefined) return err(`'${axis}' has more than 64 terms once it is multiplied out`)
      open = { ...outer, term: value }
    } else if (token !== '*') return err(`'${axis}' has '${token}' where '+', '-', '*' or '//' is expected`)
    before = token === '/' || token === ')' || !isSigned(token) ? 'x' : token
  }
  if (open.term === undefined || before !== 'x') return lonely(axis, before)
  return stack.length === 0 ? ended(open, open.term) : err(`'${axis}' has a bracket without its partner`)
}

/** What names mean, at run time. */
type Meanings = Readonly<Record<string, string>>

const nothing: Meanings = {}

const forms = (env: Meanings): Algebra<PolynomialValue> => ({
  number: constant,
  name: name => (Object.hasOwn(env, name) ? formOf(env[name] ?? name) : variable(name)),
  plus,
  minus,
  times,
  floorDivide,
})

/** The normal form of an axis whose words are names and sizes, or the error of an expression that is none. */
export const axisForm = (axis: string): PolynomialValue | Err<string> => evaluated(axis, forms(nothing))

/** The normal form of an axis that is well formed. One that would be too long is a name like any other. */
export const formOf = (axis: string, env: Meanings = nothing): PolynomialValue => {
  const { number, name } = forms(env)
  if (isNumeral(axis)) return number(BigInt(axis))
  if (!isSigned(axis)) return name(axis)
  const form = evaluated(axis, forms(env))
  return isErr(form) ? variable(axis) : form
}

/** The text of an axis' normal form. */
export const normal = (axis: string, env: Meanings = nothing): string => text(formOf(axis, env))

/** Are these one axis: the same text, or expressions of one normal form? */
export const isSameAxis = (x: string, y: string): boolean => x === y || ((isSigned(x) || isSigned(y)) && normal(x) === normal(y))

/** What an axis that is one quotient divides, and by what; undefined for any other. */
export const quotientOf = (axis: string): { readonly of: string; readonly by: bigint } | undefined => {
  const [term, ...others] = formOf(axis)
  const [factor] = term?.factors ?? []
  return others.length === 0 && term?.times === 1n && term.factors.length === 1 && typeof factor === 'object'
    ? { of: text(factor.of), by: factor.by }
    : undefined
}
