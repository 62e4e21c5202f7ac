import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { PullbackError } from 'pullback'

/** What an Either holds where it is right; its error is thrown where it is not. */
export const right = <A>(either: Either<PullbackError, A>): A => {
  if (isLeft(either)) throw either.left
  return either.right
}

/** The tag and the message of an Either that is left. */
export const problem = (either: Either<PullbackError, unknown>): readonly [tag: string, message: string] => {
  if (isLeft(either)) return [either.left._tag, either.left.message]
  throw new Error('the Either is right')
}
