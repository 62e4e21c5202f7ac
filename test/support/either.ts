import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { PullbackError } from 'pullback'

/** The value of a `Right`; throws the error of a `Left`. */
export const right = <A>(either: Either<PullbackError, A>): A => {
  if (isLeft(either)) throw either.left
  return either.right
}

/** The tag and the message of the error in a `Left`. */
export const problem = (either: Either<PullbackError, unknown>): readonly [tag: string, message: string] => {
  if (isLeft(either)) return [either.left._tag, either.left.message]
  throw new Error('the Either is right')
}
