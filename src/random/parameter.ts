/**
 * Parameters of distributions: a number for all draws, or a tensor that is stretched to their shape.
 *
 * A tensor has names whose sizes are known, so the shape of the draws may use them without further sizes, and a dtype, which the draws have.
 */
import { held } from '../ops/apply-rule.js'
import { type Drawn, drawn } from '../shape/drawn.js'
import { dims, type Expect, type Given, join, type Ok, type Shape } from '../shape/index.js'
import {
  at,
  checkSizes,
  type DType,
  type Float,
  fail,
  heldDType,
  heldSizes,
  isFloat,
  isTensor,
  type NamesGiven,
  resolveSizes,
  type SameDType,
  type Sizes,
  sameDType,
  show,
  sizeOfAxis,
  type Tensor,
  type Value,
  wellFormed,
} from '../tensor/index.js'
import type { Key } from './key.js'

/** A parameter of a distribution: a number, or a tensor that broadcasts to the shape of the draws. @category model */
export type Parameter = number | Tensor<string, Float>

/** The shape of a parameter; that of a number is ''. @category type-level */
export type ParameterShape<P> = P extends Tensor<infer S, DType> ? S : ''

/** The dtype of draws with such parameters: that of the tensors among them, else float32. @category type-level */
export type ParameterDType<P> = [P] extends [number] ? 'float32' : P extends Tensor<string, infer D> ? D : never

/** The dtypes that may be asked for: with numbers either, with tensors theirs. @category type-level */
export type ParameterChoice<P> = [P] extends [number] ? Float : ParameterDType<P>

/** The rule that two parameters which are tensors have one dtype. @category type-level */
export type SameParameters<Op extends string, A, B> = [A] extends [Tensor<string, infer DA extends DType>]
  ? [B] extends [Tensor<string, infer DB extends DType>]
    ? SameDType<Op, DA, DB>
    : Ok<''>
  : Ok<''>

/** The axes of two shapes side by side, whose names are all known. */
type Both<A extends string, B extends string> = A extends '' ? B : B extends '' ? A : `${A} ${B}`

/** A shape to which the parameters, of the shapes `A` and `B`, broadcast, and whose other names have sizes in `G`. @category type-level */
export type DrawnShape<Op extends string, A extends string, B extends string, S extends string, G> = Expect<
  Shape<S>,
  Expect<Drawn<Op, A | B, S>, Expect<NamesGiven<Op, Both<A, B>, S, G>, S>>
> &
  string

/** A draw from parameters of the shapes `A` and `B`: of the dtype `D`, or of one of `F` that is asked for. @category type-level */
export interface DrawBy<Op extends string, A extends string, B extends string, D extends DType, F extends DType> {
  <const S extends string>(shape: DrawnShape<Op, A, B, S, undefined>): (key: Key) => Tensor<S, D>
  <const S extends string, const G extends Sizes | undefined>(shape: DrawnShape<Op, A, B, S, G>, sizes: G): (key: Key) => Tensor<S, D>
  <const S extends string, const G extends Sizes | undefined, E extends F | undefined>(
    shape: DrawnShape<Op, A, B, S, G>,
    sizes: G,
    dtype: E,
  ): (key: Key) => Tensor<S, NoInfer<Given<E, D>>>
}

/** A draw of floats from one parameter. @category type-level */
export type DrawByOne<Op extends string> = <const A extends Parameter>(
  parameter: A,
) => DrawBy<Op, ParameterShape<A>, '', ParameterDType<A>, ParameterChoice<A>>

/** A draw of floats from two parameters. @category type-level */
export type DrawByTwo<Op extends string> = <const A extends Parameter, const B extends Parameter>(
  first: A,
  second: Expect<SameParameters<Op, A, B>, B>,
) => DrawBy<Op, ParameterShape<A>, ParameterShape<B>, ParameterDType<A | B>, ParameterChoice<A | B>>

/** A draw of one dtype from parameters of the shapes `A` and `B`. @category type-level */
export interface DrawOfBy<Op extends string, A extends string, B extends string, D extends DType> {
  <const S extends string>(shape: DrawnShape<Op, A, B, S, undefined>): (key: Key) => Tensor<S, D>
  <const S extends string, const G extends Sizes | undefined>(shape: DrawnShape<Op, A, B, S, G>, sizes: G): (key: Key) => Tensor<S, D>
}

/** Numbers that a parameter may be: from `least` on, or those above `above`, up to `most` or below `below`. */
export interface Limits {
  readonly least?: number
  readonly above?: number
  readonly most?: number
}

const inWords = ({ least, above, most }: Limits): string => {
  const from = above === undefined ? (least === undefined ? '' : ` from ${least}`) : ` above ${above}`
  return most === undefined ? `a finite number${from}` : `a number${from} ${above === undefined ? 'to' : 'and at most'} ${most}`
}

const isWithin = (x: number, { least, above, most }: Limits): boolean =>
  Number.isFinite(x) && (least === undefined || x >= least) && (above === undefined || x > above) && (most === undefined || x <= most)

/** A parameter that has been checked. */
export interface Held {
  readonly name: string
  readonly value: number | Value
}

/**
 * A parameter as it is given: a number within limits, or a tensor of floats, whose numbers nobody looks at.
 *
 * **Errors**: a number beyond the limits, and what is neither a number nor a tensor; a tensor of another dtype.
 */
export const parameter = (op: string, name: string, given: unknown, limits: Limits): Held => {
  if (isTensor(given)) {
    if (!isFloat(given.dtype))
      fail({ _tag: 'DTypeError', detail: `${op}: ${name} is ${given.dtype}: a parameter is a number or a tensor of float32 or float64` })
    return { name, value: given }
  }
  return typeof given === 'number' && isWithin(given, limits)
    ? { name, value: given }
    : fail({ _tag: 'ArgumentError', op, detail: `${name} is ${show(given)}: give ${inWords(limits)}, or a tensor of such numbers` })
}

/** The tensors among parameters. */
export const tensorsOf = (parameters: readonly Held[]): readonly Value[] =>
  parameters.flatMap(({ value }) => (typeof value === 'number' ? [] : [value]))

/** The one dtype of the tensors among parameters, if there are any. */
export const dtypeOf = (op: string, parameters: readonly Held[]): DType | undefined => {
  const [first, ...others] = tensorsOf(parameters)
  for (const other of others) heldDType(sameDType(op, first?.dtype ?? other.dtype, other.dtype))
  return first?.dtype
}

/** The sizes of draws: their shape is one to which all tensors broadcast, and its names have the sizes that they have there, or that are given. */
export const drawnSizes = (
  op: string,
  shape: string,
  given: Sizes | undefined,
  tensors: readonly { readonly shape: string; readonly sizes: readonly number[] }[],
): readonly number[] => {
  if (tensors.length === 0) return resolveSizes(op, shape, given)
  for (const tensor of tensors) held(drawn(op, tensor.shape, wellFormed(op, shape)))
  const own = Object.fromEntries(tensors.flatMap(x => dims(x.shape).map((axis, i) => [axis, at(x.sizes, i)] as const)))
  const names = { ...own, ...heldSizes(op, given) }
  const sizes = dims(shape).map(axis => (Object.hasOwn(own, axis) ? own[axis] : undefined) ?? sizeOfAxis(op, shape, axis, names))
  const asked = dims(shape).filter(axis => given !== undefined && Object.hasOwn(given, axis))
  checkSizes(op, [...tensors, { shape: join(asked), sizes: asked.map(axis => names[axis] ?? 0) }, { shape, sizes }])
  return sizes
}
