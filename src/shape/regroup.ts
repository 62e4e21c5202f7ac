import { type Multiplied, multiplySizes } from './arithmetic.js'
import { type BoundNames, type NoAxis, ownSize, type PatternCall, type SizedCall, type Wrong, wrong } from './group.js'
import { isNumeral } from './numeral.js'
import type { Err, Ok } from './rule.js'
import type { TooMany } from './valid.js'
import type { Wide } from './wide.js'
import { type Ended, type IsSize, isName, isSize, type NoName, type Special, type Unended } from './words.js'

/**
 * The axes of a pattern's right side: what a word stands for there, and the one axis that a group makes.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'h w c -> (h w) c', '4 6 3'), { shape: '24 3' })
 */

/** The names that the right has, with `H`; a size may stand there often. */
type Noted<Known extends string, H extends string> = H extends `${number}` ? Known : `${Known}${H}=;`

/** The axis of a word of the right that stands for none of the left, or none any more. */
type NewAxis<C extends PatternCall, H extends string, Known extends string> = Known extends `${string};${H}=${string}`
  ? Wrong<C, `'${H}' stands twice on the right`>
  : H extends '...'
    ? Wrong<C, "'...' is not on the left">
    : H extends NoName
      ? IsSize<H> extends true
        ? H extends '1'
          ? H
          : C['op'] extends 'repeat'
            ? H
            : Wrong<C, `'${H}' on the right is a new axis, which repeat makes`>
        : NoAxis<C, H>
      : C['op'] extends 'repeat'
        ? H extends keyof C['sizes']
          ? `${C['sizes'][H] & number}`
          : Wrong<C, `'${H}' is new and has no size: give one, as in { ${H}: 2 }`>
        : Wrong<C, `'${H}' is not on the left`>

/**
 * The axes of the result, one after another, from the words `R`, which end with a space each. What a word stands for is taken out of `Env`, so that what is
 * left there at the end stands on the left alone; `Known` keeps all names, to tell one that stands twice from one that is not there.
 */
export type Right<
  C extends PatternCall,
  R,
  Env extends string,
  Known extends string,
  Acc extends string = '',
> = R extends `${infer H} ${infer T}`
  ? H extends Special
    ? H extends ''
      ? Right<C, T, Env, Known, Acc>
      : R extends `(${infer G})${infer U}`
        ? Grouped<C, `${G} `, U, Env, Known, Acc>
        : Env extends `${infer B};${H}=${infer X};${infer A}`
          ? Right<C, T, `${B};${A}`, Known, `${Acc}${Ended<X>}`>
          : NewAxis<C, H, Known>
    : Env extends `${infer B};${H}=${infer X};${infer A}`
      ? Right<C, T, `${B};${A}`, Known, `${Acc}${X} `>
      : NewAxis<C, H, Known> extends infer X
        ? X extends string
          ? Right<C, T, Env, Noted<Known, H>, `${Acc}${X} `>
          : X
        : never
  : C['op'] extends 'reduce'
    ? Done<C, Acc>
    : Env extends `;${infer H}=${string}`
      ? Wrong<C, `'${H}' is not on the right, reduce takes axes away`>
      : Done<C, Acc>

type Done<C extends PatternCall, S extends string> = S extends `${TooMany} ` ? Wrong<C, 'a shape has at most 64 axes'> : Ok<Unended<S>>

/** The words `G` of a group, then those behind it; `All` is the one axis that the group makes so far, or what is wrong with it. */
type Grouped<
  C extends PatternCall,
  G extends string,
  R extends string,
  Env extends string,
  Known extends string,
  Acc extends string,
  All = '1',
> = G extends `${infer H} ${infer T}`
  ? H extends ''
    ? Grouped<C, T, R, Env, Known, Acc, All>
    : Env extends `${infer B};${H}=${infer X};${infer A}`
      ? Grouped<C, T, R, `${B};${A}`, Known, Acc, H extends '...' ? Joined<C, Ended<X>, All> : Times<C, All, X>>
      : NewAxis<C, H, Known> extends infer X
        ? X extends string
          ? Grouped<C, T, R, Env, Noted<Known, H>, Acc, Times<C, All, X>>
          : X
        : never
  : All extends string
    ? Right<C, R, Env, Known, `${Acc}${All} `>
    : All

type Joined<C extends PatternCall, D extends string, All> = D extends `${infer X} ${infer T}` ? Joined<C, T, Times<C, All, X>> : All

type Times<C extends PatternCall, All, X extends string> = X extends '1'
  ? All
  : All extends '1'
    ? X
    : All extends string
      ? Multiplied<All, X> extends infer M extends string
        ? [M] extends [never]
          ? Wrong<C, `'${All}' times '${X}' has more than 64 terms once it is multiplied out`>
          : M extends `${bigint}`
            ? M
            : Wide<M> extends true
              ? Wrong<C, `'${All}' times '${X}' is more than can be counted`>
              : M
        : never
      : All

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
