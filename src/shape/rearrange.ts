import { beside } from './beside.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type BindPart, type BoundNames, bindPart, type PatternCall, type SizedCall, type Wrong, wrong } from './group.js'
import { isNumeral } from './numeral.js'
import { type Grouped, joined, type LabelledPart, type LeftSide, type Meant, meant, type Noted } from './regroup.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { TooMany } from './valid.js'
import type { Wide } from './wide.js'
import { type PatternFault, type PatternPart, type PatternParts, patternFault, patternParts } from './words.js'

/**
 * Axes split, joined, moved, dropped and added by a pattern: `'b (h 2) -> b h 2'`. The rule of `rearrange`, `reduce` and `repeat`.
 *
 * On the left every axis has a name, a size, or a group of them that it is split into; of a group one size may be left out. A name stands
 * for the axis that it is written for, and the result has that axis. On the right a group is one axis again. `1` is an axis of size 1, and `...`
 * stands for any number of axes. Source: A. Rogozhnikov, "Einops: clear and reliable tensor manipulations with Einstein-like notation", ICLR 2022.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 4 }), { shape: '4 seq 3' })
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 5 }), {
 *   message: "rearrange: 'seq (h d) -> h seq d' of 'seq 12': with the sizes given '(h d)' does not make '12'",
 * })
 */
export type Rearrange<Op extends RearrangeOp, P extends string, S extends string, N = undefined> = P extends unknown
  ? S extends unknown
    ? N extends unknown
      ? true extends Wide<P> | Wide<S> | (0 extends 1 & N ? true : false)
        ? Ok<string>
        : [PatternFault<Op, P>] extends [never]
          ? P extends `${infer L}->${infer R}`
            ? Sides<PatternCall<Op, P, S, N extends undefined ? NoSizes : N>, PatternParts<L>, PatternParts<R>>
            : Err<`${Op}: '${P}' has no '->': write the axes before and after, as in 'a b -> b a'`>
          : PatternFault<Op, P>
      : never
    : never
  : never

/** Which axes may stand on one side alone: none, some on the left, or some on the right. */
export type RearrangeOp = 'rearrange' | 'reduce' | 'repeat'

type NoSizes = Record<never, never>

type Sides<C extends PatternCall, L extends readonly PatternPart[], R extends readonly PatternPart[]> = [keyof C['sizes']] extends [never]
  ? Left<C, L, R, Dims<C['shape']>>
  : SizesFault<C, WordIn<L[number] | R[number]>> extends infer F
    ? [F] extends [never]
      ? Left<C, L, R, Dims<C['shape']>>
      : F
    : never

type WordIn<T> = T extends readonly string[] ? T[number] : T

/** What is wrong with the sizes that the caller gives. */
type SizesFault<C extends PatternCall, W> = { [K in keyof C['sizes']]-?: SizeFault<C, K & string, C['sizes'][K], W> }[keyof C['sizes']]

type SizeFault<C extends PatternCall, K extends string, V, W> = string extends K
  ? Unsure<C, 'an axis'>
  : IsLiteral<V> extends true
    ? `${V & number}` extends `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`${C['op']}: the size of '${K}' is ${V & number}, give a whole number from 0 up`>
      : K extends W
        ? never
        : Err<`${C['op']}: '${C['pattern']}' has no axis '${K}', whose size is given`>
    : Unsure<C, `'${K}'`>

type Unsure<
  C extends PatternCall,
  Which extends string,
> = Err<`${C['op']}: the size of ${Which} is not one number to the compiler: write it out, as in { h: 4 }, or give a Tensor<string> and check the result with as`>

type IsLiteral<V, All = V> = [V] extends [never]
  ? false
  : number extends V
    ? false
    : V extends number
      ? [All] extends [V]
        ? true
        : false
      : false

/** From the first axis on, to '...' or the end. */
type Left<C extends PatternCall, L, R, D, Env extends string = ';'> = L extends readonly [infer H, ...infer T]
  ? H extends '...'
    ? LeftBack<C, T, R, D, Env>
    : D extends readonly [infer X extends string, ...infer U]
      ? BindPart<C, H, X, Env> extends infer E
        ? E extends string
          ? Left<C, T, R, U, E>
          : E
        : never
      : Wrong<C, 'it has fewer axes than are written'>
  : D extends readonly []
    ? Right<C, R, Env, undefined>
    : Wrong<C, "it has more axes than are written, '...' stands for the others">

/** From the last axis on, to the '...' whose axes are left. */
type LeftBack<C extends PatternCall, L, R, D, Env extends string> = L extends readonly [...infer T, infer H]
  ? D extends readonly [...infer U, infer X extends string]
    ? BindPart<C, H, X, Env> extends infer E
      ? E extends string
        ? LeftBack<C, T, R, U, E>
        : E
      : never
    : Wrong<C, 'it has fewer axes than are written'>
  : Right<C, R, Env, D>

/** The axes of the result, one after another; `Seen` are the names and '...' that it has so far. */
type Right<
  C extends PatternCall,
  R,
  Env extends string,
  Lead,
  Seen extends string = ';',
  Acc extends readonly string[] = [],
> = R extends readonly [infer H, ...infer T]
  ? H extends readonly string[]
    ? Grouped<C, H, Env, Lead, Seen> extends infer G
      ? G extends { readonly axis: infer X extends string; readonly seen: infer Z extends string }
        ? Right<C, T, Env, Lead, Z, [...Acc, X]>
        : G
      : never
    : H extends string
      ? Meant<C, H, Env, Lead, Seen> extends infer X
        ? X extends readonly string[]
          ? Right<C, T, Env, Lead, Noted<Seen, H>, [...Acc, ...X]>
          : X
        : never
      : never
  : C['op'] extends 'reduce'
    ? Done<C, Join<Acc>>
    : Lost<C, Env, Lead, Seen> extends infer F
      ? [F] extends [never]
        ? Done<C, Join<Acc>>
        : F
      : never

type Done<C extends PatternCall, S extends string> = S extends TooMany ? Wrong<C, 'a shape has at most 64 axes'> : Ok<S>

/** What stands on the left and not on the right, where nothing may be lost. */
type Lost<C extends PatternCall, Env extends string, Lead, Seen extends string> = Env extends `;${infer H}=${string};${infer T}`
  ? Seen extends `${string};${H};${string}`
    ? Lost<C, `;${T}`, Lead, Seen>
    : Wrong<C, `'${H}' is not on the right, reduce takes axes away`>
  : Lead extends readonly string[]
    ? Seen extends `${string};...;${string}`
      ? never
      : Wrong<C, "'...' is not on the right, reduce takes axes away">
    : never

/** A pattern taken apart. */
export interface RearrangePattern {
  readonly text: string
  readonly left: readonly PatternPart[]
  readonly right: readonly PatternPart[]
}

export const rearrangePattern = (op: RearrangeOp, text: string): Ok<RearrangePattern> | Err<string> => {
  const fault = patternFault(op, text)
  if (fault) return fault
  const arrow = text.indexOf('->')
  return arrow < 0
    ? err(`${op}: '${text}' has no '->': write the axes before and after, as in 'a b -> b a'`)
    : ok({ text, left: patternParts(text.slice(0, arrow)), right: patternParts(text.slice(arrow + 2)) })
}

/** What a pattern makes of a shape that obeys it. */
export interface RearrangedAxes {
  readonly shape: string
  /** The parts of each axis of the argument, but for sizes of 1. */
  readonly left: readonly (readonly LabelledPart[])[]
  /** The parts of each axis of the result; what is not on the left is new. */
  readonly right: readonly (readonly LabelledPart[])[]
}

const sizesFault = (op: RearrangeOp, { text, left, right }: RearrangePattern, sizes: Sized): Err<string> | undefined => {
  const all = new Set([left, right].flat(2))
  for (const [name, size] of Object.entries(sizes)) {
    if (!/^\d+$/.test(`${size}`)) return err(`${op}: the size of '${name}' is ${size}, give a whole number from 0 up`)
    if (!all.has(name)) return err(`${op}: '${text}' has no axis '${name}', whose size is given`)
  }
  return undefined
}

/** Sizes by the names of a pattern. */
type Sized = SizedCall['sizes']

const leftSide = (call: SizedCall, { left }: RearrangePattern): LeftSide | Err<string> => {
  const all = dims(call.shape)
  const { pairs, lead } = beside(left, part => part === '...', all.length)
  const names: BoundNames = new Map()
  const parts = all.map((axis, i): readonly LabelledPart[] => [{ label: `...${i}`, axis }])
  for (const [part, place] of pairs) {
    const axis = place === undefined ? undefined : all[place]
    if (place === undefined || axis === undefined) return wrong(call, 'it has fewer axes than are written')
    const found = bindPart(call, part, axis, names)
    if (isErr(found)) return found
    parts[place] = found.flatMap((own, i) =>
      own.name === undefined && own.axis === '1' ? [] : [{ label: own.name ?? `${place}.${i}`, axis: own.axis }],
    )
  }
  if (lead === undefined && pairs.length < all.length) return wrong(call, "it has more axes than are written, '...' stands for the others")
  return { names, lead: lead?.flatMap(place => parts[place] ?? []), parts }
}

/** The rule for a pattern that has been taken apart, with what `derived/` needs to follow it. */
export const rearrangeAxes = (
  op: RearrangeOp,
  pattern: RearrangePattern,
  s: string,
  sizes: Sized = {},
): Ok<RearrangedAxes> | Err<string> => {
  const fault = sizesFault(op, pattern, sizes)
  if (fault) return fault
  const call: SizedCall = { op, pattern: pattern.text, shape: s, sizes }
  const side = leftSide(call, pattern)
  if (isErr(side)) return side
  const seen = new Set<string>()
  const [axes, right]: [string[], (readonly LabelledPart[])[]] = [[], []]
  for (const part of pattern.right) {
    const own: LabelledPart[] = []
    for (const word of typeof part === 'string' ? [part] : part) {
      const found = meant(call, word, side, seen)
      if (isErr(found)) return found
      own.push(...found)
      if (!isNumeral(word)) seen.add(word)
    }
    const one =
      typeof part === 'string'
        ? undefined
        : joined(
            call,
            own.map(({ axis }) => axis),
          )
    if (isErr(one)) return one
    axes.push(...(one === undefined ? own.map(({ axis }) => axis) : [one]))
    right.push(...(one === undefined ? own.map(each => [each]) : [own]))
  }
  if (op !== 'reduce') {
    const lost = [...side.names.keys(), ...(side.lead ? ['...'] : [])].find(name => !seen.has(name))
    if (lost !== undefined) return wrong(call, `'${lost}' is not on the right, reduce takes axes away`)
  }
  return axes.length > 64 ? wrong(call, 'a shape has at most 64 axes') : ok({ shape: join(axes), left: side.parts, right })
}

export const rearrange = (op: RearrangeOp, pattern: string, s: string, sizes?: Sized): Rule => {
  const parts = rearrangePattern(op, pattern)
  if (isErr(parts)) return parts
  const axes = rearrangeAxes(op, parts.shape, s, sizes)
  return isErr(axes) ? axes : ok(axes.shape.shape)
}
