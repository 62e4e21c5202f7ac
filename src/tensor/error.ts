/**
 * What can go wrong, as a tagged union: fields first, the message derived from them.
 * At the border (files, decoding, user data) failures are values in an `Either`; inside, a defect is thrown with the same tags.
 *
 * @example
 * import { fromArray } from 'pullback'
 * import { isLeft } from 'fp-ts/lib/Either.js'
 *
 * const bad = fromArray('batch 2')([[1, 2], [3]])
 * assert.ok(isLeft(bad) && bad.left._tag === 'ShapeError')
 */
import { type Err, isErr, type Ok } from '../shape/index.js'
import { errorAt } from './frames.js'
import { shortenMiddle } from './show.js'

export type Failure =
  /** Shapes, axes or sizes that do not fit. */
  | { readonly _tag: 'ShapeError'; readonly detail: string }
  /** One name, two sizes. */
  | { readonly _tag: 'SizeError'; readonly op: string; readonly axis: string; readonly first: number; readonly second: number }
  | { readonly _tag: 'DTypeError'; readonly detail: string }
  /** A number that should point into an axis and does not; `what` it is: an index, a label. */
  | { readonly _tag: 'IndexError'; readonly op: string; readonly what: string; readonly index: number; readonly size: number }
  /** A traced value used where a number is needed, or after its trace has ended. */
  | { readonly _tag: 'TraceError'; readonly detail: string }
  /** Numbers that are on a device and have not come yet, used where they are needed at once. */
  | { readonly _tag: 'PendingError'; readonly op: string; readonly detail: string }
  /** Something that is not a tensor, a record or a tuple of them. */
  | { readonly _tag: 'TreeError'; readonly op: string; readonly path: string; readonly detail: string }
  /** Data from outside that does not decode; `where` is a file, a row or a path. */
  | { readonly _tag: 'DataError'; readonly where: string; readonly detail: string }
  /** An argument out of its range. */
  | { readonly _tag: 'ArgumentError'; readonly op: string; readonly detail: string }
  /** Something that the JavaScript runtime lacks or forbids. */
  | { readonly _tag: 'PlatformError'; readonly op: string; readonly detail: string }
  /** A NaN or an infinity that `debug.nonFinite` has found: which operation made it, where, and which frame of a stack wrote that. */
  | {
      readonly _tag: 'NonFiniteError'
      readonly op: string
      readonly operation: string
      readonly part: 'forward' | 'backward'
      readonly frame: string
      /** The entry of the result, and the rounds of the loops around the operation, the outermost first. */
      readonly index: readonly number[]
      readonly rounds: readonly number[]
      readonly value: number
      readonly detail: string
    }
  /** A defect of this library. */
  | { readonly _tag: 'InternalError'; readonly detail: string }

/** @category errors */
export type PullbackError = Error & Failure

const messageOf = (failure: Failure): string => {
  switch (failure._tag) {
    case 'ShapeError':
    case 'DTypeError':
    case 'TraceError':
      return failure.detail
    case 'SizeError':
      return `${failure.op}: '${failure.axis}' is ${failure.first} in one place and ${failure.second} in another: one name has one size`
    case 'IndexError':
      return failure.size === 0
        ? `${failure.op}: ${failure.what} ${failure.index} points into an axis of size 0`
        : `${failure.op}: ${failure.what} ${failure.index} is outside 0 to ${failure.size - 1}: indices and class labels count from 0`
    case 'TreeError':
      return `${failure.op}: ${failure.path === '' ? 'the argument' : `'${failure.path}'`} ${failure.detail}`
    case 'DataError':
      return `${failure.where}: ${failure.detail}`
    case 'ArgumentError':
    case 'PlatformError':
    case 'PendingError':
    case 'NonFiniteError':
      return `${failure.op}: ${failure.detail}`
    case 'InternalError':
      return `defect in pullback: ${failure.detail}`
  }
}

const nameOf = (tag: string): string => `PullbackError (${tag})`

/** The most characters of a message. Names in a shape may be of any length; the error's fields have them whole. */
const longest = 600

/** Makes an error value; nothing is thrown. Its stack begins where the caller's own files do. */
export const failure = (fields: Failure): PullbackError => {
  const name = nameOf(fields._tag)
  return Object.assign(errorAt(name, shortenMiddle(messageOf(fields), longest)), { name }, fields)
}

/** Throws; typed `never`, so that it can stand in an expression. */
export const fail = (fields: Failure): never => {
  throw failure(fields)
}

/**
 * The value that a rule about an option allows, or a thrown ArgumentError. The rule's message begins with the operation's name, which is
 * cut off here because it is a field of the error.
 */
export const heldArgument = <T>(op: string, rule: Ok<T> | Err<string>): T =>
  isErr(rule) ? fail({ _tag: 'ArgumentError', op, detail: rule.message.slice(op.length + 2) }) : rule.shape

type Operational = Exclude<Extract<Failure, { readonly op: string }>, { readonly _tag: 'NonFiniteError' }>

const withOp = (op: string, failure: Operational): Failure => {
  switch (failure._tag) {
    case 'SizeError':
      return { _tag: failure._tag, op, axis: failure.axis, first: failure.first, second: failure.second }
    case 'IndexError':
      return { _tag: failure._tag, op, what: failure.what, index: failure.index, size: failure.size }
    case 'TreeError':
      return { _tag: failure._tag, op, path: failure.path, detail: failure.detail }
    default:
      return { _tag: failure._tag, op, detail: failure.detail }
  }
}

/** What a message begins with: the name of an operation, possibly with its arguments, and a colon. */
const opening = /^[\w.]+(?:\([^()]*\))?: /

/**
 * The same failure under the name of another operation. Undefined where it has that name already, or is not about what an operation was
 * given.
 */
const renamed = (op: string, error: PullbackError): Failure | undefined => {
  const own = error.message.startsWith(op) && /^[:.(]/.test(error.message.slice(op.length))
  if (own) return undefined
  switch (error._tag) {
    case 'ShapeError':
    case 'DTypeError':
    case 'TraceError':
      return { _tag: error._tag, detail: `${op}: ${error.detail.replace(opening, '')}` }
    case 'SizeError':
    case 'IndexError':
    case 'TreeError':
    case 'ArgumentError':
    case 'PendingError':
      return withOp(op, error)
    default:
      return undefined
  }
}

/**
 * Throws an error that came up inside a function under that function's own name, because its user has called it and not the operations that
 * it is made of. It stands in a `catch`, so it costs nothing where nothing fails. It never stands around a function of the user's, whose
 * errors are left as they are.
 */
export const failAs = (op: string, error: unknown): never => {
  const failed = isPullbackError(error) ? renamed(op, error) : undefined
  throw failed ? failure(failed) : error
}

/** The result of a function, whose errors are given the name of `op`. */
export const calledAs = <A>(op: string, f: () => A): A => {
  try {
    return f()
  } catch (error) {
    return failAs(op, error)
  }
}

/**
 * Whether an error is of this library, whichever copy of it or realm made it.
 *
 * @example
 * import { isPullbackError, linspace } from 'pullback'
 *
 * try {
 *   linspace(0, 1, -1 as number)
 *   assert.fail()
 * } catch (error) {
 *   assert.ok(isPullbackError(error) && error._tag === 'ArgumentError')
 * }
 *
 * @category guards
 */
export const isPullbackError = (error: unknown): error is PullbackError => {
  try {
    return typeof error === 'object' && error !== null && '_tag' in error && 'name' in error && error.name === nameOf(String(error._tag))
  } catch {
    return false
  }
}
