import { type MultiplySizes, multiplySizes } from './arithmetic.js'
import { type BoundNames, ownSize, type PatternCall, type SizedCall, type Wrong, wrong } from './group.js'
import { isNumeral } from './numeral.js'
import type { Err } from './rule.js'
import type { Wide } from './wide.js'
import { type IsName, type IsSize, isName, isSize } from './words.js'

/**
 * The axes of a pattern's right side: what a word stands for there, and the one axis that a group makes.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'h w c -> (h w) c', '4 6 3'), { shape: '24 3' })
 */

/** The names and '...' that have stood on the right, with `H`; a size may stand there often. */
export type Noted<Seen extends string, H extends string> = H extends `${number}` ? Seen : `${Seen}${H};`

/** The axes that a word of the right stands for. */
export type Meant<
  C extends PatternCall,
  H extends string,
  Env extends string,
  Lead,
  Seen extends string,
> = Seen extends `${string};${H};${string}`
  ? Wrong<C, `'${H}' stands twice on the right`>
  : H extends '...'
    ? Lead extends readonly string[]
      ? Lead
      : Wrong<C, "'...' is not on the left">
    : Env extends `${string};${H}=${infer X};${string}`
      ? readonly [X]
      : IsName<H> extends true
        ? C['op'] extends 'repeat'
          ? H extends keyof C['sizes']
            ? readonly [`${C['sizes'][H] & number}`]
            : Wrong<C, `'${H}' is new and has no size: give one, as in { ${H}: 2 }`>
          : Wrong<C, `'${H}' is not on the left`>
        : IsSize<H> extends true
          ? H extends '1'
            ? readonly [H]
            : C['op'] extends 'repeat'
              ? readonly [H]
              : Wrong<C, `'${H}' on the right is a new axis, which repeat makes`>
          : Wrong<C, `'${H}' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them`>

/** The one axis that a group of the right makes. */
export type Grouped<
  C extends PatternCall,
  G extends readonly string[],
  Env extends string,
  Lead,
  Seen extends string,
  Acc extends readonly string[] = [],
> = G extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? Meant<C, H, Env, Lead, Seen> extends infer X
    ? X extends readonly string[]
      ? Grouped<C, T, Env, Lead, Noted<Seen, H>, [...Acc, ...X]>
      : X
    : never
  : Joined<C, Acc> extends infer X
    ? X extends string
      ? { readonly axis: X; readonly seen: Seen }
      : X
    : never

type Joined<C extends PatternCall, A extends readonly string[], Acc extends string = '1'> = A extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends '1'
    ? Joined<C, T, Acc>
    : Acc extends '1'
      ? Joined<C, T, H>
      : MultiplySizes<Acc, H> extends infer X extends string
        ? [X] extends [never]
          ? Wrong<C, `'${Acc}' times '${H}' has more than 64 terms once it is multiplied out`>
          : Wide<X> extends true
            ? Wrong<C, `'${Acc}' times '${H}' is more than can be counted`>
            : Joined<C, T, X>
        : never
  : Acc

/** A part of an axis of the argument or of the result, under a label by which it is found on the other side. */
export interface LabelledPart {
  readonly label: string
  readonly axis: string
}

/** What '...' and names stand for, and the parts of the axes of the argument. */
export interface LeftSide {
  readonly names: BoundNames
  readonly lead: readonly LabelledPart[] | undefined
  readonly parts: readonly (readonly LabelledPart[])[]
}

/** The axes that a word of the right stands for. */
export const meant = (
  call: SizedCall,
  word: string,
  { names, lead }: LeftSide,
  seen: ReadonlySet<string>,
): Err<string> | readonly LabelledPart[] => {
  if (seen.has(word)) return wrong(call, `'${word}' stands twice on the right`)
  if (word === '...') return lead ?? wrong(call, "'...' is not on the left")
  const axis = names.get(word)
  if (axis !== undefined) return [{ label: word, axis }]
  if (isName(word)) {
    if (call.op !== 'repeat') return wrong(call, `'${word}' is not on the left`)
    const size = ownSize(call.sizes, word)
    return size === undefined
      ? wrong(call, `'${word}' is new and has no size: give one, as in { ${word}: 2 }`)
      : [{ label: word, axis: size }]
  }
  if (!isSize(word))
    return wrong(call, `'${word}' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them`)
  return word === '1' || call.op === 'repeat'
    ? [{ label: '', axis: word }]
    : wrong(call, `'${word}' on the right is a new axis, which repeat makes`)
}

/** The one axis that several make. */
export const joined = (call: PatternCall, axes: readonly string[]): Err<string> | string => {
  let all = '1'
  for (const axis of axes) {
    if (axis === '1') continue
    const size = all === '1' ? axis : multiplySizes(all, axis)
    if (size === undefined) return wrong(call, `'${all}' times '${axis}' has more than 64 terms once it is multiplied out`)
    if (all !== '1' && isNumeral(size) && !Number.isSafeInteger(Number(size)))
      return wrong(call, `'${all}' times '${axis}' is more than can be counted`)
    all = size
  }
  return all
}
