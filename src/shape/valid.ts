import { dims } from './dims.js'
import { type AxisForm, axisForm, isSigned, type Sign, type Signed, type Tokens, tokens } from './expression.js'
import { isNumeral } from './numeral.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Is this a well-formed dimension string? Axes stand with one space between them; each is a size in plain digits or a name.
 *
 * A name starts with a letter or `_` and goes on with letters, digits and `_`. An axis may be an expression of names and sizes: `a+b`, `n-2`,
 * `n*2`, `h//2`, `(h+1)//2*w`. The notation is jaxtyping's (https://docs.kidger.site/jaxtyping/api/array/).
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.shape('batch 784'), { shape: 'batch 784' })
 * assert.deepStrictEqual(shape.shape('batch,784'), { message: "shape 'batch,784': write one space between axes" })
 */
export type Shape<S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : S extends ''
      ? Ok<''>
      : S extends TooMany
        ? Err<'shape: a shape has at most 64 axes'>
        : S extends `${string}${Odd}${string}`
          ? OddShape<S>
          : AxesOf<S, S>
  : never

type Four = `${string} ${string} ${string} ${string}`
type Sixteen = `${Four} ${Four} ${Four} ${Four}`
/** More axes than 64, which is also numpy's limit. */
export type TooMany = `${Sixteen} ${Sixteen} ${Sixteen} ${Sixteen} ${string}`

export type LineBreak = '\n' | '\r' | '\v' | '\f' | '\u2028' | '\u2029'
type Separator = ',' | ';' | '\t' | '\u00a0'
type Mark = '!' | '"' | '#' | '$' | '%' | '&' | "'" | '(' | ')' | '*' | '-' | '.' | '/' | ':'
type MoreMark = '<' | '=' | '>' | '?' | '@' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}' | '~'
/** Characters that stand in no name; every other one that is not a digit, a space or `+` counts as a letter. */
export type Odd = LineBreak | Separator | Mark | MoreMark
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

type OddShape<S extends string> = S extends `${string}${LineBreak}${string}`
  ? Err<'shape: a shape has no line break, write one space between axes'>
  : S extends `${string}${Separator}${string}`
    ? Err<`shape '${S}': write one space between axes`>
    : AxesOf<S, S>

/** `Ok<S>` where every axis of `Rest` is well formed, else the error of the first that is not. */
type AxesOf<S extends string, Rest extends string> = Rest extends `${infer H} ${infer T}`
  ? AxisError<S, H> extends infer E
    ? [E] extends [never]
      ? AxesOf<S, T>
      : E
    : never
  : AxisError<S, Rest> extends infer E
    ? [E] extends [never]
      ? Ok<S>
      : E
    : never

/** The error of one axis of `S`, `never` where there is none. */
type AxisError<S extends string, A extends string> = A extends `${string}+${string}`
  ? ExpressionError<S, A>
  : A extends `${infer N extends number}`
    ? number extends N
      ? NumeralError<S, A>
      : A extends `${bigint}`
        ? A extends `-${string}`
          ? NumeralError<S, A>
          : never
        : NumeralError<S, A>
    : A extends ''
      ? Err<`shape '${S}': write one space between axes, and none before or after`>
      : A extends `${string}${Odd}${string}`
        ? A extends Signed
          ? ExpressionError<S, A>
          : Err<`shape '${S}': '${FirstOdd<A>}' cannot stand in an axis, a name has letters, digits and '_'`>
        : A extends `${Digit}${string}`
          ? Err<`shape '${S}': '${A}' is neither a size nor a name, a name starts with a letter or '_'`>
          : never

type NumeralError<S extends string, A extends string> = A extends `-${string}`
  ? Err<`shape '${S}': '${A}' is not a size, write a whole number from 0 up, or a name`>
  : A extends `${infer I extends bigint}.0`
    ? Err<`shape '${S}': write '${A}' as '${I}'`>
    : [A, WithoutZeros<A>] extends [`0${string}`, `${bigint}`]
      ? Err<`shape '${S}': write '${A}' as '${WithoutZeros<A>}'`>
      : Err<`shape '${S}': '${A}' is not a size, write a whole number in plain digits`>

type WithoutZeros<A extends string> = A extends '0' ? A : A extends `0${infer R}` ? WithoutZeros<R> : A

/** An expression: every word in it a name or a size, at least one a name. */
type ExpressionError<S extends string, A extends string> = A extends `+${infer N extends bigint}`
  ? Err<`shape '${S}': write '${A}' as '${N}'`>
  : Tokens<A> extends infer T extends readonly string[]
    ? WordsError<S, T> extends infer E
      ? [E] extends [never]
        ? AxisForm<A> extends Err<infer M extends string>
          ? Err<`shape '${S}': ${M}`>
          : [Exclude<T[number], Sign | `${number}`>] extends [never]
            ? Err<`shape '${S}': '${A}' has no name, write the number itself`>
            : never
        : E
      : never
    : never

type WordsError<S extends string, T extends readonly string[]> = T extends readonly [
  infer H extends string,
  ...infer R extends readonly string[],
]
  ? (H extends Sign ? never : AxisError<S, H>) extends infer E
    ? [E] extends [never]
      ? WordsError<S, R>
      : E
    : never
  : never

type FirstOdd<A extends string> = A extends `${infer C}${infer R}` ? (C extends Odd ? C : FirstOdd<R>) : never

export const lineBreak = /[\n\r\v\f\u2028\u2029]/
export const separator = /[,;\t\u00a0]/
export const odd = /[!"#$%&'()*\-./:<=>?@[\\\]^`{|}~]/
const whole = /^-?\d+$/

const canonical = (digits: string): boolean => String(BigInt(digits)) === digits

const numeralError = (s: string, axis: string): Err<string> => {
  if (axis.startsWith('-')) return err(`shape '${s}': '${axis}' is not a size, write a whole number from 0 up, or a name`)
  const plain = axis.endsWith('.0') ? axis.slice(0, -2) : axis
  if (whole.test(plain) && (plain !== axis ? canonical(plain) : plain.startsWith('0')))
    return err(`shape '${s}': write '${axis}' as '${BigInt(plain)}'`)
  return err(`shape '${s}': '${axis}' is not a size, write a whole number in plain digits`)
}

const wordError = (s: string, word: string): Err<string> | undefined => {
  if (isNumeral(word)) return /^\d+$/.test(word) && String(Number(word)) === word ? undefined : numeralError(s, word)
  if (word === '') return err(`shape '${s}': write one space between axes, and none before or after`)
  const mark = odd.exec(word)
  if (mark !== null) return err(`shape '${s}': '${mark[0]}' cannot stand in an axis, a name has letters, digits and '_'`)
  if (/^\d/.test(word)) return err(`shape '${s}': '${word}' is neither a size nor a name, a name starts with a letter or '_'`)
  return undefined
}

const axisError = (s: string, axis: string): Err<string> | undefined => {
  if (!isSigned(axis) || (isNumeral(axis) && !axis.includes('+'))) return wordError(s, axis)
  const size = /^\+(-?\d+)$/.exec(axis)?.[1]
  if (size !== undefined && canonical(size)) return err(`shape '${s}': write '${axis}' as '${size}'`)
  const words = tokens(axis).filter(token => !isSigned(token))
  for (const word of words) {
    const error = wordError(s, word)
    if (error !== undefined) return error
  }
  const form = axisForm(axis)
  if (isErr(form)) return err(`shape '${s}': ${form.message}`)
  return words.every(isNumeral) ? err(`shape '${s}': '${axis}' has no name, write the number itself`) : undefined
}

export const shape = (s: string): Rule => {
  if (s === '') return ok('')
  if (dims(s).length > 64) return err('shape: a shape has at most 64 axes')
  if (lineBreak.test(s)) return err('shape: a shape has no line break, write one space between axes')
  if (separator.test(s)) return err(`shape '${s}': write one space between axes`)
  for (const axis of dims(s)) {
    const error = axisError(s, axis)
    if (error !== undefined) return error
  }
  return ok(s)
}
