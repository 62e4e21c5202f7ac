/**
 * `switchCase` runs one of several functions, which an integer chooses.
 *
 * @example
 * import { exp, neg, sin, switchCase, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const f = (i: number) => switchCase(tensor(i, 'int32'), [(x: Tensor<''>) => sin(x), (x: Tensor<''>) => neg(x), (x: Tensor<''>) => exp(x)])
 * assert.deepEqual([0, 1, 2].map(i => toNumber(f(i)(tensor(0)))), [0, -0, 1])
 */
import { checkFunction, described, fail, isTensor, show, type Tensor, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { choose } from './choose.js'

/** The message for functions without a type for their argument. */
type Unknown = "switchCase: annotate the arguments, as in switchCase(i, [(x: Tensor<'3'>) => …, (x: Tensor<'3'>) => …])"

/**
 * A function of a tree that is the function at this place of the list. One of them runs. A number below 0 is the first, and one beyond the last is
 * the last. As in `cond`, all of them are traced, and under `vmap` with numbers that differ by example all of them run.
 *
 * **Shapes**: `(x: A) → R` in each place becomes `A → R`, for any trees.
 * **Errors**: a number that is no int32, or no scalar; no function; results of different form, shape or dtype.
 * **Source**: `jax.lax.switch`.
 *
 * @example
 * import { mul, pipe, switchCase, tensor, toNested, type Tensor } from 'pullback'
 *
 * const times = [1, 2, 3].map(n => (x: Tensor<'2'>) => pipe(x, mul(n)))
 * assert.deepEqual(toNested(switchCase(tensor(1, 'int32'), times)(tensor([5, 7]))), [10, 14])
 * assert.deepEqual(toNested(switchCase(tensor(9, 'int32'), times)(tensor([5, 7]))), [15, 21])
 *
 * @category control flow
 */
export const switchCase = <A extends object = Unannotated, R extends object = object, G = unknown>(
  index: Tensor<'', 'int32'>,
  functions: readonly Annotated<Unknown, A, (x: A) => R, G>[],
): ((x: A) => R) => {
  if (!isTensor(index))
    fail({ _tag: 'ArgumentError', op: 'switchCase', detail: `the number is ${show(index)}: give an int32 '', as in tensor(1, 'int32')` })
  if (index.dtype !== 'int32' || index.sizes.length > 0)
    fail({ _tag: 'ArgumentError', op: 'switchCase', detail: `the number is ${described(index)}: give an int32 ''` })
  if (!Array.isArray(functions)) return fail({ _tag: 'ArgumentError', op: 'switchCase', detail: 'give the functions in a list' })
  const all = typed<readonly ((x: unknown) => unknown)[]>(functions)
  for (const f of all) checkFunction('switchCase', f, 'give a list of functions, as in switchCase(i, [f, g])')
  return x => typed<R>(choose('switchCase', place => `function ${place}`, index, all, x))
}
