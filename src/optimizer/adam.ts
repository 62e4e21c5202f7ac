/** Adam: gradients over the root of the mean of their squares. */
import { scale as times } from '../derived/index.js'
import { add, broadcastAxes, castTo, div, expm1, filled, mul, neg, sqrt } from '../primitives/index.js'
import { concrete, type DType, fail, heldOptions, show, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkDecay, checked } from './check.js'
import { zerosLike, zipLeaves } from './leaves.js'
import { logOf } from './logarithm.js'
import type { GradientTransformation, StateOf } from './transformation.js'

/** @category model */
export interface Moments<P> {
  readonly count: Tensor<'', 'int32'>
  readonly mu: P
  readonly nu: P
}
/** @category type-level */
export interface AdamState extends StateOf {
  readonly state: Moments<this['params']>
}

/** @category model */
export interface AdamOptions {
  /** Decay of the mean of gradients, 0.9. */
  readonly b1?: number
  /** Decay of the mean of their squares, 0.999. */
  readonly b2?: number
  /** Added to the root, and not under it; 1e-8. */
  readonly eps?: number
}

/**
 * What a mean that began at zero must be divided by: 1 - decay^count, computed once for each dtype. In float32 decay^count is near 1, and
 * the difference would keep three digits, so it is computed as -expm1(count · log decay), with the logarithm taken in float64.
 */
const weights = (decay: number, count: Value): ((dtype: DType) => Value) => {
  const known = new Map<DType, Value>()
  return dtype => {
    const before = known.get(dtype)
    if (before) return before
    const steps = castTo(count, dtype)
    const weight = neg(expm1(mul(steps, filled(steps, logOf(decay)))))
    known.set(dtype, weight)
    return weight
  }
}

const over = (mean: Value, weight: Value): Value =>
  div(
    mean,
    broadcastAxes(
      weight,
      mean.sizes,
      mean.sizes.map((_, axis) => axis),
    ),
  )

/** `scaleByAdam`, whose errors name the optimizer that it is part of. */
export const adaptive = (op: string, options?: AdamOptions): GradientTransformation<AdamState> => {
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8 } = heldOptions(op, options, ['b1', 'b2', 'eps'])
  checkDecay(op, 'b1', b1)
  checkDecay(op, 'b2', b2)
  if (!(Number.isFinite(eps) && eps >= 0))
    fail({ _tag: 'ArgumentError', op, detail: `eps is ${show(eps)}: give a finite number from 0 up` })
  return checked<AdamState>(op, {
    init: params => typed({ count: concrete([], 'int32', 0), mu: zerosLike(params), nu: zerosLike(params) }),
    update: (gradients, state) => {
      const { count, mu, nu } = typed<Moments<typeof gradients>>(state)
      const next = add(count, concrete([], 'int32', 1))
      const [weight1, weight2] = [weights(b1, next), weights(b2, next)]
      const [updates = gradients, nextMu = mu, nextNu = nu] = zipLeaves(
        [gradients, mu, nu],
        (g, m = g, v = g) => {
          const mean = add(times(m, b1), times(g, 1 - b1))
          const square = add(times(v, b2), times(mul(g, g), 1 - b2))
          const [mu1, nu1] = [over(mean, weight1(g.dtype)), over(square, weight2(g.dtype))]
          return [div(mu1, add(sqrt(nu1), filled(g, eps))), mean, square]
        },
        3,
      )
      return [updates, typed({ count: next, mu: nextMu, nu: nextNu })]
    },
  })
}

/**
 * Gradients over the root of the mean of their squares, both means corrected for their start at zero.
 *
 * **Errors**: a decay outside 0 up to 1, an eps below 0.
 * **Source**: Kingma and Ba, Adam, 2015, Algorithm 1 (ε outside the root, as in the algorithm and in PyTorch).
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.scaleByAdam()
 * const w = tensor(1)
 * const [update] = part.update(tensor(1000), part.init(w), w)
 * assert.ok(Math.abs(toNumber(update) - 1) < 1e-6)
 *
 * @category combinators
 */
export const scaleByAdam = (options?: AdamOptions): GradientTransformation<AdamState> => adaptive('scaleByAdam', options)
