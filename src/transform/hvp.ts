/**
 * The Hessian times a vector, without the Hessian: the derivative of the gradient along a tangent, forward mode over reverse mode.
 *
 * @example
 * import { hvp, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * // f = Σ x³, whose Hessian is diagonal: 6 x.
 * const cubes = (x: Tensor<'2'>) => pipe(x, mul(x), mul(x), sum())
 * assert.deepEqual(toNested(hvp(cubes)(tensor([1, 2]), tensor([1, 10]))), [6, 120])
 */
import type { Expect } from '../shape/index.js'
import { checkFunction, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { differentiate, type LossResult } from './grad.js'
import { jvpTree } from './jvp.js'

/**
 * The Hessian of a scalar function at a point, times a tangent. It costs a few times what the gradient costs, however large the argument is.
 *
 * **Shapes**: the tangent and the product have the type of the argument, any tree.
 * **Errors**: a leaf that is not a float, a result that is not a scalar, a tangent of another form.
 *
 * @example
 * import { hvp, prod, tensor, toNested, type Tensor } from 'pullback'
 *
 * const product = hvp((x: Tensor<'2'>) => prod()(x))
 * assert.deepEqual(toNested(product(tensor([3, 4]), tensor([1, 10]))), [10, 1])
 *
 * @category transformations
 */
export const hvp = <A extends object = Unannotated, R = unknown, G = unknown>(
  f: Annotated<"hvp: annotate the argument, as in hvp((x: Tensor<'3'>) => …)", A, (x: A) => Expect<LossResult<'hvp', R>, R>, G>,
): ((x: A, tangent: A) => A) => {
  checkFunction('hvp', f, 'give one of tensors that gives a scalar')
  const gradient = (x: unknown): unknown => differentiate('hvp', typed<(x: unknown) => unknown>(f), typed<object>(x))[1]
  return (x, tangent) => typed<A>(jvpTree('hvp', gradient, x, tangent)[1])
}
