/** The rules of dtypes: which ones an operation takes. Each is a type and a function of one name, with one message. */
import { type Err, err, isErr, type Ok, ok } from '../shape/index.js'
import { type DType, type Float, type Integer, isFloat, isInteger, type Numeric } from './dtype.js'
import { fail } from './error.js'

/** The dtype that a rule allows, or a thrown DTypeError. */
export const heldDType = (rule: Ok<DType> | Err<string>): DType =>
  isErr(rule) ? fail({ _tag: 'DTypeError', detail: rule.message }) : rule.shape

/** A union of dtypes in words, `float32 or int32`, so that there is one sentence for it. @category type-level */
export type DTypeText<D> =
  `${Word<D, 'float32'>}${Word<D, 'float64'>}${Word<D, 'int32'>}${Word<D, 'uint32'>}${Word<D, 'bool'>}` extends `${infer T} or ` ? T : ''
type Word<D, W extends DType> = W extends D ? `${W} or ` : ''

/**
 * The rule that two operands have one dtype. Where either may be any dtype, or both are the same union, the rule is left to run time; else
 * every dtype of the one must be the dtype of the other.
 */
export type SameDType<Op extends string, A extends DType, B extends DType> = true extends (
  [A] extends [never]
    ? true
    : [B] extends [never]
      ? true
      : false
)
  ? Err<NoTensor<Op>>
  : [DType] extends [A]
    ? Ok<A>
    : [DType] extends [B]
      ? Ok<A>
      : [A, B] extends [B, A]
        ? Ok<A>
        : Err<`${Op}: ${DTypeText<A>} and ${DTypeText<B>}: dtypes differ, cast one of them`>
export const sameDType = (op: string, a: DType, b: DType): Ok<DType> | Err<string> =>
  a === b ? ok(a) : err(`${op}: ${a} and ${b}: dtypes differ, cast one of them`)

/** The operations that exist as layers of a model, too. */
const layersToo = [
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'softplus',
  'sigmoid',
  'tanh',
  'softmax',
  'logSoftmax',
  'flatten',
] as const
type LayerToo = (typeof layersToo)[number]

/** What an operation says of an argument that is no tensor. @category type-level */
export type NoTensor<Op extends string> =
  `${Op}: the argument is not a tensor: make one with tensor or fromArray${Op extends LayerToo ? `, in a model use layer.${Op}` : ''}`

/** The end of a message about an argument that is no tensor: it points to the layer of the same name, if there is one. */
export const layerToo = (op: string): string => (layersToo.some(name => name === op) ? `, in a model use layer.${op}` : '')

/**
 * The rule that there is a dtype at all. `D` is `never`, the default in signatures of operations, where the argument is no tensor, because
 * nothing then says what its dtype is.
 */
type Given<Op extends string, D extends DType> = [D] extends [never] ? Err<NoTensor<Op>> : Ok<D>

/** The dtype of a result: that of the argument, or any where the argument is no tensor. */
export type Settled<D extends DType> = [D] extends [never] ? DType : NoInfer<D>

/** The rule for operands of any dtype. */
export type AnyDType<Op extends string, D extends DType> = Given<Op, D>

/** The rule for operands that must be floats. */
export type FloatDType<Op extends string, D extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Float]
    ? Given<Op, D>
    : Err<`${Op}: needs a float dtype, not ${DTypeText<Exclude<D, Float>>}: cast('float32') first`>
export const floatDType = (op: string, dtype: DType): Ok<DType> | Err<string> =>
  isFloat(dtype) ? ok(dtype) : err(`${op}: needs a float dtype, not ${dtype}: cast('float32') first`)

/** The rule for operands that must be numbers, not bools. */
export type NumericDType<Op extends string, D extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Numeric]
    ? Given<Op, D>
    : Err<`${Op}: needs numbers, not bool: cast('float32') or cast('int32') first`>
export const numericDType = (op: string, dtype: DType): Ok<DType> | Err<string> =>
  dtype === 'bool' ? err(`${op}: needs numbers, not ${dtype}: cast('float32') or cast('int32') first`) : ok(dtype)

/** The rule for operands whose bits are worked on: integers and bools. */
export type BitsDType<Op extends string, D extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Integer | 'bool']
    ? Given<Op, D>
    : Err<`${Op}: needs bool, int32 or uint32, not ${DTypeText<Exclude<D, Integer | 'bool'>>}`>
export const bitsDType = (op: string, dtype: DType): Ok<DType> | Err<string> =>
  isFloat(dtype) ? err(`${op}: needs bool, int32 or uint32, not ${dtype}`) : ok(dtype)

/** The rule for operands that must be integers. */
export type IntegerDType<Op extends string, D extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Integer]
    ? Given<Op, D>
    : Err<`${Op}: needs int32 or uint32, not ${DTypeText<Exclude<D, Integer>>}`>
export const integerDType = (op: string, dtype: DType): Ok<DType> | Err<string> =>
  isInteger(dtype) ? ok(dtype) : err(`${op}: needs int32 or uint32, not ${dtype}`)

/** The rule for operands that count or point: their `What`, such as indices, must be integers. */
export type IndexDType<Op extends string, What extends string, D extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Integer]
    ? Given<Op, D>
    : Err<`${Op}: ${What} are ${DTypeText<Exclude<D, Integer>>}: cast('int32') first`>
export const indexDType = (op: string, what: string, dtype: DType): Ok<DType> | Err<string> =>
  isInteger(dtype) ? ok(dtype) : err(`${op}: ${what} are ${dtype}: cast('int32') first`)

/** The rule for operands that must have one dtype, `Wanted`. */
export type ExactDType<Op extends string, D extends DType, Wanted extends DType> = [DType] extends [D]
  ? Ok<D>
  : [D] extends [Wanted]
    ? Given<Op, D>
    : Err<`${Op}: needs ${Wanted}, not ${DTypeText<Exclude<D, Wanted>>}`>
export const exactDType = (op: string, dtype: DType, wanted: DType): Ok<DType> | Err<string> =>
  dtype === wanted ? ok(dtype) : err(`${op}: needs ${wanted}, not ${dtype}`)
