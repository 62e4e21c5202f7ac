/**
 * Assertions for tests of programs with tensors, for any test runner: this entry needs nothing but the library.
 *
 * Exact comparison needs no help: `assert.deepStrictEqual` and `toEqual` see the numbers of tensors. These compare within a tolerance, as
 * rounding asks for, and name the worst entry.
 *
 * @example
 * import { mul, pipe, tensor } from 'pullback'
 * import { assertAllClose } from 'pullback/testing'
 *
 * assertAllClose(pipe(tensor([0.1, 0.2]), mul(3)), tensor([0.3, 0.6]))
 * assert.throws(() => assertAllClose({ w: tensor([[1, 2.5]]) }, { w: tensor([[1, 2]]) }), {
 *   message:
 *     'assertAllClose: 1 of 2 entries is beyond the tolerance, the worst is w[0, 1]: 2.5 where 2 is expected, ' +
 *     'a difference of 0.5 where 0.0000126 is allowed (atol 0.00001 + rtol 0.0000013 · |expected|)',
 * })
 */
import { compare, type Tolerance } from './all-close.js'

export type { Tolerance } from './all-close.js'

/**
 * Throws where two trees of tensors differ in form, shapes or dtypes, or in a number by more than atol + rtol · |expected|.
 *
 * Unless told otherwise, the tolerance is that of `torch.testing.assert_close` for the dtype: rtol 1.3e-6 and atol 1e-5 for float32, 1e-7 and
 * 1e-7 for float64, none for integers and bools. NaN is close to NaN, an infinity to itself; -0 is close to 0.
 *
 * **Errors**: the first place at which forms, shapes or dtypes differ; else how many numbers do, and of the worst one the place, both values,
 * the difference and what was allowed. A tolerance below 0.
 * **Source**: https://docs.pytorch.org/docs/stable/testing.html
 *
 * @example
 * import { tensor } from 'pullback'
 * import { assertAllClose } from 'pullback/testing'
 *
 * assertAllClose([tensor([1, 2])], [tensor([1.01, 2])], { rtol: 0.02 })
 *
 * @category laws
 */
export const assertAllClose = (actual: object, expected: object, tolerance?: Tolerance): void => {
  const { pass, message } = compare('assertAllClose', actual, expected, tolerance)
  if (!pass) throw Object.assign(new Error(message), { name: 'AssertionError' })
}

/**
 * What the matchers add to `expect`, for the compiler. One line in your project makes it known to vitest,
 * `declare module 'vitest' { interface Matchers<T> extends AllCloseMatchers<T> {} }`,
 * and one to jest, `declare module 'expect' { interface Matchers<R> extends AllCloseMatchers<R> {} }`.
 *
 * @category type-level
 */
export interface AllCloseMatchers<R = unknown> {
  /** Trees of tensors within a tolerance of those expected, as `assertAllClose` has it. */
  toBeAllClose(expected: object, tolerance?: Tolerance): R
}

/** What a matcher of vitest and jest gives. @category model */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * Matchers for vitest and jest: `expect.extend(matchers)`, then `expect(actual).toBeAllClose(expected, { rtol: 1e-4 })`.
 *
 * @example
 * import { tensor } from 'pullback'
 * import { matchers } from 'pullback/testing'
 *
 * assert.ok(matchers.toBeAllClose(tensor([1]), tensor([1 + 1e-7])).pass)
 *
 * @category laws
 */
export const matchers: {
  readonly toBeAllClose: (actual: object, expected: object, tolerance?: Tolerance) => MatcherResult
} = {
  toBeAllClose: (actual, expected, tolerance) => {
    const { pass, message } = compare('toBeAllClose', actual, expected, tolerance)
    return { pass, message: () => message }
  },
}
