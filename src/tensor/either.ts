/**
 * Failures as values, and failures thrown. Every function that gives an `Either` has a twin, `…OrThrow`, that throws what would be its
 * `Left`.
 */
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { fail, failure, isPullbackError, type PullbackError } from './error.js'
import { show } from './show.js'

const unread = (error: unknown): string => `the data cannot be read (${show(error)})`

/** Runs a function that reads the caller's data. A proxy or a getter in it may throw anything, which becomes an error of this library. */
export const reading = <A>(where: string, read: () => A): A => {
  try {
    return read()
  } catch (error) {
    if (isPullbackError(error)) throw error
    return fail({ _tag: 'DataError', where, detail: unread(error) })
  }
}

/** What a function gives, or the error that it throws. */
export const caught = <A>(where: string, f: () => A): Either<PullbackError, A> =>
  tryCatch(f, error => (isPullbackError(error) ? error : failure({ _tag: 'DataError', where, detail: unread(error) })))

/** The value of a `Right`; throws the error of a `Left`. */
export const orThrow = <A>(either: Either<PullbackError, A>): A => {
  if (isLeft(either)) throw either.left
  return either.right
}
