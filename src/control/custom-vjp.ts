/**
 * `customVjp` gives a function a pullback of one's own: for numerical safety, or where a derivative is known in closed form.
 *
 * @example
 * import { customVjp, exp, grad, log1p, mul, pipe, sigmoid, tensor, toNumber, type Tensor } from 'pullback'
 *
 * // log(1 + e^x), whose derived gradient is inf / inf at 1000.
 * const logOnePlusExp = customVjp(
 *   (x: Tensor<''>) => pipe(x, exp, log1p),
 *   x => [pipe(x, exp, log1p), ct => pipe(ct, mul(sigmoid(x)))],
 * )
 * assert.equal(toNumber(grad(logOnePlusExp)(tensor(1000))), 1)
 */
import type { Err, Expect, Ok } from '../shape/index.js'
import { checkFunction, type DType, fail, type Tensor, typed, unflatten } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { leavesOfRule, withRule } from './custom-call.js'
import { customVjpOf } from './custom-vjp-operation.js'

const op = 'customVjp'

/** A rule's cotangent has the form, shapes and dtypes of the argument. @category type-level */
export type CotangentRule<A, C> = [C] extends [A]
  ? Ok<''>
  : [A, C] extends [Tensor<infer S, infer D extends DType>, Tensor<infer SC, infer DC extends DType>]
    ? Err<`customVjp: the rule's cotangent is ${DC} '${SC}', not ${D} '${S}'`>
    : C extends { readonly [K in keyof A]: unknown }
      ? { readonly [K in keyof A]: CotangentRule<A[K], C[K]> }[keyof A]
      : Err<"customVjp: 'cotangent' has another form than the function has">

/** What a rule gives, where it is a value and a function. */
const checkPair = <P>(pair: P): P => {
  if (!(Array.isArray(pair) && pair.length === 2 && typeof pair[1] === 'function'))
    fail({ _tag: 'ArgumentError', op, detail: 'the rule gives a pair: the value, and its pullback, as in x => [value, ct => …]' })
  return pair
}

/** The message for a function without a type for its argument. */
type Unknown = "customVjp: annotate the argument, as in customVjp((x: Tensor<'3'>) => …, x => [value, ct => …])"

/**
 * A function with a rule for its derivative: `rule(x)` is the value and the pullback, in the form of `vjp`.
 *
 * The rule is used under every reverse-mode derivative, under `vmap`, and (by transposition) under `jvp`. The function itself is used where
 * nothing is differentiated. Both are traced where the function is called inside another trace, so neither may look at numbers. Both may
 * close over any values, also those of a function that is being traced, such as an example's target, if these are not differentiated
 * themselves. A rule may call its own function, for derivatives of any order. If it makes a
 * function anew each time, whose rule makes one again, then from the fifth order on these may close over nothing that the first four do not.
 *
 * **Errors**: differentiating with respect to a value that the function or the rule closes over; a rule whose value or cotangent has another
 * form.
 *
 * @example
 * import { customVjp, grad, mul, pipe, sum, tensor, toNumber, vmap, type Tensor } from 'pullback'
 *
 * const times = (y: Tensor<''>) => customVjp((z: Tensor<''>) => pipe(z, mul(y)), z => [pipe(z, mul(y)), ct => pipe(ct, mul(y))])
 * const total = (x: Tensor<''>) => pipe(tensor([1, 2, 3]), vmap('3')((y: Tensor<''>) => times(y)(x)), sum())
 * assert.equal(toNumber(grad(total)(tensor(2))), 6)
 *
 * @category transformations
 */
export const customVjp = <A extends object = Unannotated, R extends object = Unannotated, C = A, G = unknown>(
  f: Annotated<Unknown, A, (x: A) => R, G>,
  given: Expect<CotangentRule<A, C>, (x: A) => readonly [value: R, pullback: (cotangent: R) => C]>,
): ((x: A) => R) => {
  const own = typed<(x: unknown) => unknown>(f)
  const rule = typed<(x: unknown) => readonly [value: unknown, pullback: (cotangent: unknown) => unknown]>(given)
  checkFunction(op, own, 'give one of tensors, and its rule')
  checkFunction(op, rule, 'give a rule after the function, x => [value, pullback]')
  const call = withRule(
    op,
    own,
    ({ leaves, structure, results, resultStructure }) => ({
      further: results,
      run: values => {
        const [value, pullback] = checkPair(rule(unflatten(structure, values.slice(0, leaves.length))))
        const cotangents = pullback(unflatten(resultStructure, values.slice(leaves.length)))
        return [
          ...leavesOfRule(op, 'value', value, resultStructure, results),
          ...leavesOfRule(op, 'cotangent', cotangents, structure, leaves),
        ]
      },
    }),
    customVjpOf,
  )
  return x => typed<R>(call(x))
}
