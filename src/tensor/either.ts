/** Failures as values and failures thrown: every function that gives an `Either` has a twin `…OrThrow` that throws what would be its `Left`. */
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { failure, isPullbackError, type PullbackError } from './error.js'

/** What a function gives, or the error that it throws. */
export const caught = <A>(where: string, f: () => A): Either<PullbackError, A> =>
  tryCatch(f, error => (isPullbackError(error) ? error : failure({ _tag: 'DataError', where, detail: String(error) })))

/** What an `Either` holds where it is right; its error is thrown where it is not. */
export const orThrow = <A>(either: Either<PullbackError, A>): A => {
  if (isLeft(either)) throw either.left
  return either.right
}
