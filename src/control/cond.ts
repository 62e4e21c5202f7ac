/**
 * `cond` runs one of two functions, which a bool chooses.
 *
 * @example
 * import { cond, greater, log, mul, pipe, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const f = (x: Tensor<''>) => pipe(x, cond(greater(0)(x), (y: Tensor<''>) => log(y), (y: Tensor<''>) => pipe(y, mul(2))))
 * assert.equal(toNumber(f(tensor(1))), 0)
 * assert.equal(toNumber(f(tensor(-3))), -6)
 */
import { castTo } from '../primitives/index.js'
import type { Expect } from '../shape/index.js'
import { checkFunction, described, fail, isTensor, show, type Tensor, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { choose } from './choose.js'
import type { KeepsForm } from './form.js'

/** The message for functions without a type for their argument. */
type Unknown = "cond: annotate the argument, as in cond(p, (x: Tensor<'3'>) => …, (x: Tensor<'3'>) => …)"

const nameOf = (place: number): string => (place === 0 ? 'the function for false' : 'the function for true')

/**
 * A function of a tree that is `onTrue` where the predicate holds and `onFalse` where it does not. One of them runs. So what the other one would
 * divide by zero does not make a gradient NaN, which `where` cannot avoid.
 *
 * Both are traced, so they may not look at numbers, and they may close over anything. Under `vmap` with a predicate that differs by example, both
 * run for all examples and each result is chosen, as in JAX: then it is a `where`.
 *
 * **Shapes**: `(x: A) → R` twice becomes `A → R`, for any trees.
 * **Errors**: a predicate that is no bool, or no scalar; results of different form, shape or dtype.
 * **Source**: `jax.lax.cond`.
 *
 * @example
 * import { cond, grad, greater, mul, pipe, sqrt, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const root = (x: Tensor<''>) => pipe(x, cond(greater(0)(x), (y: Tensor<''>) => sqrt(y), (y: Tensor<''>) => pipe(y, mul(0))))
 * assert.equal(toNumber(grad(root)(tensor(0))), 0)
 * assert.equal(toNumber(grad(root)(tensor(4))), 0.25)
 *
 * @category control flow
 */
export const cond = <A extends object = Unannotated, R extends object = object, Q extends object = R, F = unknown, G = unknown>(
  predicate: Tensor<'', 'bool'>,
  onTrue: Annotated<Unknown, A, (x: A) => R, F>,
  onFalse: Annotated<Unknown, readonly [A], (x: A) => Q, G, Expect<KeepsForm<'cond: the result for true', 'and for false', R, Q>, unknown>>,
): ((x: A) => R) => {
  if (!isTensor(predicate))
    fail({ _tag: 'ArgumentError', op: 'cond', detail: `the predicate is ${show(predicate)}: give a bool '', as in tensor(true)` })
  if (predicate.dtype !== 'bool' || predicate.sizes.length > 0)
    fail({ _tag: 'ArgumentError', op: 'cond', detail: `the predicate is ${described(predicate)}: give a bool ''` })
  const [yes, no] = [typed<(x: unknown) => unknown>(onTrue), typed<(x: unknown) => unknown>(onFalse)]
  checkFunction('cond', yes, 'give one for true and one for false, as in cond(p, f, g)')
  checkFunction('cond', no, 'give one for true and one for false, as in cond(p, f, g)')
  return x => typed<R>(choose('cond', nameOf, castTo(predicate, 'int32'), [no, yes], x))
}
