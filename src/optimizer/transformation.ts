/**
 * A gradient transformation turns gradients into updates and carries a state: `init` and `update`, two pure functions (Optax's design).
 * Under `chain` they form a monoid whose unit is `identity`.
 *
 * @example
 * import { optimizer, tensor, toNested } from 'pullback'
 *
 * const descend = optimizer.sgd(0.5)
 * const params = { w: tensor([1, 2]) }
 * const [updates] = descend.update({ w: tensor([2, 4]) }, descend.init(params), params)
 * assert.deepEqual(toNested(optimizer.applyUpdates(params, updates).w), [0, 0])
 */
import { add } from '../primitives/index.js'
import { calledAs, type DType, fail, relabel, type Tensor, tree, typed } from '../tensor/index.js'
import { checkLike } from './check.js'

/** From the type of the parameters to the type of the state: an interface that refers to `this['params']`. @category type-level */
export interface StateOf {
  readonly params: unknown
  readonly state: unknown
}
/** The state for parameters `P`. @category type-level */
export type State<F extends StateOf, P> = (F & { readonly params: P })['state']

declare const stateOf: unique symbol

/** @category model */
export interface GradientTransformation<F extends StateOf> {
  readonly [stateOf]?: F
  readonly init: <P extends object>(params: P) => State<F, P>
  readonly update: <P extends object>(gradients: P, state: State<F, P>, params: P) => readonly [updates: P, state: State<F, P>]
}

/** Any transformation: what a function must know of one that it only hands on. @category type-level */
export interface AnyTransformation {
  readonly init: (params: never) => unknown
  readonly update: (gradients: never, state: never, params: never) => readonly [updates: unknown, state: unknown]
}
/** The type function of a transformation's state; of a union of transformations, the union of theirs. @category type-level */
export type StateOfTransformation<T> = T extends GradientTransformation<infer F> ? F : never

/** A state that holds nothing. @category type-level */
export interface NoState extends StateOf {
  readonly state: readonly []
}

/**
 * A transformation without state.
 *
 * @example
 * import { mul, optimizer, pipe, tensor, toNumber, tree } from 'pullback'
 *
 * const part = optimizer.stateless(gradients => tree.map(mul(2))(gradients))
 * const w = tensor(1)
 * assert.equal(toNumber(pipe(part.update(tensor(4), part.init(w), w), ([update]) => update)), 8)
 *
 * @category constructors
 */
export const stateless = (update: <P extends object>(gradients: P, params: P) => P): GradientTransformation<NoState> => ({
  init: () => [],
  update: (gradients, _, params) => [update(gradients, params), []],
})

/**
 * Gradients as they are: the unit of `chain`.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * const part = optimizer.identity
 * const w = tensor(1)
 * const [update] = part.update(tensor(4), part.init(w), w)
 * assert.equal(toNumber(update), 4)
 *
 * @category instances
 */
export const identity: GradientTransformation<NoState> = stateless(gradients => gradients)

type StatesOf<T extends readonly unknown[], P> = {
  readonly [K in keyof T]: T[K] extends GradientTransformation<infer F> ? State<F, P> : never
}
/** A tuple of the parts' states. @category type-level */
export interface ChainState<T extends readonly unknown[]> extends StateOf {
  readonly state: StatesOf<T, this['params']>
}

/** What `chain` knows of a part. It hands each part's state back to that part alone. */
interface Part {
  readonly init: (params: object) => unknown
  readonly update: (gradients: object, state: unknown, params: object) => readonly [object, unknown]
}

/**
 * One transformation after another, each given the last one's updates.
 *
 * @example
 * import { optimizer, tensor, toNested } from 'pullback'
 *
 * const both = optimizer.chain(optimizer.scale(2), optimizer.scale(-3))
 * const params = tensor([1])
 * assert.deepEqual(toNested(both.update(tensor([1]), both.init(params), params)[0]), [-6])
 *
 * @category combinators
 */
export const chain = <const T extends readonly object[]>(...parts: T): GradientTransformation<ChainState<T>> => {
  const list = typed<readonly Part[]>(parts)
  return typed<GradientTransformation<ChainState<T>>>({
    init: (params: object) => list.map(part => part.init(params)),
    update: (gradients: object, states: readonly unknown[], params: object) => {
      if (!Array.isArray(states) || states.length !== list.length)
        fail({
          _tag: 'TreeError',
          op: 'chain',
          path: 'state',
          detail: `is ${Array.isArray(states) ? `a tuple of ${states.length}` : 'no tuple'} where the chain has ${list.length} parts: give the state that this chain has made, by init or by its last update`,
        })
      let updates = gradients
      const next = list.map((part, i) => {
        const [result, state] = part.update(updates, states[i], params)
        updates = result
        return state
      })
      return [updates, next]
    },
  })
}

const addLike = <S extends string, D extends DType>(x: Tensor<S, D>, y: Tensor<S, D>): Tensor<S, D> => typed(relabel(x.shape, add(x, y)))

/**
 * params + updates, leaf by leaf.
 *
 * **Errors**: updates of another form, other sizes or other dtypes than the parameters.
 *
 * @example
 * import { optimizer, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(optimizer.applyUpdates({ w: tensor(1) }, { w: tensor(-0.25) }).w), 0.75)
 *
 * @category combinators
 */
export const applyUpdates = <P extends object>(params: P, updates: P): P => {
  checkLike('applyUpdates', 'updates', updates, params, 'give updates like the parameters')
  return calledAs('applyUpdates', () => tree.zipWith(addLike)(params, updates))
}
