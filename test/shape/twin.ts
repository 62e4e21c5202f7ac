import { expect } from 'vitest'
import type { Equal } from '../../types-tests/assert.js'

/** The same type as one literal would have: all readonly, without names of interfaces. */
type Plain<T> = { readonly [K in keyof T]: Plain<T[K]> }

type Same<R, E> = Equal<Plain<R>, Plain<E>> extends true ? unknown : { readonly theTypeSays: R }

/**
 * The type-level result `R` and the run-time result of a rule, held against one literal: the compiler checks that the literal's type is `R`,
 * the test that the function returns its value.
 */
export const twin =
  <R>() =>
  <const E>(actual: unknown, expected: E & Same<R, E>): void =>
    expect(actual).toStrictEqual(expected)
