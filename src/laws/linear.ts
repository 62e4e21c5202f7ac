/** Laws of pullbacks as linear maps. */
import { jvpOf, vjpOf } from '../transform/index.js'
import { closeTo, combination, innerProduct, reachOf, sameUpToRounding, violated } from './compare.js'
import { genericCotangent, leastGeneric } from './cotangent.js'

/**
 * How great the terms are that a pullback adds up for a cotangent of reach 1. They are measured by its result for a cotangent in which
 * nothing cancels: in other results terms may have cancelled, and what is left is their rounding.
 */
const gainOf = <A extends object, R extends object>(law: string, y: R, pullback: (cotangent: R) => A): number =>
  reachOf(law, pullback(genericCotangent(y))) / leastGeneric

/**
 * Forward and reverse mode are each other's transpose: ⟨ct, J t⟩ = ⟨Jᵀ ct, t⟩, but for the rounding of the terms that are added up.
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
    const [, pushed] = jvpOf(f)(x, tangent)
    const [y, pullback] = vjpOf(f)(x)
    const pulled = pullback(cotangent)
    const left = innerProduct('adjoint', 'the cotangent and the pushed tangent', cotangent, pushed)
    const right = innerProduct('adjoint', 'the pulled cotangent and the tangent', pulled, tangent)
    const coarsest = left.dtype === 'float32' ? left.dtype : right.dtype
    const uncancelled = innerProduct('adjoint', 'a pulled cotangent and the tangent', pullback(genericCotangent(y)), tangent).magnitude
    const magnitude = left.magnitude + right.magnitude + (uncancelled * reachOf('adjoint', cotangent)) / leastGeneric
    if (!closeTo(left.value, right.value, magnitude, coarsest))
      violated('adjoint', `⟨ct, J t⟩ is ${left.value} and ⟨Jᵀ ct, t⟩ is ${right.value}`)
  }

/**
 * A pullback is linear: of a ct1 + b ct2 it gives a times that of ct1 and b times that of ct2, but for the rounding of the terms that are added up.
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
    const [y, pullback] = vjpOf(f)(x)
    const reach = Math.abs(a) * reachOf('linearPullback', ct1) + Math.abs(b) * reachOf('linearPullback', ct2)
    sameUpToRounding(
      'linearPullback',
      'the pullback of a ct1 + b ct2 and the sum of pullbacks',
      pullback(combination('linearPullback', a, ct1, b, ct2)),
      combination('linearPullback', a, pullback(ct1), b, pullback(ct2)),
      reach * gainOf('linearPullback', y, pullback),
    )
  }

/**
 * The chain rule: the pullback of `g ∘ f` is that of `g`, then that of `f`, but for the rounding of the terms that are added up.
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
    const [z, whole] = vjpOf((argument: A) => g(f(argument)))(x)
    const [y, first] = vjpOf(f)(x)
    const [, second] = vjpOf(g)(y)
    const cotangent = genericCotangent(z)
    const between = second(cotangent)
    const magnitude = reachOf('chainRule', between) * gainOf('chainRule', y, first)
    sameUpToRounding('chainRule', 'the pullback of g ∘ f and the pullbacks of g and f', whole(cotangent), first(between), magnitude)
  }
