/**
 * The rules for batches and states that are given to a step, a fold or an evaluation. The compiler prints their sentences where a batch or
 * a state does not fit.
 */
import type { State, StateOf } from '../optimizer/index.js'
import { dims, type Err, err, join, type Ok, ok, type Rule } from '../shape/index.js'
import { type DType, fail, heldDType, isTensor, reading, show, type Tensor, typed } from '../tensor/index.js'
import type { Batched } from '../transform/index.js'

/** `P` are the parameters, `F` is the type function of the optimizer: from parameters to its state. @category model */
export interface TrainState<P, F extends StateOf> {
  readonly params: P
  readonly optimizer: State<F, P>
  /** Steps taken so far. */
  readonly step: Tensor<'', 'int32'>
}

/** A batch of examples: inputs and targets with one leading axis, whose name the caller chooses. @category model */
export interface Batch<B extends string, I extends string, T> {
  readonly input: Tensor<Leading<B, I>>
  readonly target: Batched<NoInfer<B>, T>
}

type Leading<B extends string, S extends string> = string extends S ? string : S extends '' ? B : `${B} ${S}`

/** Whether nothing is known of a type: it is `any`, or `never` as is the batch of an empty list. */
type Unknowable<T> = 0 extends 1 & T ? true : [T] extends [never] ? true : false

/**
 * The rule for a batch: its input has one more axis than the model takes, and its target is what the loss takes, with the same axis in
 * front. @category type-level
 */
export type BatchRule<Op extends string, I extends string, T, G> =
  Unknowable<G> extends true
    ? Ok<string>
    : [G] extends [{ readonly input: Tensor<infer S, infer D>; readonly target: infer U }]
      ? InputRule<Op, I, S, D> extends infer R
        ? R extends Ok<infer B extends string>
          ? TargetRule<Op, B, T, U>
          : R
        : never
      : Err<`${Op}: a batch is { input, target }, an input tensor and what the loss takes`>

/** The leading axis of a batch's input, or the sentence that says why it has none. @category type-level */
export type InputRule<Op extends string, I extends string, S extends string, D extends DType> = [D] extends ['float32']
  ? string extends S | I
    ? Ok<string>
    : LeadingAxis<I, S> extends infer B extends string
      ? [B] extends [never]
        ? [S] extends [I]
          ? Err<`${Op}: the input '${S}' is one example: a batch has a leading axis, as in '${Leading<'batch', I>}'`>
          : Err<`${Op}: the input is '${S}', the model takes a batch of '${I}'`>
        : Ok<B>
      : never
  : Err<`${Op}: the input is ${D}, the model takes float32: cast('float32') first`>

/** The axis before the axes of an example; `never` unless there is exactly one. */
type LeadingAxis<I extends string, S extends string> = I extends ''
  ? S extends '' | `${string} ${string}`
    ? never
    : S
  : S extends `${infer B} ${I}`
    ? B extends `${string} ${string}`
      ? never
      : B
    : never

/** The rule that the target of a batch is what the loss takes, with the leading axis of the input. @category type-level */
export type TargetRule<Op extends string, B extends string, T, U> = [U] extends [Batched<B, T>]
  ? Ok<B>
  : [U, T] extends [Tensor<infer US, infer UD>, Tensor<infer TS, infer TD>]
    ? Several<T> extends true
      ? Err<`${Op}: the target is ${UD} '${US}', which none of the losses to choose from takes`>
      : [UD] extends [TD]
        ? Err<`${Op}: the target is '${US}', the loss takes '${Leading<B, TS>}'`>
        : Err<`${Op}: the target is ${UD}, the loss takes ${TD}: cast('${TD}') first`>
    : Err<`${Op}: the target has another form than the loss takes`>

/** Whether a type is a union, as where one of two losses is chosen at run time. */
type Several<T, All = T> = true extends (T extends unknown ? ([All] extends [T] ? false : true) : never) ? true : false

/** The rule that a state belongs to the step's own model and optimizer. @category type-level */
export type StateRule<Op extends string, P, F extends StateOf, S> = [S] extends [TrainState<P, F>]
  ? Ok<''>
  : [S] extends [{ readonly params: infer Q; readonly optimizer: unknown }]
    ? [Q] extends [P]
      ? Err<`${Op}: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer`>
      : Err<`${Op}: the state is of another model than the step: make it with train.init(model, optimizer) of the same model`>
    : Err<`${Op}: the state is no training state: make it with train.init(model, optimizer)`>

/** The twin of `InputRule`: the leading axis of a batch's input. */
export const inputRule = (op: string, example: string, shape: string): Rule => {
  const [lead, ...rest] = dims(shape)
  if (lead !== undefined && join(rest) === example) return ok(lead)
  return shape === example
    ? err(`${op}: the input '${shape}' is one example: a batch has a leading axis, as in '${join(['batch', ...dims(example)])}'`)
    : err(`${op}: the input is '${shape}', the model takes a batch of '${example}'`)
}

/** Checks as much of a batch as can be checked before the loss is given its target. Gives the name of the leading axis. */
export const checkBatch = (op: string, example: string, given: unknown): string => {
  const batch: unknown = reading(op, () => (typeof given === 'object' && given !== null ? { ...given } : given))
  if (typeof batch !== 'object' || batch === null || !('input' in batch && 'target' in batch) || !isTensor(batch.input))
    return fail({ _tag: 'ArgumentError', op, detail: 'a batch is { input, target }, an input tensor and what the loss takes' })
  const { input } = batch
  heldDType(
    input.dtype === 'float32' ? ok(input.dtype) : err(`${op}: the input is ${input.dtype}, the model takes float32: cast('float32') first`),
  )
  const rule = inputRule(op, example, input.shape)
  return 'message' in rule ? fail({ _tag: 'ShapeError', detail: rule.message }) : typed<string>(rule.shape)
}

/** Refuses batches that cannot be iterated. */
export const checkIterable = <T>(op: string, batches: Iterable<T>): Iterable<T> => {
  const given: unknown = batches
  const isIterable =
    given !== null && given !== undefined && reading(op, () => typeof Reflect.get(Object(given), Symbol.iterator) === 'function')
  return isIterable
    ? batches
    : fail({ _tag: 'ArgumentError', op, detail: `${show(given)} is no list of batches: give what data.batches made, or an array` })
}
