/**
 * Training is a fold of a step over batches. Folding `[...xs, ...ys]` is folding `ys` from where folding `xs` ended, bit for bit.
 *
 * @example
 * import { train } from 'pullback'
 *
 * const sum = train.fold((state: number, x: number) => [state + x, { seen: x }] as const)
 * assert.deepEqual(sum(0)([1, 2, 3]), [6, [{ seen: 1 }, { seen: 2 }, { seen: 3 }]])
 */
import { fail, show, typed } from '../tensor/index.js'
import { loopOf, type StepLoop } from '../transform/index.js'
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
      checkBatches('train.fold', batches)
      const history: unknown[] = []
      const rounds = carried(step, initial)
      try {
        for (const batch of batches) {
          const metrics = rounds.next(batch)
          observe?.(metrics, history.length, rounds.state)
          history.push(metrics)
        }
        return [rounds.state(), history]
      } finally {
        rounds.end()
      }
    },
)

/** What the compiler knows of batches, for callers without it: something to go through. */
export const checkBatches = (op: string, batches: unknown): void => {
  const isIterable = batches !== null && batches !== undefined && typeof Reflect.get(Object(batches), Symbol.iterator) === 'function'
  if (!isIterable)
    fail({ _tag: 'ArgumentError', op, detail: `${show(batches)} is no list of batches: give what data.batches made, or an array` })
}

interface Rounds {
  readonly next: (batch: unknown) => unknown
  readonly state: () => unknown
  readonly end: () => void
}

const isObject = (x: unknown): x is object => typeof x === 'object' && x !== null

/** The rounds of a step: by the engine's own loop while batches keep their form, else by calls. */
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
      const [next, metrics] = step(state, batch)
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
