/**
 * Leading axes of a pattern: `*batch` or `...`, first in a shape, stands for any number of axes. Where they are known as one, as in the body of a
 * function made by `forall`, that axis has the name without its star; that of `...` is `_`.
 *
 * @example
 * import { merged } from './leading.js'
 *
 * assert.deepStrictEqual([merged('*batch 4'), merged('... 4'), merged('n*2 4')], ['batch 4', '_ 4', 'n*2 4'])
 */

/** A pattern with leading axes, or with a word for them in the wrong place. */
export type Starred = `*${string}` | `...${string}` | `${string} *${string}` | `${string} ...${string}`

export const isStarred = (pattern: string): boolean => /(?:^| )(?:\*|\.\.\.)/.test(pattern)

/** The word for leading axes, their name, and the other axes. */
export type Leading<P extends string> = P extends `${infer W} ${infer T}`
  ? NameOfLeading<W> extends infer N
    ? readonly [W, N, T]
    : never
  : readonly [P, NameOfLeading<P>, '']

type NameOfLeading<W extends string> = W extends '...' ? '_' : W extends `*${infer N}` ? N : ''

/** The shape with leading axes as one. */
export type Merged<P extends string> = P extends Starred
  ? Leading<P> extends readonly [string, infer N extends string, infer T extends string]
    ? N extends ''
      ? P
      : T extends ''
        ? N
        : `${N} ${T}`
    : never
  : P

export interface LeadingAxes {
  readonly word: string
  readonly name: string
  readonly rest: string
}

export const leading = (pattern: string): LeadingAxes => {
  const [word = '', ...rest] = pattern.split(' ')
  return { word, name: word === '...' ? '_' : word.startsWith('*') ? word.slice(1) : '', rest: rest.join(' ') }
}

export const merged = (pattern: string): string => {
  const { name, rest } = leading(pattern)
  return !isStarred(pattern) || name === '' ? pattern : rest === '' ? name : `${name} ${rest}`
}
