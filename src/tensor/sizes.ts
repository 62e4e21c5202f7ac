/** A dimension string and its sizes: those that a caller gives for its names, and the one check that string and sizes agree. */
import { type Algebra, evaluated, formOf, isSigned, normal, type Sign, type Signed, type Tokens } from '../shape/expression.js'
import {
  shape as checkShape,
  type Dims,
  dims,
  type Err,
  type Expect,
  type Given,
  isErr,
  isNumeral,
  type Ok,
  type Shape,
  type Wide,
} from '../shape/index.js'
import { at, type DType } from './dtype.js'
import { fail } from './error.js'
import { heldSizes } from './given.js'
import type { DTypeNamed, NamedDType } from './named-dtype.js'
import { shorten, show } from './show.js'
import { relabel, sizeOf, type Tensor, type Value } from './tensor.js'

/** The names in a dimension string, those inside expressions such as 'batch+4' too. */
export type NamesOf<S extends string> = Dims<S>[number] extends infer A ? Part<A> : never
type Part<A> = A extends `${number}` ? never : A extends Signed ? Exclude<Tokens<A>[number], Sign | `${number}`> : A

export interface Sizes {
  readonly [name: string]: number
}

/** The sizes that go with a dimension string: one for each name. */
export type SizesOf<S extends string> = string extends S
  ? Sizes | undefined
  : [NamesOf<S>] extends [never]
    ? { readonly [name: string]: never } | undefined
    : { readonly [N in NamesOf<S> & string]: number }

/** A dimension string that is well formed, or the sentence that says why it is not. */
export type WellFormed<S extends string> = Expect<Shape<S>, S> & string

/** A dimension string without names, which says all of its sizes itself, or the sentence that asks for the others. */
export type Sized<Op extends string, S extends string> = Expect<Shape<S>, Expect<NamelessRule<Op, S>, S>> & string

type NamelessRule<Op extends string, S extends string> = S extends unknown ? (string extends S ? Ok<S> : SizesRule<Op, S, Dims<S>>) : never

type SizesRule<Op extends string, S extends string, D extends readonly string[]> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? [Part<H>] extends [never]
    ? SizesRule<Op, S, T>
    : NoSize<Op, S, FirstName<H>>
  : Ok<S>

/** The rule that the caller gives sizes, in `G`, for all names that `To` has and `From` has not. `G` may be undefined. */
export type NamesGiven<Op extends string, From extends string, To extends string, G> = G extends unknown
  ? From extends unknown
    ? To extends unknown
      ? true extends Wide<From> | Wide<To>
        ? Ok<To>
        : NewNames<Op, To, Dims<To>, Dims<From>[number], GivenNames<G>>
      : never
    : never
  : never

type NewNames<Op extends string, S extends string, D extends readonly string[], Own, Named> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? [H extends Own ? never : Exclude<Part<H>, Named | Own>] extends [never]
    ? NewNames<Op, S, T, Own, Named>
    : NoSize<Op, S, FirstName<H, Named | Own>>
  : Ok<S>

/** The names that are sure to have sizes, which are those of properties that may not be missing. */
type GivenNames<G> = string extends keyof G ? string : { [K in keyof G]-?: Record<never, never> extends Pick<G, K> ? never : K }[keyof G]

type NoSize<
  Op extends string,
  S extends string,
  Name extends string,
> = Err<`${Op}: '${Name}' in '${S}' has no size: give one, as in ${Op}('${S}', { ${Name}: 32 })`>

/** The first name in an axis that is not among `Known`. */
type FirstName<A extends string, Known = never> = A extends Signed ? FirstOf<Tokens<A>, Sign | `${number}` | Known> : A
type FirstOf<T extends readonly string[], Known> = T extends readonly [infer H extends string, ...infer R extends readonly string[]]
  ? H extends Known
    ? FirstOf<R, Known>
    : H
  : never

/**
 * A constructor from a dimension string: alone where it has no names, with their sizes where it has, of float32 or of the dtype given. The
 * overloads differ in the number of arguments, so that only the one meant is judged and its sentence printed.
 */
export interface Constructor<Op extends string> {
  <const S extends string>(shape: Sized<Op, S>): Tensor<S>
  <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): Tensor<S>
  <const S extends string, D extends DType | undefined>(
    shape: WellFormed<S>,
    sizes: SizesOf<S>,
    dtype: D,
  ): Tensor<S, NoInfer<Given<D, 'float32'>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const S extends string, const D extends string>(
    shape: WellFormed<S>,
    sizes: SizesOf<S>,
    dtype: Expect<NamedDType<Op, D>, D>,
  ): Tensor<S, DTypeNamed<NoInfer<D>>>
}

/** A dimension string that is well formed. `op` is who was given one, for the error where it is no string; a string's own error names the string. */
export const wellFormed = (op: string, text: string): string => {
  if (typeof text !== 'string')
    return fail({
      _tag: 'ShapeError',
      detail: `${op}: ${show(text)} is no dimension string: write ${typeof text === 'number' ? `'${text}'` : "one such as 'batch 784'"}`,
    })
  const rule = checkShape(text)
  // The message contains the text itself, which may be of any length.
  return isErr(rule)
    ? fail({
        _tag: 'ShapeError',
        detail: shorten(
          rule.message.replaceAll(text, () => shorten(text, 120)),
          400,
        ),
      })
    : rule.shape
}

/** The size of one axis of a dimension string: a number, a name that the caller has given a size, or an expression of them. */
export const sizeOfAxis = (op: string, text: string, axis: string, sizes: Sizes | undefined): number => {
  const sizeOfName = (name: string): number => {
    const size = sizes !== undefined && sizes !== null && Object.hasOwn(sizes, name) ? sizes[name] : undefined
    if (Number.isSafeInteger(size) && size !== undefined && size >= 0) return size
    const [shown, whole] = [shorten(name), shorten(text)]
    return fail({
      _tag: 'ArgumentError',
      op,
      detail:
        size === undefined
          ? `'${shown}' in '${whole}' has no size: give one, as in ${op}('${whole}', { ${shown}: 32 })`
          : `'${shown}' in '${whole}' is ${show(size)}: a size is a whole number from 0 up`,
    })
  }
  if (!isSigned(axis)) return isNumeral(axis) ? Number(axis) : sizeOfName(axis)
  const size = evaluated<number>(axis, { ...numbers, name: sizeOfName })
  if (isErr(size)) return fail({ _tag: 'ShapeError', detail: `${op}: ${size.message}` })
  return size >= 0
    ? size + 0
    : fail({ _tag: 'ArgumentError', op, detail: `'${shorten(axis)}' is ${size}: a size is a whole number from 0 up` })
}

/** Expressions as numbers. */
const numbers: Omit<Algebra<number>, 'name'> = {
  number: Number,
  plus: (x, y) => x + y,
  minus: x => -x,
  times: (x, y) => x * y,
  floorDivide: (x, by) => Math.floor(x / Number(by)),
}

/** The sizes along a dimension string's axes; their product is one that can be counted. */
export const resolveSizes = (op: string, text: string, sizes: Sizes | undefined): readonly number[] => {
  const held = heldSizes(op, sizes)
  const resolved = dims(wellFormed(op, text)).map(axis => sizeOfAxis(op, text, axis, held))
  const entries = sizeOf(resolved)
  return Number.isSafeInteger(entries) && resolved.every(Number.isSafeInteger)
    ? resolved
    : fail({
        _tag: 'ArgumentError',
        op,
        detail: `'${text}' (${resolved.join(' ')}) has more entries than can be counted: at most 2^53 - 1`,
      })
}

/** A dimension string with the sizes that it describes. */
interface Labelled {
  readonly shape: string
  readonly sizes: readonly number[]
}

const sameSize = (op: string, axis: string, first: number, second: number): void => {
  if (first !== second) fail({ _tag: 'SizeError', op, axis, first, second })
}

/** What is known of sizes. */
interface Known {
  /** The sizes of names, and those of expressions whose names have none yet, by their normal forms. */
  readonly sizes: Map<string, number>
  /** The sizes of names as texts, which is what they mean in an expression. */
  readonly meanings: { [name: string]: string }
}

const learn = ({ sizes, meanings }: Known, name: string, size: number): void => {
  sizes.set(name, size)
  // A plain assignment to the name '__proto__' would set the prototype.
  Object.defineProperty(meanings, name, { value: String(size), configurable: true })
}

/**
 * An expression such as 'batch+4' is as long as its names make it. Where one name in it has no size yet, a sum of it and numbers gives it one; where
 * several have none, and where it is in a quotient, the expression is a name of its own, and waits for the others: then this is false.
 */
const checkExpression = (op: string, known: Known, axis: string, size: number): boolean => {
  const [first, rest, ...others] = formOf(axis, known.meanings)
  const name = first?.factors.length === 1 ? first.factors[0] : undefined
  if (others.length === 0 && typeof name === 'string' && (rest?.factors.length ?? 0) === 0) {
    const own = (BigInt(size) - (rest?.times ?? 0n)) / (first?.times ?? 1n)
    if (own < 0n || own * (first?.times ?? 1n) + (rest?.times ?? 0n) !== BigInt(size))
      fail({ _tag: 'ShapeError', detail: `${op}: '${axis}' is ${size}, which no size of '${name}' makes` })
    learn(known, name, Number(own))
    return true
  }
  if (others.length === 0 && rest === undefined && (first?.factors.length ?? 0) === 0) {
    sameSize(op, axis, Number(first?.times ?? 0n), size)
    return true
  }
  const key = normal(axis)
  sameSize(op, axis, known.sizes.get(key) ?? size, size)
  known.sizes.set(key, size)
  return false
}

/**
 * The one place where dimension strings are held against sizes. A number in a string is the size of its axis, a name has one size in all the
 * tensors given, and an expression is as long as its names make it.
 *
 * **Errors**: a SizeError that names the operation, the axis and both sizes.
 */
export const checkSizes = (op: string, tensors: readonly Labelled[]): void => {
  const known: Known = { sizes: new Map(), meanings: {} }
  const expressions = new Map<string, readonly [axis: string, size: number]>()
  for (const { shape, sizes } of tensors) {
    const axes = dims(shape)
    if (axes.length !== sizes.length) fail({ _tag: 'InternalError', detail: `${op}: '${shape}' is said of the sizes (${sizes.join(' ')})` })
    for (let i = 0; i < axes.length; i += 1) {
      const axis = axes[i] ?? ''
      const size = at(sizes, i)
      if (isNumeral(axis)) sameSize(op, axis, Number(axis), size)
      else if (isSigned(axis)) expressions.set(`${size} ${axis}`, [axis, size])
      else {
        const own = known.sizes.get(axis)
        if (own === undefined) learn(known, axis, size)
        else sameSize(op, axis, own, size)
      }
    }
  }
  // An expression may give a name the size that another one waits for: those that wait are looked at until nothing more comes of it.
  let waiting = [...expressions.values()]
  for (let before = Number.POSITIVE_INFINITY; waiting.length > 0 && waiting.length < before; ) {
    before = waiting.length
    waiting = waiting.filter(([axis, size]) => !checkExpression(op, known, axis, size))
  }
}

/**
 * The same numbers under another dimension string, once it has been checked against the sizes. For results whose string is put together
 * from those of several tensors, or comes from outside. `op` is what the user called.
 */
export const labelled = (op: string, shape: string, x: Value): Value => {
  if (shape === x.shape) return x
  checkSizes(op, [{ shape, sizes: x.sizes }])
  return relabel(shape, x)
}
