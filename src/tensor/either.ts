/**
 * Either, made and read by its two constructors and a guard. The type is fp-ts' own; its module is not loaded, since it and what it imports
 * take longer to load than the rest of the library.
 */
import type { Either, Left } from 'fp-ts/lib/Either.js'

export type { Either }

export const left = <L>(value: L): Either<L, never> => ({ _tag: 'Left', left: value })

export const right = <A>(value: A): Either<never, A> => ({ _tag: 'Right', right: value })

export const isLeft = <L>(either: Either<L, unknown>): either is Left<L> => either._tag === 'Left'

/** The result of a function, or what its error means. */
export const tryCatch = <L, A>(f: () => A, onThrow: (error: unknown) => L): Either<L, A> => {
  try {
    return right(f())
  } catch (error) {
    return left(onThrow(error))
  }
}
