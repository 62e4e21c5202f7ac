/**
 * What a shape rule gives: the shape of the result, or the sentence that says why there is none.
 *
 * Every rule is a pair of twins in one file, a type for the compiler and a function for run time, of one name, one meaning and
 * one message. A parameter that must obey a rule has `Expect<rule, Tensor<...>>` as its type: the tensor where the rule holds and the
 * bare message where it does not, so that the last line the compiler prints is the sentence itself.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.strictEqual(shape.isErr(shape.broadcast('add', 'batch 10', '10')), false)
 */

/** The rule holds; `shape` is the shape of the result. */
export interface Ok<S> {
  readonly shape: S
}

/** The rule does not hold; `message` reads `op: what differs`, then what to do. It never has a line break. */
export interface Err<M> {
  readonly message: M
}

/** What the run-time twin of a rule returns. */
export type Rule = Ok<string> | Err<string>

export const ok = <const S>(shape: S): Ok<S> => ({ shape })

export const err = <const M extends string>(message: M): Err<M> => ({ message })

/** Whether a rule has failed. This is also for rules that give positions, ranges or bindings. */
export const isErr = <R>(result: R): result is Extract<R, Err<string>> =>
  typeof result === 'object' && result !== null && 'message' in result

/** The messages of the failing members of a rule's result. */
export type MessageOf<R> = R extends Err<infer M> ? M : never

/**
 * `T` where every member of `R` holds, else the message: the type of a parameter that must obey a rule.
 * It does not distribute: a union with one bad member is rejected.
 */
export type Expect<R, T> = [Extract<R, Err<string>>] extends [never] ? T : MessageOf<R>

/** The shape a rule gives, `never` where it fails. */
export type ShapeOf<R> = R extends Ok<infer S extends string> ? S : never
