import { beside } from './beside.js'
import { type Dims, dims, type Join, join } from './dims.js'
import {
  type BindGroup,
  type BindWord,
  type BoundNames,
  bindPart,
  type NoAxis,
  type PatternCall,
  type SizedCall,
  type Twice,
  type Wrong,
  wrong,
} from './group.js'
import { isNumeral } from './numeral.js'
import { joined, type LabelledPart, type LeftSide, meant, type Right } from './regroup.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type Odd, odd } from './valid.js'
import type { Wide } from './wide.js'
import {
  type Ended,
  type NoName,
  type PatternFault,
  type PatternPart,
  type PatternParts,
  patternFault,
  patternParts,
  type Special,
  type Unended,
  type Unfit,
} from './words.js'

/**
 * Axes split, joined, moved, dropped and added by a pattern: `'b (h 2) -> b h 2'`. The rule of `rearrange`, `reduce` and `repeat`.
 *
 * On the left every axis has a name, a size, or a group of them that it is split into; of a group one size may be left out. A name stands
 * for the axis that it is written for, and the result has that axis. On the right a group is one axis again. `1` is an axis of size 1, and `...`
 * stands for any number of axes. Source: A. Rogozhnikov, "Einops: clear and reliable tensor manipulations with Einstein-like notation", ICLR 2022.
 *
 * The type asks for S first, which a function of the tensor learns last: what the compiler has found for its parameter it then finds again for its result.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 4 }), { shape: '4 seq 3' })
 * assert.deepStrictEqual(shape.rearrange('rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 5 }), {
 *   message: "rearrange: 'seq (h d) -> h seq d' of 'seq 12': with the sizes given '(h d)' does not make '12'",
 * })
 */
export type Rearrange<Op extends RearrangeOp, P extends string, S extends string, N = undefined> = S extends unknown
  ? P extends unknown
    ? N extends unknown
      ? true extends Wide<`${P} ${S}`> | (0 extends 1 & N ? true : false)
        ? Ok<string>
        : P extends Unfit
          ? PatternFault<Op, P>
          : P extends `${infer L}->${infer R}`
            ? N extends undefined
              ? Sides<PatternCall<Op, P, S, NoSizes>, `${L} `, `${R} `>
              : SizesFault<Op, P, ` ${L} ${R} `, N> extends infer F
                ? [F] extends [never]
                  ? Sides<PatternCall<Op, P, S, N>, `${L} `, `${R} `>
                  : F
                : never
            : Err<`${Op}: '${P}' has no '->': write the axes before and after, as in 'a b -> b a'`>
      : never
    : never
  : never

/** Which axes may stand on one side alone: none, some on the left, or some on the right. */
export type RearrangeOp = 'rearrange' | 'reduce' | 'repeat'

type NoSizes = Record<never, never>

/** What is wrong with the sizes that the caller gives; `Both` are the two sides of the pattern. */
type SizesFault<Op extends string, P extends string, Both extends string, N> = {
  [K in keyof N]-?: SizeFault<Op, P, Both, K & string, N[K]>
}[keyof N]

type SizeFault<Op extends string, P extends string, Both extends string, K extends string, V> = string extends K
  ? Unsure<Op, 'an axis'>
  : IsLiteral<V> extends true
    ? `${V & number}` extends NoSize
      ? Err<`${Op}: the size of '${K}' is ${V & number}, give a whole number from 0 up`>
      : K extends NoWord
        ? NoAxisOf<Op, P, K>
        : Both extends `${string}${' ' | '('}${K}${' ' | ')'}${string}`
          ? never
          : NoAxisOf<Op, P, K>
    : Unsure<Op, `'${K}'`>

type NoSize = `${string}${'-' | '.' | 'e'}${string}`
type NoWord = '' | `${string}${' ' | Odd}${string}`
type NoAxisOf<Op extends string, P extends string, K extends string> = Err<`${Op}: '${P}' has no axis '${K}', whose size is given`>

type Unsure<
  Op extends string,
  Which extends string,
> = Err<`${Op}: the size of ${Which} is not one number to the compiler: write it out, as in { h: 4 }, or give a Tensor<string> and check the result with as`>

/** Whether the compiler knows a number, and only one. */
type IsLiteral<V, All = V> = [V] extends [never]
  ? false
  : number extends V
    ? false
    : V extends number
      ? [All] extends [V]
        ? true
        : false
      : false

/** Both sides, whose words end with a space each. */
type Sides<C extends PatternCall, L extends string, R extends string> =
  Left<C, L, Ended<C['shape']>> extends infer E ? (E extends string ? Right<C, R, E, E> : E) : never

/**
 * What the names of the words `L` stand for, `;h=8;d=64;`, from the first axis on. Each axis in `D` ends with a space, as each word does, so that one step
 * takes the next of both. `...` stands for as many axes as the parts behind it leave.
 */
type Left<C extends PatternCall, L extends string, D extends string, Env extends string = ';'> = L extends `${infer H} ${infer T}`
  ? H extends Special
    ? H extends ''
      ? Left<C, T, D, Env>
      : L extends `(${infer G})${infer U}`
        ? D extends `${infer X} ${infer V}`
          ? BindGroup<C, `${G} `, X, Env, G> extends infer E
            ? E extends string
              ? Left<C, U, V, E>
              : E
            : never
          : Fewer<C>
        : H extends '...'
          ? LeftBack<C, PatternParts<T>, Dims<Unended<D>>, Env>
          : D extends ''
            ? Fewer<C>
            : NoAxis<C, H>
    : D extends `${infer X} ${infer V}`
      ? H extends NoName | keyof C['sizes']
        ? BindWord<C, H, X, Env> extends infer E
          ? E extends string
            ? Left<C, T, V, E>
            : E
          : never
        : Env extends `${string};${H}=${string}`
          ? Twice<C, H>
          : Left<C, T, V, `${Env}${H}=${X};`>
      : Fewer<C>
  : D extends ''
    ? Env
    : Wrong<C, "it has more axes than are written, '...' stands for the others">

type Fewer<C extends PatternCall> = Wrong<C, 'it has fewer axes than are written'>

/** From the last axis on, to the '...' whose axes are left. */
type LeftBack<C extends PatternCall, L, D extends readonly string[], Env extends string> = L extends readonly [
  ...infer T,
  infer H extends string,
]
  ? D extends readonly [...infer U extends readonly string[], infer X extends string]
    ? (H extends '...' ? NoAxis<C, H> : Left<C, `${H} `, `${X} `, Env>) extends infer E
      ? E extends string
        ? LeftBack<C, T, U, E>
        : E
      : never
    : Fewer<C>
  : `${Env}...=${Join<D>};`

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

/** Whether a word stands on a side of a pattern. */
const stands = (word: string, { text }: RearrangePattern): boolean =>
  word !== '' &&
  !word.includes(' ') &&
  !odd.test(word) &&
  [' ', '('].some(before => [' ', ')'].some(after => ` ${text.replace('->', ' ')} `.includes(`${before}${word}${after}`)))

const sizesFault = (op: RearrangeOp, pattern: RearrangePattern, sizes: Sized): Err<string> | undefined => {
  for (const [name, size] of Object.entries(sizes)) {
    if (!/^\d+$/.test(`${size}`)) return err(`${op}: the size of '${name}' is ${size}, give a whole number from 0 up`)
    if (!stands(name, pattern)) return err(`${op}: '${pattern.text}' has no axis '${name}', whose size is given`)
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
