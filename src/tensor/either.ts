/** Failures as values and failures thrown: every function that gives an `Either` has a twin `…OrThrow` that throws what would be its `Left`. */
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { fail, failure, isPullbackError, type PullbackError } from './error.js'
import { show } from './show.js'

const unread = (error: unknown): string => `the data cannot be read (${show(error)})`

/** What reads data of the caller's, in which a proxy or a getter may throw anything: that becomes an error of this library. */
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

/** What an `Either` holds where it is right; its error is thrown where it is not. */
export const orThrow = <A>(either: Either<PullbackError, A>): A => {
  if (isLeft(either)) throw either.left
  return either.right
}
