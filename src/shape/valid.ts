import { dims } from './dims.js'
import { isNumeral } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Is this a well-formed dimension string? Axes stand with one space between them; each is a size in plain digits or a name.
 *
 * A name starts with a letter or `_` and goes on with letters, digits and `_`; `+` joins names and sizes that were put end to end.
 * The notation is jaxtyping's (https://docs.kidger.site/jaxtyping/api/array/).
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
/** Characters that stand in no shape; every other one that is not a digit, a space or `+` counts as a letter. */
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
  ? SumError<S, A>
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
        ? Err<`shape '${S}': '${FirstOdd<A>}' cannot stand in an axis, a name has letters, digits and '_'`>
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

/** A sum: every part a name or a size, at least one a name. */
type SumError<S extends string, A extends string> = A extends `+${infer N extends bigint}`
  ? Err<`shape '${S}': write '${A}' as '${N}'`>
  : PartsError<S, A, A, 'sizes'>

type PartsError<S extends string, A extends string, Rest extends string, Seen> = Rest extends `${infer H}+${infer T}`
  ? PartError<S, A, H> extends infer E
    ? [E] extends [never]
      ? PartsError<S, A, T, H extends `${number}` ? Seen : 'name'>
      : E
    : never
  : [PartError<S, A, Rest>] extends [never]
    ? Rest extends `${number}`
      ? Seen extends 'name'
        ? never
        : Err<`shape '${S}': '${A}' has no name, write the sum itself`>
      : never
    : PartError<S, A, Rest>

type PartError<S extends string, A extends string, P extends string> = P extends ''
  ? Err<`shape '${S}': '${A}' has a '+' with nothing beside it`>
  : AxisError<S, P>

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

const sumError = (s: string, axis: string): Err<string> | undefined => {
  const parts = axis.split('+')
  const [first = '', second = ''] = parts
  if (parts.length === 2 && first === '' && whole.test(second) && canonical(second))
    return err(`shape '${s}': write '${axis}' as '${second}'`)
  for (const part of parts) {
    const error = part === '' ? err(`shape '${s}': '${axis}' has a '+' with nothing beside it`) : axisError(s, part)
    if (error !== undefined) return error
  }
  return parts.every(isNumeral) ? err(`shape '${s}': '${axis}' has no name, write the sum itself`) : undefined
}

const axisError = (s: string, axis: string): Err<string> | undefined => {
  if (axis.includes('+')) return sumError(s, axis)
  if (isNumeral(axis)) return /^\d+$/.test(axis) && String(Number(axis)) === axis ? undefined : numeralError(s, axis)
  if (axis === '') return err(`shape '${s}': write one space between axes, and none before or after`)
  const mark = odd.exec(axis)
  if (mark !== null) return err(`shape '${s}': '${mark[0]}' cannot stand in an axis, a name has letters, digits and '_'`)
  if (/^\d/.test(axis)) return err(`shape '${s}': '${axis}' is neither a size nor a name, a name starts with a letter or '_'`)
  return undefined
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
