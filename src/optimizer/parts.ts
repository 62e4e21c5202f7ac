/** The parts that optimizers are made of, under Optax's names. */
import { add, broadcastAxes, castTo, div, expm1, filled, mul, neg, sqrt } from '../primitives/index.js'
import {
  concrete,
  type DType,
  fail,
  flatten,
  relabel,
  sameStructure,
  type Tensor,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { logOf } from './logarithm.js'
import { type GradientTransformation, type NoState, type StateOf, stateless } from './transformation.js'

const times = (x: Value, factor: number): Value => mul(x, filled(x, factor))

/** A function of corresponding leaves of trees of one form, giving several trees of it. */
const zipLeaves = <P extends object>(
  trees: readonly P[],
  f: (...leaves: readonly Value[]) => readonly Value[],
  count: number,
): readonly P[] => {
  const flat = trees.map(tree => flatten('update', tree))
  const [first] = flat
  if (first === undefined) return []
  const other = flat.findIndex(({ structure }) => !sameStructure(structure, first.structure))
  const [gradients, state] = [trees[0], trees[other]]
  if (gradients && state)
    return fail({
      _tag: 'TreeError',
      op: 'update',
      path: '',
      detail: `has the leaves (${tree.paths(gradients).join(', ')}) where the state has (${tree.paths(state).join(', ')}): give gradients like the parameters`,
    })
  const results = first.leaves.map((leaf, i) =>
    f(...flat.map(({ leaves }) => leaves[i] ?? leaf)).map(result => relabel(leaf.shape, result)),
  )
  return Array.from({ length: count }, (_, k) =>
    typed<P>(
      unflatten(
        first.structure,
        results.map(result => result[k]),
      ),
    ),
  )
}

const mapLeaves = <P extends object>(tree: P, f: (leaf: Value) => Value): P => zipLeaves([tree], leaf => [f(leaf)], 1)[0] ?? tree
const zerosLike = <P extends object>(tree: P): P => mapLeaves(tree, leaf => filled(leaf, 0))

/** Decays of running means: from 0 up to, not including, 1. */
const checkDecay = (name: string, value: number): void => {
  if (!(value >= 0 && value < 1))
    fail({ _tag: 'ArgumentError', op: 'optimizer', detail: `${name} is ${value}: give a number from 0 up to, not including, 1` })
}

/** Every update times a factor. @category combinators */
export const scale = (factor: number): GradientTransformation<NoState> =>
  stateless(gradients => mapLeaves(gradients, gradient => times(gradient, factor)))

/** Every update times minus the learning rate: downhill. @category combinators */
export const scaleByLearningRate = (learningRate: number): GradientTransformation<NoState> =>
  Number.isFinite(learningRate)
    ? scale(-learningRate)
    : fail({ _tag: 'ArgumentError', op: 'optimizer', detail: `the learning rate is ${learningRate}: give a finite number` })

/** @category model */
export interface Trace<P> {
  readonly trace: P
}
/** @category type-level */
export interface TraceState extends StateOf {
  readonly state: Trace<this['params']>
}

/** An accumulated gradient, trace ← gradient + decay · trace; Nesterov's form looks one step ahead. @category combinators */
export const trace = (decay: number, options: { readonly nesterov?: boolean } = {}): GradientTransformation<TraceState> => {
  checkDecay('the decay', decay)
  return {
    init: params => typed({ trace: zerosLike(params) }),
    update: (gradients, state) => {
      const [updates = gradients, next = gradients] = zipLeaves(
        [gradients, typed<Trace<typeof gradients>>(state).trace],
        (gradient, velocity = gradient) => {
          const moved = add(gradient, times(velocity, decay))
          return [options.nesterov ? add(gradient, times(moved, decay)) : moved, moved]
        },
        2,
      )
      return [updates, typed({ trace: next })]
    },
  }
}

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
  /** Added to the root, outside of it, 1e-8. */
  readonly eps?: number
}

/**
 * What means that began at zero are to be divided by, 1 - decay^count, in each dtype once. That is -expm1(count · log decay), the logarithm
 * taken in float64: in float32 decay^count is near 1 and the difference would keep three digits.
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

/**
 * Gradients over the root of the mean of their squares, both means corrected for their start at zero.
 *
 * **Source**: Kingma and Ba, Adam, 2015, Algorithm 1 (ε outside the root, as in the algorithm and in PyTorch).
 *
 * @category combinators
 */
export const scaleByAdam = ({ b1 = 0.9, b2 = 0.999, eps = 1e-8 }: AdamOptions = {}): GradientTransformation<AdamState> => {
  checkDecay('b1', b1)
  checkDecay('b2', b2)
  if (!(eps >= 0)) fail({ _tag: 'ArgumentError', op: 'optimizer', detail: `eps is ${eps}: give a number from 0 up` })
  return {
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
  }
}
