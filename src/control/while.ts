/**
 * `whileLoop` repeats a function as long as a predicate holds.
 *
 * @example
 * import { less, mul, pipe, tensor, toNumber, whileLoop, type Tensor } from 'pullback'
 *
 * const firstPowerFrom100 = whileLoop((x: Tensor<''>) => pipe(x, less(100)), (x: Tensor<''>) => pipe(x, mul(2)))
 * assert.equal(toNumber(firstPowerFrom100(tensor(1))), 128)
 */
import { simplify } from '../program/index.js'
import type { Err, Expect, Ok } from '../shape/index.js'
import {
  checkFunction,
  type DType,
  described,
  fail,
  flatten,
  heldOptions,
  isTensor,
  relabel,
  show,
  type Tensor,
  tree,
  typed,
  unflatten,
  wholeNumber,
} from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import type { Known, Unannotated } from '../transform/annotated.js'
import { constantsFirst, sharing } from './captured.js'
import { type KeepsForm, leavesLike, ofCarry } from './form.js'
import { whilePrimitive } from './while-operation.js'

/** @category model */
export interface WhileOptions {
  /** The most rounds. After so many the loop ends though the predicate holds. Reverse mode needs this number. */
  readonly most?: number
}

/** What a predicate gives is a bool without axes. @category type-level */
export type Decides<P> = [P] extends [Tensor<infer S, infer D extends DType>]
  ? ['bool', ''] extends [D, string extends S ? '' : S]
    ? Ok<''>
    : Err<`whileLoop: the predicate gives ${D} '${S}', not bool ''`>
  : Err<"whileLoop: the predicate gives no tensor: give a bool '', as in x => less(100)(x)">

/** The message for functions without a type for their carry. */
type Unknown = "whileLoop: annotate the carry, as in whileLoop((x: Tensor<'3'>) => …, (x: Tensor<'3'>) => …)"

const mostRounds = 2 ** 31 - 1

/**
 * What a function makes of a carry when it is applied as long as the predicate holds, which is asked before each round. Both are traced once and run
 * as one loop, so they may not look at numbers; they may close over anything.
 *
 * Forward mode goes through the same rounds. Reverse mode needs `most`, the most rounds that there can be: it keeps about 2 √most carries, computes
 * the rest again, and after the end asks the predicate about 2 √most times more. With `most` the loop ends after that many rounds at the latest,
 * and what it gives then is the carry as it is, with or without a derivative: compare it where that matters. Without it, a loop whose
 * predicate always holds does not end.
 *
 * Under `vmap` with a predicate that differs by example, the loop goes on until it holds for none, and an example for which it does not hold keeps
 * its carry, as in JAX. One predicate for all examples stays one.
 *
 * **Shapes**: `(carry: C) → '' bool` and `(carry: C) → C` become `C → C`, for any tree.
 * **Errors**: a predicate that gives no bool, or no scalar; a carry whose form, shape or dtype a round changes; reverse mode without `most`.
 * **Source**: `jax.lax.while_loop`; with `most`, `equinox.internal.while_loop(kind='bounded')`.
 *
 * @example
 * import { abs, add, div, grad, greater, mul, pipe, sub, tensor, toNumber, whileLoop, type Tensor } from 'pullback'
 *
 * // Newton's iteration for √a.
 * const root = (a: Tensor<''>) =>
 *   whileLoop(
 *     (x: Tensor<''>) => pipe(x, mul(x), sub(a), abs, greater(1e-5)),
 *     (x: Tensor<''>) => pipe(a, div(x), add(x), mul(0.5)),
 *     { most: 20 },
 *   )(tensor(1))
 * assert.equal(toNumber(root(tensor(4))), 2)
 * assert.ok(Math.abs(toNumber(grad(root)(tensor(4))) - 0.25) < 1e-6)
 *
 * @category control flow
 */
export const whileLoop = <C extends object = Unannotated, D extends object = C, P extends object = Tensor<'', 'bool'>>(
  predicate: ((carry: C) => P) & Expect<Decides<P>, unknown>,
  f: (carry: C) => D,
  options?: WhileOptions,
): ((initial: Known<Unknown, C, Expect<KeepsForm<'whileLoop: the carry', 'after a round', C, D>, C>>) => C) => {
  const op = 'whileLoop'
  const [asks, round] = [typed<(carry: unknown) => unknown>(predicate), typed<(carry: unknown) => unknown>(f)]
  for (const own of [asks, round]) checkFunction(op, own, 'give a predicate and a function of the carry, as in whileLoop(p, f)')
  const { most } = heldOptions(op, options, ['most'])
  if (most !== undefined) wholeNumber(op, most, shown => `${shown} rounds at most`, { most: mostRounds })
  return initial => {
    const first = typed<object>(initial)
    const { leaves, structure } = flatten(op, first)
    const asked = trace(values => {
      const flag = asks(unflatten(structure, values))
      if (!isTensor(flag)) return fail({ _tag: 'ArgumentError', op, detail: `the predicate gives ${show(flag)}: give a bool ''` })
      if (flag.dtype !== 'bool' || flag.sizes.length > 0)
        fail({ _tag: 'ArgumentError', op, detail: `the predicate gives ${described(flag)}, not bool ''` })
      return [flag]
    }, leaves)
    const names = tree.paths(first)
    const gone = trace(values => leavesLike(ofCarry(op), round(unflatten(structure, values)), structure, leaves, names), leaves)
    const { programs, captured } = sharing([asked, gone])
    const bodies = programs.map(program => simplify(constantsFirst(program, leaves.length)))
    const params = { constants: captured.length, most: most ?? Number.POSITIVE_INFINITY }
    const results = bind(whilePrimitive.of(params, bodies), [...captured, ...leaves])
    return typed<C>(
      unflatten(
        structure,
        results.map((x, i) => relabel(leaves[i]?.shape ?? x.shape, x)),
      ),
    )
  }
}
