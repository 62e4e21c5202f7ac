/**
 * Training is a fold of a step over batches. Folding `[...xs, ...ys]` is folding `ys` from where folding `xs` ended, bit for bit.
 *
 * @example
 * import { train } from 'pullback'
 *
 * const sum = train.fold((state: number, x: number) => [state + x, { seen: x }] as const)
 * assert.deepEqual(sum(0)([1, 2, 3]), [6, [{ seen: 1 }, { seen: 2 }, { seen: 3 }]])
 */
import type { StateOf } from '../optimizer/index.js'
import type { Expect, Ok } from '../shape/index.js'
import { checkFunction, fail, show, typed } from '../tensor/index.js'
import { loopOf, type StepLoop } from '../transform/index.js'
import { type BatchRule, checkIterable, type StateRule, type TrainState } from './batch.js'
import type { Metrics, Step } from './step.js'

/**
 * Watches a fold. It is called after each step with the step's metrics, its number from 0, and a function that gives the state after it.
 * The state is copied out of the engine only if that function is called.
 *
 * @category model
 */
export type Observer<S, M> = (metrics: M, index: number, state: () => S) => void

/** Any step: of a state and an input to the next state and an output. @category type-level */
export type AnyStep = (state: never, input: never) => readonly [state: unknown, output: unknown]

/** What an observer of a step sees. @category type-level */
export type ObserverOf<St> =
  St extends Step<infer P, string, infer _T, infer F>
    ? Observer<TrainState<P, F>, Metrics>
    : St extends (state: infer S, input: never) => readonly [state: unknown, output: infer M]
      ? Observer<S, M>
      : never

/** The fold of a step, from an initial state. @category type-level */
export type FoldFrom<St> =
  St extends Step<infer P, infer I, infer T, infer F>
    ? TrainingFrom<P, I, T, F>
    : St extends (state: infer S, input: infer B) => readonly [state: unknown, output: infer M]
      ? (initial: S) => (inputs: Iterable<B>) => readonly [state: S, history: readonly M[]]
      : never

/** The fold of a training step, from an initial state. @category type-level */
export type TrainingFrom<P, I extends string, T, F extends StateOf> = <S>(
  initial: Expect<StateRule<'train.fold', P, F, S>, S>,
) => Training<P, I, T, F>

/** The state after a fold, and the metrics of every step. @category type-level */
export type Trained<P, F extends StateOf> = readonly [state: TrainState<P, F>, history: readonly Metrics[]]

/** The fold of a training step over batches. @category type-level */
export type Training<P, I extends string, T, F extends StateOf> = <G>(
  batches: Expect<BatchRule<'train.fold', I, T, G>, Iterable<G>>,
) => BatchRule<'train.fold', I, T, G> extends Ok<string> ? Trained<P, F> : never

/**
 * Folds a step over batches, from an initial state to the last state and the metrics of every step.
 * An observer watches (progress, plots, checkpoints); it cannot change the fold.
 *
 * @example
 * import { train } from 'pullback'
 *
 * const seen: number[] = []
 * const count = train.fold((n: number, _: string) => [n + 1, n] as const, metrics => seen.push(metrics))
 * assert.deepEqual(count(0)(['a', 'b']), [2, [0, 1]])
 * assert.deepEqual(seen, [0, 1])
 *
 * @category combinators
 */
export const fold = <const St extends AnyStep>(step: St, observe?: ObserverOf<St>): FoldFrom<St> => {
  if (typeof step !== 'function')
    return fail({
      _tag: 'ArgumentError',
      op: 'train.fold',
      detail: 'the step is no function: give train.step(…), or (state, input) => [state, output]',
    })
  if (observe !== undefined) checkFunction('train.fold', observe, 'give (metrics, index, state) => …, or leave it out')
  const watch = typed<Observer<unknown, unknown> | undefined>(observe)
  return typed<FoldFrom<St>>((initial: unknown) => (batches: Iterable<unknown>): readonly [unknown, readonly unknown[]] => {
    const history: unknown[] = []
    const rounds = carried(typed<(state: unknown, batch: unknown) => readonly [unknown, unknown]>(step), initial)
    try {
      for (const batch of checkIterable('train.fold', batches)) {
        const metrics = rounds.next(batch)
        watch?.(metrics, history.length, rounds.state)
        history.push(metrics)
      }
      return [rounds.state(), history]
    } finally {
      rounds.end()
    }
  })
}

interface Rounds {
  readonly next: (batch: unknown) => unknown
  readonly state: () => unknown
  readonly end: () => void
}

const isObject = (x: unknown): x is object => typeof x === 'object' && x !== null

/** Runs a step again and again: in the engine's own loop as long as batches keep their form, else by calling the step. */
const carried = (step: (state: unknown, batch: unknown) => readonly [unknown, unknown], initial: unknown): Rounds => {
  const start = loopOf(step)
  let state = initial
  let loop: StepLoop | undefined
  const settle = (): unknown => {
    if (loop) state = loop.state()
    return state
  }
  const leave = (): void => {
    settle()
    loop?.end()
    loop = undefined
  }
  return {
    next: batch => {
      if (loop) {
        const output = isObject(batch) ? loop.next(batch) : undefined
        if (output) return output[0]
        leave()
      }
      if (start && isObject(state) && isObject(batch)) {
        loop = start(state, batch)
        const output = loop?.next(batch)
        if (output) return output[0]
      }
      const result: unknown = step(state, batch)
      if (!Array.isArray(result))
        return fail({ _tag: 'ArgumentError', op: 'train.fold', detail: `the step gives ${show(result)}: return [state, output]` })
      const [next, metrics] = typed<readonly [unknown, unknown]>(result)
      state = next
      return metrics
    },
    state: settle,
    end: () => {
      loop?.end()
      loop = undefined
    },
  }
}
