/**
 * `customJvp` gives a function tangents of one's own: where a derivative is known in closed form, such as that of an implicit function.
 *
 * @example
 * import { customJvp, grad, jvp, log, mul, pipe, reciprocal, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const logarithm = customJvp(
 *   (x: Tensor<''>) => log(x),
 *   (x, t) => [log(x), pipe(t, mul(reciprocal(x)))],
 * )
 * assert.equal(toNumber(jvp(logarithm)(tensor(4), tensor(2))[1]), 0.5)
 * assert.equal(toNumber(grad(logarithm)(tensor(4))), 0.25)
 */
import type { Err, Expect, Ok } from '../shape/index.js'
import { checkFunction, type DType, fail, type Tensor, typed, unflatten } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { leavesOfRule, withRule } from './custom-call.js'
import { customJvpOf } from './custom-jvp-operation.js'

const op = 'customJvp'

/** A rule's tangent has the form, shapes and dtypes of the result. @category type-level */
export type TangentRule<R, T> = [T] extends [R]
  ? Ok<''>
  : [R, T] extends [Tensor<infer S, infer D extends DType>, Tensor<infer ST, infer DT extends DType>]
    ? Err<`customJvp: the rule's tangent is ${DT} '${ST}', not ${D} '${S}'`>
    : T extends { readonly [K in keyof R]: unknown }
      ? { readonly [K in keyof R]: TangentRule<R[K], T[K]> }[keyof R]
      : Err<"customJvp: 'tangent' has another form than the function has">

/** What a rule gives, where it is a value and a tangent. */
const checkPair = <P>(pair: P): P => {
  if (!(Array.isArray(pair) && pair.length === 2))
    fail({ _tag: 'ArgumentError', op, detail: 'the rule gives a pair: the value and the tangent, as in (x, t) => [value, tangent]' })
  return pair
}

/** The message for a function without a type for its argument. */
type Unknown = "customJvp: annotate the argument, as in customJvp((x: Tensor<'3'>) => …, (x, t) => [value, tangent])"

/**
 * A function with a rule for its derivative: `rule(x, t)` is the value and the tangent at x along t, as `jvp` gives them. The tangent must be linear
 * in t.
 *
 * Forward mode uses the rule; reverse mode transposes the part of it that depends on t. The function itself is used where nothing is
 * differentiated. Higher derivatives are those of the rule. Both are traced where the function is called inside another trace, so neither may look at
 * numbers. Both may close over any values, also those of a function that is being traced, if these are not differentiated themselves. An
 * integer or a bool in the argument has a tangent of zeros. A rule may call its own function, for derivatives of any order. If it makes a
 * function anew each time, whose rule makes one again, then from the fifth order on these may close over nothing that the first four do not.
 *
 * **Errors**: differentiating with respect to a value that the function or the rule closes over; a rule whose value or tangent has another form;
 * in reverse mode, a tangent that is not linear in t.
 * **Source**: `jax.custom_jvp`.
 *
 * @example
 * import { abs, add, customJvp, div, grad, greater, mul, pipe, sub, tensor, toNumber, whileLoop, type Tensor } from 'pullback'
 *
 * // √a by Newton's iteration, whose derivative does not go through the loop: x² = a, so 2 x dx = da.
 * const newton = (a: Tensor<''>) =>
 *   whileLoop(
 *     (x: Tensor<''>) => pipe(x, mul(x), sub(a), abs, greater(1e-5)),
 *     (x: Tensor<''>) => pipe(a, div(x), add(x), mul(0.5)),
 *   )(a)
 * const root = customJvp(newton, (a, da) => {
 *   const x = newton(a)
 *   return [x, pipe(da, div(x), mul(0.5))]
 * })
 * assert.equal(toNumber(grad(root)(tensor(4))), 0.25)
 *
 * @category transformations
 */
export const customJvp = <A extends object = Unannotated, R extends object = Unannotated, T = R, G = unknown>(
  f: Annotated<Unknown, A, (x: A) => R, G>,
  given: Expect<TangentRule<R, T>, (x: A, tangent: A) => readonly [value: R, tangent: T]>,
): ((x: A) => R) => {
  const own = typed<(x: unknown) => unknown>(f)
  const rule = typed<(x: unknown, tangent: unknown) => readonly [value: unknown, tangent: unknown]>(given)
  checkFunction(op, own, 'give one of tensors, and its rule')
  checkFunction(op, rule, 'give a rule after the function, (x, t) => [value, tangent]')
  const call = withRule(
    op,
    own,
    ({ leaves, structure, results, resultStructure }) => ({
      further: leaves,
      run: values => {
        const [value, tangent] = checkPair(
          rule(unflatten(structure, values.slice(0, leaves.length)), unflatten(structure, values.slice(leaves.length))),
        )
        return [
          ...leavesOfRule(op, 'value', value, resultStructure, results),
          ...leavesOfRule(op, 'tangent', tangent, resultStructure, results),
        ]
      },
    }),
    customJvpOf,
  )
  return x => typed<R>(call(x))
}
