/**
 * Optimizers, made of parts by `chain`. The errors of each carry its own name. It refuses parameters that are no floats, gradients unlike
 * the parameters, and a state that another optimizer has made or that belongs to other parameters.
 *
 * @example
 * import { grad, mul, optimizer, pipe, sum, tensor, toArray, type Tensor } from 'pullback'
 *
 * const bowl = (x: Tensor<'2'>) => pipe(x, mul(x), sum())
 * const descend = optimizer.momentum(0.1)
 * const x = tensor([1, -1])
 * const [updates] = descend.update(grad(bowl)(x), descend.init(x), x)
 * assert.deepEqual(toArray(updates), new Float32Array([-0.2, 0.2]))
 */
import { type AdamOptions, type AdamState, adaptive } from './adam.js'
import { checked } from './check.js'
import { accumulated, downhill, type TraceState } from './parts.js'
import { type ChainState, chain, type GradientTransformation, type NoState } from './transformation.js'

export { type AdamOptions, type AdamState, type Moments, scaleByAdam } from './adam.js'
export { scale, scaleByLearningRate, type Trace, type TraceOptions, type TraceState, trace } from './parts.js'
export {
  type AnyTransformation,
  applyUpdates,
  type ChainState,
  chain,
  type GradientTransformation,
  identity,
  type NoState,
  type State,
  type StateOf,
  type StateOfTransformation,
  stateless,
} from './transformation.js'

/** The state of `sgd`. @category type-level */
export interface Sgd extends ChainState<readonly [GradientTransformation<NoState>]> {}
/** The state of `momentum` and `nesterov`. @category type-level */
export interface Momentum extends ChainState<readonly [GradientTransformation<TraceState>, GradientTransformation<NoState>]> {}
/** The state of `adam`. @category type-level */
export interface Adam extends ChainState<readonly [GradientTransformation<AdamState>, GradientTransformation<NoState>]> {}

/**
 * Stochastic gradient descent: -learningRate · gradient.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const descend = optimizer.sgd(0.5)
 * const w = tensor(1)
 * const [update] = descend.update(tensor(4), descend.init(w), w)
 * assert.equal(toNumber(update), -2)
 *
 * @category constructors
 */
export const sgd = (learningRate: number): GradientTransformation<Sgd> => checked('sgd', chain(downhill('sgd', learningRate)))

/**
 * Heavy-ball momentum: trace ← gradient + decay · trace, then -learningRate · trace; Polyak 1964, in PyTorch's form.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.momentum(0.5)
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), -2)
 *
 * @category constructors
 */
export const momentum = (learningRate: number, decay = 0.9): GradientTransformation<Momentum> =>
  checked('momentum', chain(accumulated('momentum', decay, {}), downhill('momentum', learningRate)))

/**
 * Momentum that looks one step ahead; Nesterov 1983, in the form of Sutskever et al. 2013.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.nesterov(0.5, 0.5)
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), -3)
 *
 * @category constructors
 */
export const nesterov = (learningRate: number, decay = 0.9): GradientTransformation<Momentum> =>
  checked('nesterov', chain(accumulated('nesterov', decay, { nesterov: true }), downhill('nesterov', learningRate)))

/**
 * Adam; Kingma and Ba 2015.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * // The first step has the size of the learning rate, whatever the gradient's.
 * const descend = optimizer.adam(0.5)
 * const w = tensor(1)
 * const [update] = descend.update(tensor(1000), descend.init(w), w)
 * assert.ok(Math.abs(toNumber(update) + 0.5) < 1e-6)
 *
 * @category constructors
 */
export const adam = (learningRate: number, options?: AdamOptions): GradientTransformation<Adam> =>
  checked('adam', chain(adaptive('adam', options), downhill('adam', learningRate)))
