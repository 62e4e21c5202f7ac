/** The parts that optimizers are made of, under Optax's names. */
import { scale as times } from '../derived/index.js'
import { add } from '../primitives/index.js'
import { fail, heldFlag, heldOptions, store, typed } from '../tensor/index.js'
import { checkDecay, checked, checkFinite, checkLearningRate } from './check.js'
import { mapLeaves, zerosLike, zipLeaves } from './leaves.js'
import { type GradientTransformation, type NoState, type StateOf, stateless } from './transformation.js'

/** Every update times a factor, which its dtype must hold. */
const scaled = (op: string, what: string, factor: number): GradientTransformation<NoState> =>
  checked(
    op,
    stateless(gradients =>
      mapLeaves(gradients, gradient =>
        Number.isFinite(store(gradient.dtype, factor))
          ? times(gradient, factor)
          : fail({ _tag: 'ArgumentError', op, detail: `${what} is ${Math.abs(factor)}, which is more than ${gradient.dtype} holds` }),
      ),
    ),
  )

/**
 * Every update times a factor.
 *
 * **Errors**: a factor that is not finite.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.scale(3)
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), 12)
 *
 * @category combinators
 */
export const scale = (factor: number): GradientTransformation<NoState> => {
  checkFinite('scale', 'the factor', factor)
  return scaled('scale', 'the factor', factor)
}

/** `scaleByLearningRate`, whose errors name the optimizer that it is part of. */
export const downhill = (op: string, learningRate: number): GradientTransformation<NoState> => {
  checkLearningRate(op, learningRate)
  return scaled(op, 'the learning rate', -learningRate)
}

/**
 * Every update times minus the learning rate: downhill.
 *
 * **Errors**: a learning rate below 0, or not finite.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.scaleByLearningRate(0.5)
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), -2)
 *
 * @category combinators
 */
export const scaleByLearningRate = (learningRate: number): GradientTransformation<NoState> => downhill('scaleByLearningRate', learningRate)

/** @category model */
export interface Trace<P> {
  readonly trace: P
}
/** @category type-level */
export interface TraceState extends StateOf {
  readonly state: Trace<this['params']>
}

/** @category model */
export interface TraceOptions {
  /** Whether to look one step ahead; false by default. */
  readonly nesterov?: boolean
}

/** `trace`, whose errors name the optimizer that it is part of. */
export const accumulated = (op: string, decay: number, options?: TraceOptions): GradientTransformation<TraceState> => {
  const nesterov = heldFlag(op, 'nesterov', heldOptions(op, options, ['nesterov']).nesterov, false)
  checkDecay(op, 'the decay', decay)
  return checked<TraceState>(op, {
    init: params => typed({ trace: zerosLike(params) }),
    update: (gradients, state) => {
      const [updates = gradients, next = gradients] = zipLeaves(
        [gradients, typed<Trace<typeof gradients>>(state).trace],
        (gradient, velocity = gradient) => {
          const moved = add(gradient, times(velocity, decay))
          return [nesterov ? add(gradient, times(moved, decay)) : moved, moved]
        },
        2,
      )
      return [updates, typed({ trace: next })]
    },
  })
}

/**
 * An accumulated gradient, trace ← gradient + decay · trace; Nesterov's form looks one step ahead.
 *
 * **Errors**: a decay outside 0 up to 1.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.trace(0.5)
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), 4)
 *
 * @category combinators
 */
export const trace = (decay: number, options?: TraceOptions): GradientTransformation<TraceState> => accumulated('trace', decay, options)
