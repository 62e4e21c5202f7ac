/** Laws of pullbacks as linear maps. */
import { jvp, vjp } from '../transform/index.js'
import { closeTo, combination, innerProduct, sameUpToRounding, violated } from './compare.js'
import { genericCotangent } from './cotangent.js'

/**
 * Forward and reverse mode are each other's transpose: ⟨ct, J t⟩ = ⟨Jᵀ ct, t⟩.
 *
 * @example
 * import { exp, tensor, type Tensor } from 'pullback'
 * import { adjoint } from 'pullback/laws'
 *
 * adjoint((x: Tensor<'2'>) => exp(x))(tensor([1, 2]), tensor([0.5, -1]), tensor([2, 3]))
 *
 * @category laws
 */
export const adjoint =
  <A extends object, R extends object>(f: (x: A) => R) =>
  (x: A, tangent: A, cotangent: R): void => {
    const [, pushed] = jvp(f)(x, tangent)
    const pulled = vjp(f)(x)[1](cotangent)
    const left = innerProduct('adjoint', 'the cotangent and the pushed tangent', cotangent, pushed)
    const right = innerProduct('adjoint', 'the pulled cotangent and the tangent', pulled, tangent)
    const coarsest = left.dtype === 'float32' ? left.dtype : right.dtype
    if (!closeTo(left.value, right.value, left.magnitude + right.magnitude, coarsest))
      violated('adjoint', `⟨ct, J t⟩ is ${left.value} and ⟨Jᵀ ct, t⟩ is ${right.value}`)
  }

/**
 * A pullback is linear: of a ct1 + b ct2 it gives a times that of ct1 and b times that of ct2.
 *
 * @example
 * import { sin, tensor, type Tensor } from 'pullback'
 * import { linearPullback } from 'pullback/laws'
 *
 * linearPullback((x: Tensor<'2'>) => sin(x))(tensor([1, 2]), tensor([3, 4]), tensor([5, 6]), 2, -0.5)
 *
 * @category laws
 */
export const linearPullback =
  <A extends object, R extends object>(f: (x: A) => R) =>
  (x: A, ct1: R, ct2: R, a: number, b: number): void => {
    const [, pullback] = vjp(f)(x)
    sameUpToRounding(
      'linearPullback',
      'the pullback of a ct1 + b ct2 and the sum of pullbacks',
      pullback(combination('linearPullback', a, ct1, b, ct2)),
      combination('linearPullback', a, pullback(ct1), b, pullback(ct2)),
    )
  }

/**
 * The chain rule: the pullback of `g ∘ f` is that of `g`, then that of `f`.
 *
 * @example
 * import { exp, sin, tensor, type Tensor } from 'pullback'
 * import { chainRule } from 'pullback/laws'
 *
 * chainRule((x: Tensor<'2'>) => sin(x), y => exp(y))(tensor([1, 2]))
 *
 * @category laws
 */
export const chainRule =
  <A extends object, B extends object, C extends object>(f: (x: A) => B, g: (y: B) => C) =>
  (x: A): void => {
    const [z, whole] = vjp((argument: A) => g(f(argument)))(x)
    const [y, first] = vjp(f)(x)
    const [, second] = vjp(g)(y)
    const cotangent = genericCotangent(z)
    sameUpToRounding('chainRule', 'the pullback of g ∘ f and the pullbacks of g and f', whole(cotangent), first(second(cotangent)))
  }
