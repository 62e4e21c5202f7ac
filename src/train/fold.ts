/**
 * Training is a fold of a step over batches. Folding `[...xs, ...ys]` is folding `ys` from where folding `xs` ended, bit for bit.
 *
 * @example
 * import { train } from 'pullback'
 *
 * const sum = train.fold((state: number, x: number) => [state + x, { seen: x }] as const)
 * assert.deepEqual(sum(0)([1, 2, 3]), [6, [{ seen: 1 }, { seen: 2 }, { seen: 3 }]])
 */
import { typed } from '../tensor/index.js'
import type { Batch, Metrics, Step, TrainState } from './step.js'

/**
 * Watches a fold: called after each step with its metrics, its place from 0, and a way to the state after it, which costs nothing unless
 * it is asked for.
 *
 * @category model
 */
export type Observer<S, M> = (metrics: M, index: number, state: () => S) => void

/** @category type-level */
export interface Fold {
  <P, I extends string, T, S>(
    step: Step<P, I, T, S>,
    observe?: Observer<TrainState<P, S>, Metrics>,
  ): (
    initial: TrainState<P, S>,
  ) => <B extends string>(batches: Iterable<Batch<B, I, T>>) => readonly [state: TrainState<P, S>, history: readonly Metrics[]]
  <S, B, M>(
    step: (state: S, batch: B) => readonly [S, M],
    observe?: Observer<S, M>,
  ): (initial: S) => (batches: Iterable<B>) => readonly [state: S, history: readonly M[]]
}

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
export const fold: Fold = typed<Fold>(
  (step: (state: unknown, batch: unknown) => readonly [unknown, unknown], observe?: Observer<unknown, unknown>) =>
    (initial: unknown) =>
    (batches: Iterable<unknown>): readonly [unknown, readonly unknown[]] => {
      const history: unknown[] = []
      let state = initial
      for (const batch of batches) {
        const [next, metrics] = step(state, batch)
        state = next
        observe?.(metrics, history.length, () => next)
        history.push(metrics)
      }
      return [state, history]
    },
)
