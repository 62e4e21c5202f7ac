import type { InNormalForm } from './arithmetic.js'
import { beside } from './beside.js'
import { type Fits, fits } from './broadcast.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { isSameAxis } from './expression.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { TooMany } from './valid.js'
import type { Wide } from './wide.js'
import { type Ended, isName, type NoName, type PatternFault, patternFault, type Unended, type Unfit, type Words, words } from './words.js'

/**
 * Einstein's sum: the axes of each operand by names, and those of the result, `'b i, i o -> b o'`. Entries are multiplied where names are equal,
 * and summed over every axis that the result does not have.
 *
 * A name stands for whatever axis it is written for, a size or a name, and stands for the same one throughout; the result has the operands'
 * own axes. A name that an operand has twice takes its diagonal. `...` stands for any number of axes, which broadcast one-sidedly.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.einsum.html, explicit mode; names are words, as in einops.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.einsum('b i, i o -> b o', ['batch 784', '784 10']), { shape: 'batch 10' })
 * assert.deepStrictEqual(shape.einsum('b i, i o -> b o', ['batch 784', '128 10']), {
 *   message: "einsum: 'b i, i o -> b o': 'i' is '784', and '128' in '128 10'",
 * })
 */
export type Einsum<P extends string, Shapes extends readonly string[]> = Shapes extends unknown
  ? P extends unknown
    ? Wide<P> extends true
      ? Ok<string>
      : P extends Unfit
        ? PatternFault<'einsum', P>
        : P extends `${infer L}->${infer R}`
          ? Operands<P, L, Shapes, R>
          : Err<`einsum: '${P}' has no '->': write the axes of the result behind it, as in 'i j, j k -> i k'`>
    : never
  : never

/** The operands of `Rest` bound to the shapes one by one. */
type Operands<
  P extends string,
  Rest extends string,
  Shapes extends readonly string[],
  R extends string,
  Env extends string = ';',
> = Shapes extends readonly [infer S extends string, ...infer More extends readonly string[]]
  ? S extends unknown
    ? Wide<S> extends true
      ? Ok<string>
      : Rest extends `${infer H},${infer T}`
        ? More extends readonly []
          ? HowMany<P, More>
          : Bind<`${H} `, Ended<S>, Env> extends infer E
            ? E extends string
              ? Operands<P, T, More, R, E>
              : Unbound<P, S, E>
            : never
        : More extends readonly []
          ? Bind<`${Rest} `, Ended<S>, Env> extends infer E
            ? E extends string
              ? Result<P, E, Axes<`${R} `, E>>
              : Unbound<P, S, E>
            : never
          : HowMany<P, More>
    : never
  : HowMany<P, Shapes>

/** What is said of another number of tensors than a pattern has operands; of a list whose shapes are not known, this is seen when it runs. */
type HowMany<P extends string, Shapes extends readonly string[]> = true extends (
  number extends Shapes['length']
    ? WideMember<Shapes[number]>
    : false
)
  ? Ok<string>
  : Err<`einsum: '${P}': give as many tensors as there are parts before '->', which ',' separates`>

type WideMember<S extends string> = S extends unknown ? Wide<S> : never

/**
 * What names stand for, `;i=batch;j=3;`, with those of the words `W` for the axes `D`. Words and axes end with a space each, as `Ended` has them, so that one
 * step takes the next of both. `...` stands for as many axes as the words behind it leave. What does not fit is a tuple, for `Unbound` to put into words: a
 * step here is taken for every word, and would cost the compiler more with what the sentences need.
 */
type Bind<W extends string, D extends string, Env extends string> = W extends `${infer H} ${infer T}`
  ? H extends '' | '...'
    ? H extends ''
      ? Bind<T, D, Env>
      : BindBack<Words<T>, Dims<Unended<D>>, Env>
    : D extends `${infer X} ${infer U}`
      ? Env extends `${string};${H}=${infer Y};${string}`
        ? X extends Y
          ? Bind<T, U, Env>
          : InNormalForm<X> extends InNormalForm<Y>
            ? Bind<T, U, Env>
            : Differ<H, Y, X>
        : H extends NoName
          ? NoAxis<H>
          : Bind<T, U, `${Env}${H}=${X};`>
      : Fewer
  : D extends ''
    ? Env
    : More

/** From the last axis on, to the '...' whose axes are left. */
type BindBack<W extends readonly string[], D extends readonly string[], Env extends string> = W extends readonly [
  ...infer T extends string[],
  infer H extends string,
]
  ? D extends readonly [...infer R extends string[], infer X extends string]
    ? (H extends '...' ? NoAxis<H> : Bind<`${H} `, `${X} `, Env>) extends infer E
      ? E extends string
        ? BindBack<T, R, E>
        : E
      : never
    : Fewer
  : Env extends `${infer B};...=${infer L};${infer A}`
    ? Dims<L> extends infer Lead extends readonly string[]
      ? Fits<D, Lead> extends true
        ? Env
        : Fits<Lead, D> extends true
          ? `${B};...=${Join<D>};${A}`
          : Apart<L, Join<D>>
      : never
    : `${Env}...=${Join<D>};`

type Differ<H, Y, X> = readonly ['differ', H, Y, X]
type NoAxis<H> = readonly ['no axis', H]
type Apart<L, D> = readonly ['apart', L, D]
type Fewer = readonly ['fewer']
type More = readonly ['more']

/** The sentence for an operand whose words do not fit its shape. */
type Unbound<P extends string, S extends string, E> =
  E extends Differ<infer H extends string, infer Y extends string, infer X extends string>
    ? Err<`einsum: '${P}': '${H}' is '${Y}', and '${X}' in '${S}'`>
    : E extends NoAxis<infer H extends string>
      ? Err<`einsum: '${P}': '${H}' cannot stand there: an axis is a word of letters, digits and '_', and '...' stands once for any number`>
      : E extends Apart<infer L extends string, infer D extends string>
        ? Err<`einsum: '${P}': '...' is '${L}', and '${D}' in '${S}', of which neither broadcasts to the other`>
        : E extends Fewer
          ? Err<`einsum: '${P}': '${S}' has fewer axes than are written for it`>
          : Err<`einsum: '${P}': '${S}' has more axes than are written for it, '...' stands for the others`>

/** The axes that the words `W` of the result stand for, each taken out of `Env`; a word that is not there, in a tuple. */
type Axes<W extends string, Env extends string, Acc extends string = ''> = W extends `${infer H} ${infer T}`
  ? H extends ''
    ? Axes<T, Env, Acc>
    : Env extends `${infer B};${H}=${infer X};${infer A}`
      ? Axes<T, `${B};${A}`, X extends '' ? Acc : `${Acc}${X} `>
      : readonly [H]
  : Acc

type Result<P extends string, Env extends string, A> = A extends readonly [infer H extends string]
  ? Env extends `${string};${H}=${string}`
    ? Err<`einsum: '${P}': '${H}' stands twice in the result`>
    : Err<`einsum: '${P}': '${H}' in the result is no axis of an operand`>
  : A extends `${TooMany} `
    ? Err<`einsum: '${P}': a shape has at most 64 axes`>
    : Ok<Unended<A>>

/** A pattern taken apart. */
export interface EinsumPattern {
  readonly text: string
  readonly operands: readonly (readonly string[])[]
  readonly result: readonly string[]
}

export const einsumPattern = (text: string): Ok<EinsumPattern> | Err<string> => {
  const fault = patternFault('einsum', text)
  if (fault) return fault
  const arrow = text.indexOf('->')
  return arrow < 0
    ? err(`einsum: '${text}' has no '->': write the axes of the result behind it, as in 'i j, j k -> i k'`)
    : ok({ text, operands: text.slice(0, arrow).split(',').map(words), result: words(text.slice(arrow + 2)) })
}

/** What names and '...' stand for, filled operand by operand. */
interface Bindings {
  readonly names: Map<string, string>
  lead: readonly string[] | undefined
}

const isDots = (word: string): boolean => word === '...'

/** The axes that '...' stands for. */
const leadOf = (list: readonly string[], all: readonly string[]): readonly string[] | undefined =>
  beside(list, isDots, all.length).lead?.map(place => all[place] ?? '')

/** The names of one operand bound to the axes of its shape, and what is wrong with them. */
const bind = (text: string, list: readonly string[], s: string, bindings: Bindings): Err<string> | undefined => {
  const all = dims(s)
  for (const [word, place] of beside(list, isDots, all.length).pairs) {
    const axis = place === undefined ? undefined : all[place]
    if (axis === undefined) return err(`einsum: '${text}': '${s}' has fewer axes than are written for it`)
    const known = bindings.names.get(word)
    if (known === undefined && !isName(word))
      return err(
        `einsum: '${text}': '${word}' cannot stand there: an axis is a word of letters, digits and '_', and '...' stands once for any number`,
      )
    if (known !== undefined && !isSameAxis(known, axis)) return err(`einsum: '${text}': '${word}' is '${known}', and '${axis}' in '${s}'`)
    bindings.names.set(word, known ?? axis)
  }
  const own = leadOf(list, all)
  if (own === undefined)
    return list.length < all.length
      ? err(`einsum: '${text}': '${s}' has more axes than are written for it, '...' stands for the others`)
      : undefined
  const { lead = own } = bindings
  if (!fits(own, lead) && !fits(lead, own))
    return err(`einsum: '${text}': '...' is '${join(lead)}', and '${join(own)}' in '${s}', of which neither broadcasts to the other`)
  bindings.lead = fits(own, lead) ? lead : own
  return undefined
}

/** The rule for a pattern that has been taken apart. */
export const einsumOf = ({ text, operands, result }: EinsumPattern, shapes: readonly string[]): Rule => {
  const howMany = err(`einsum: '${text}': give as many tensors as there are parts before '->', which ',' separates`)
  const bindings: Bindings = { names: new Map(), lead: undefined }
  for (const [i, s] of shapes.entries()) {
    if (i >= operands.length || (i === operands.length - 1) !== (i === shapes.length - 1)) return howMany
    const fault = bind(text, operands[i] ?? [], s, bindings)
    if (fault) return fault
  }
  if (shapes.length === 0) return howMany
  const axes: string[] = []
  for (const [i, word] of result.entries()) {
    if (result.indexOf(word) < i) return err(`einsum: '${text}': '${word}' stands twice in the result`)
    const meant = word === '...' ? bindings.lead : bindings.names.get(word)
    if (meant === undefined) return err(`einsum: '${text}': '${word}' in the result is no axis of an operand`)
    axes.push(...[meant].flat())
  }
  return axes.length > 64 ? err(`einsum: '${text}': a shape has at most 64 axes`) : ok(join(axes))
}

export const einsum = (pattern: string, shapes: readonly string[]): Rule => {
  const parts = einsumPattern(pattern)
  return isErr(parts) ? parts : einsumOf(parts.shape, shapes)
}

/** What a pattern makes of shapes that obey it: a label for every axis. */
export interface EinsumAxes {
  /** Of each operand. An axis of size 1 that '...' stretches has no label. */
  readonly operands: readonly (readonly (string | undefined)[])[]
  readonly result: readonly string[]
}

/** The axes of '...' are labelled from the last on, since they broadcast from there; no name has a dot. */
export const einsumAxes = ({ operands, result }: EinsumPattern, shapes: readonly string[]): EinsumAxes => {
  const own = operands.map((list, i) => leadOf(list, dims(shapes[i] ?? '')) ?? [])
  const lead = own.reduce((widest, axes) => (fits(widest, axes) ? axes : widest))
  const labelled = (axes: readonly string[]): readonly (string | undefined)[] =>
    axes.map((axis, i) => (axis === lead[lead.length - axes.length + i] ? `...${axes.length - i}` : undefined))
  return {
    operands: operands.map((list, i) => list.flatMap(word => (word === '...' ? labelled(own[i] ?? []) : [word]))),
    result: result.flatMap(word => (word === '...' ? lead.map((_, i) => `...${lead.length - i}`) : [word])),
  }
}
