/**
 * Gradients with respect to chosen arguments of a function, which are named by their places.
 *
 * @example
 * import { gradOf, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const product = (x: Tensor<'2'>, y: Tensor<'2'>) => pipe(x, mul(y), sum())
 * assert.deepEqual(toNested(gradOf(1)(product)(tensor([1, 2]), tensor([3, 4]))), [1, 2])
 */
import type { Expect } from '../shape/index.js'
import { typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { type ArgNums, type ArgNumsRule, type Chosen, choosing, heldPlaces } from './argnums.js'
import { differentiate, type LossOrPairRule, type LossResult } from './grad.js'

/**
 * The gradient of a scalar function with respect to the arguments at the places `argnums`, counted from 0: one place, or a list of them. The other
 * arguments may be anything and are passed on. `grad` is `gradOf(0)`.
 *
 * **Shapes**: the gradient has the type of the argument, any tree; for a list of places it is the tuple of theirs.
 * **Errors**: a place without an argument, a leaf there that is not a float, a result that is not a scalar.
 *
 * @example
 * import { gradOf, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const loss = (w: { readonly a: Tensor<'2'> }, scale: number, x: Tensor<'2'>) => pipe(w.a, mul(x), mul(scale), sum())
 * const [ofW, ofX] = gradOf([0, 2])(loss)({ a: tensor([1, 2]) }, 10, tensor([5, 6]))
 * assert.deepEqual([toNested(ofW.a), toNested(ofX)], [[50, 60], [10, 20]])
 *
 * @category transformations
 */
export const gradOf = <const N extends ArgNums>(argnums: N) => {
  const places = heldPlaces('gradOf', argnums)
  return <A extends readonly unknown[] = Unannotated[], R = unknown, G = unknown>(
    f: Annotated<
      "gradOf: annotate the arguments, as in gradOf(1)((x: Tensor<'3'>, y: Tensor<'3'>) => …)",
      A[number],
      (...args: A) => Expect<LossResult<'gradOf', R> | ArgNumsRule<'gradOf', N, A>, R>,
      G
    >,
  ): ((...args: A) => Chosen<N, A>) => {
    const choose = choosing('gradOf', places, f)
    return (...args) => {
      const call = choose(args)
      return typed<Chosen<N, A>>(differentiate('gradOf', call.f, call.at)[1])
    }
  }
}

/**
 * The value of a scalar function and its gradient with respect to the arguments at the places `argnums`. A function that gives `[loss, aux]` has its
 * aux passed through, undifferentiated. `valueAndGrad` is `valueAndGradOf(0)`.
 *
 * **Shapes** and **errors** are those of `gradOf`.
 *
 * @example
 * import { mul, pipe, sum, tensor, toNested, toNumber, valueAndGradOf, type Tensor } from 'pullback'
 *
 * const product = (x: Tensor<'2'>, y: Tensor<'2'>) => pipe(x, mul(y), sum())
 * const [value, gradient] = valueAndGradOf(1)(product)(tensor([1, 2]), tensor([3, 4]))
 * assert.equal(toNumber(value), 11)
 * assert.deepEqual(toNested(gradient), [1, 2])
 *
 * @category transformations
 */
export const valueAndGradOf = <const N extends ArgNums>(argnums: N) => {
  const places = heldPlaces('valueAndGradOf', argnums)
  return <A extends readonly unknown[] = Unannotated[], const R = unknown, G = unknown>(
    f: Annotated<
      "valueAndGradOf: annotate the arguments, as in valueAndGradOf(1)((x: Tensor<'3'>, y: Tensor<'3'>) => …)",
      A[number],
      (...args: A) => Expect<LossOrPairRule<'valueAndGradOf', R> | ArgNumsRule<'valueAndGradOf', N, A>, R>,
      G
    >,
  ): ((...args: A) => readonly [value: R, gradient: Chosen<N, A>]) => {
    const choose = choosing('valueAndGradOf', places, f)
    return (...args) => {
      const call = choose(args)
      return typed<readonly [value: R, gradient: Chosen<N, A>]>(differentiate('valueAndGradOf', call.f, call.at))
    }
  }
}
