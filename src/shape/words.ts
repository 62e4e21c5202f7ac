import { type Err, err } from './rule.js'
import { type Digit, type LineBreak, lineBreak, type Odd, odd, separator } from './valid.js'

/**
 * The words of a pattern such as that of `einsum` or `rearrange`: names that stand for axes, sizes in plain digits, and `...`.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const rule: shape.Einsum<'i j -> j i', ['batch 3']> = { shape: '3 batch' }
 * assert.deepEqual(rule, { shape: '3 batch' })
 */

/** The words of a text, with any number of spaces between, before and after them. */
export type Words<S extends string, Acc extends readonly string[] = []> = S extends `${infer H} ${infer T}`
  ? Words<T, H extends '' ? Acc : [...Acc, H]>
  : S extends ''
    ? Acc
    : [...Acc, S]

/** A list of words or axes, with a space after each, so that every one is taken off in the same way; none at all is ''. */
export type Ended<S extends string> = S extends '' ? '' : `${S} `

/** Without the space at the end. */
export type Unended<S> = S extends `${infer T} ` ? T : ''

export const words = (text: string): readonly string[] => text.split(' ').filter(word => word !== '')

/** A word that is no name: it has a mark, or a digit in front. */
export type NoName = `${string}${Odd | '+'}${string}` | `${Digit}${string}`

/**
 * A word of `rearrange` that is no axis by itself: none, any number of them, or the start of a group. A union of patterns has a name, because the compiler
 * looks into one that has none, member by member, whenever it meets it.
 */
export type Special = '' | '...' | `(${string}`

/** Is this a name, such as stands for an axis? */
export const isName = (word: string): boolean => ![odd, separator, lineBreak, /^\d|\+/].some(mark => mark.test(word))

/** Is this a size in plain digits, which a number in JavaScript holds and prints as it is? */
export type IsSize<W extends string> = W extends `${Digit}${string}`
  ? W extends `${infer N extends number}`
    ? number extends N
      ? false
      : W extends `${bigint}`
        ? true
        : false
    : false
  : false

export const isSize = (word: string): boolean => /^\d+$/.test(word) && String(Number(word)) === word

/** A pattern with a sign that no pattern has. */
export type Unfit = `${string}${'=' | ';' | LineBreak}${string}`

/**
 * What can stand nowhere in a pattern. What names stand for is one text to the compiler, `;i=batch;j=3;`, in which it finds a name in one step: so
 * `=` and `;` are no signs of a pattern. A line break would stand in the message.
 */
export type PatternFault<Op extends string, P extends string> = P extends Unfit
  ? P extends `${string}${LineBreak}${string}`
    ? Err<`${Op}: a pattern has no line break`>
    : Err<`${Op}: '${P}': an axis is a word of letters, digits and '_', without '=' and ';'`>
  : never

export const patternFault = (op: string, text: string): Err<string> | undefined =>
  lineBreak.test(text)
    ? err(`${op}: a pattern has no line break`)
    : /[=;]/.test(text)
      ? err(`${op}: '${text}': an axis is a word of letters, digits and '_', without '=' and ';'`)
      : undefined

/** A part of a pattern with groups: a word, or the words of a group such as `(h w)`. */
export type PatternPart = string | readonly string[]

/** The parts of a pattern's side, a group with its brackets. What a bracket without its partner stands in is a word. */
export type PatternParts<S extends string, Acc extends readonly string[] = []> = S extends ` ${infer T}`
  ? PatternParts<T, Acc>
  : S extends `(${infer G})${infer T}`
    ? PatternParts<T, [...Acc, `(${G})`]>
    : S extends `${infer H} ${infer T}`
      ? PatternParts<T, [...Acc, H]>
      : S extends ''
        ? Acc
        : [...Acc, S]

export const patternParts = (text: string): readonly PatternPart[] => {
  const parts: PatternPart[] = []
  for (let rest = text.replace(/^ +/, ''); rest !== ''; rest = rest.replace(/^ +/, '')) {
    const close = rest.startsWith('(') ? rest.indexOf(')') : -1
    const space = rest.indexOf(' ')
    const end = close > 0 ? close + 1 : space < 0 ? rest.length : space
    parts.push(close > 0 ? words(rest.slice(1, close)) : rest.slice(0, end))
    rest = rest.slice(end)
  }
  return parts
}
