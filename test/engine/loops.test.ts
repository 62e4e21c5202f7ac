/**
 * Folds whose state stays in the engine's memory give what the steps give one by one, however a fold is divided, watched, mixed or broken
 * off.
 */
import * as fc from 'fast-check'
import {
  add,
  codec,
  concat,
  data,
  jit,
  loss,
  mul,
  pipe,
  random,
  reshape,
  reverse,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  toNested,
  toNumber,
  train,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import { draws } from '../support/draws.js'
import { adam, dataset, initial, model } from '../train/support.js'

const engine = wasmEngine()
const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine })
const fold = train.fold(step)

/** Twelve batches, the short ones, of 6 examples, in fourth, eighth and twelfth place. */
const batches = [...data.batches({ size: 8, epochs: 3, key: random.key(2) })(dataset)]
type State = typeof initial
type Batches = typeof batches

/** The states and the metrics of the steps called one by one. */
const stepwise = (from: State, list: Batches) => {
  const states: State[] = []
  const history: train.Metrics[] = []
  for (const batch of list) {
    const [next, metrics] = step(states.at(-1) ?? from, batch)
    states.push(next)
    history.push(metrics)
  }
  return { states, history, last: states.at(-1) ?? from }
}

const called = stepwise(initial, batches)

describe('a fold', () => {
  test('is the steps called one by one, bit for bit, short batches among them', () => {
    expect(batches.map(({ input }) => input.sizes[0])).toEqual([8, 8, 8, 6, 8, 8, 8, 6, 8, 8, 8, 6])
    const [state, history] = fold(initial)(batches)
    sameBits('fold', 'the fold and the calls', state, called.last)
    sameBits('fold', 'the histories', history, called.history)
  })

  test('of xs ++ ys is the fold of ys after the fold of xs, bit for bit, also through text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: batches.length }), fc.boolean(), (place, isSaved) => {
        const [middle, before] = fold(initial)(batches.slice(0, place))
        const loaded = codec.decode(initial)(codec.encode(middle))
        const [end, after] = fold(isSaved && 'right' in loaded ? loaded.right : middle)(batches.slice(place))
        sameBits('fold', 'states', end, called.last)
        sameBits('fold', 'histories', [...before, ...after], called.history)
      }),
      draws(61, 20),
    )
  })

  test('leaves the state that it was given as it was, and what it gave back earlier', () => {
    const before = codec.encode(initial)
    const [first] = fold(initial)(batches.slice(0, 3))
    const kept = codec.encode(first)
    fold(first)(batches)
    fold(initial)(batches)
    expect(codec.encode(initial)).toBe(before)
    expect(codec.encode(first)).toBe(kept)
  })

  test('of nothing is the state itself', () => {
    expect(fold(initial)([])[0]).toBe(initial)
  })
})

describe('an observer', () => {
  test('that asks for the state now and then gets what the calls give, and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), asks => {
        const watched = train.fold(step, (_, index, state) => {
          if (asks[index]) sameBits('observe', `the state after step ${index}`, state(), called.states[index] ?? initial)
        })
        sameBits('fold', 'states', watched(initial)(batches)[0], called.last)
      }),
      draws(62, 20),
    )
  })

  test('may keep the states: later rounds do not write over them', () => {
    const kept: State[] = []
    train.fold(step, (_, __, state) => {
      kept.push(state())
    })(initial)(batches)
    sameBits('observe', 'kept states', kept, called.states)
  })

  test('that asks when the fold is over gets the last state, also while another fold runs', () => {
    let ask = (): State => initial
    train.fold(step, (_, __, state) => {
      ask = state
    })(initial)(batches)
    sameBits('observe', 'the last state', ask(), called.last)
    train.fold(step, () => {
      sameBits('observe', 'the last state of the other fold', ask(), called.last)
    })(initial)(batches.slice(0, 2))
  })
})

describe('folds at the same time', () => {
  test('one inside the batches of the other: neither sees the other', () => {
    const inner: State[] = []
    const mixed = function* (): Generator<Batches[number]> {
      for (const batch of batches) {
        inner.push(fold(initial)(batches.slice(0, 1 + (inner.length % 3)))[0])
        yield batch
        step(initial, batch)
      }
    }
    sameBits('fold', 'the outer fold', fold(initial)(mixed())[0], called.last)
    inner.forEach((state, i) => {
      sameBits('fold', 'the inner fold', state, called.states[i % 3] ?? initial)
    })
  })

  test('a fold broken off by its batches or by its observer, and the next one', () => {
    const broken = function* (): Generator<Batches[number]> {
      yield* batches.slice(0, 5)
      throw new Error('no more batches')
    }
    const failing = train.fold(step, (_, index) => {
      if (index === 2) throw new Error('enough')
    })
    for (let i = 0; i < 3; i += 1) {
      expect(() => fold(initial)(broken())).toThrow('no more batches')
      expect(() => failing(initial)(batches)).toThrow('enough')
      sameBits('fold', 'the next fold', fold(initial)(batches)[0], called.last)
    }
  })

  test('a fold broken off by an index out of range, and the next one', () => {
    const rows = tensor([10, 20, 30])
    const looked = jit((total: Tensor<''>, index: Tensor<'', 'int32'>) => [pipe(rows, take(index, 0), add(total)), total] as const, {
      engine,
    })
    const index = (n: number): Tensor<'', 'int32'> => tensor(n, 'int32')
    expect(() => train.fold(looked)(tensor(0))([index(0), index(3), index(1)])).toThrow('take: index 3 is outside 0 to 2')
    const [total, seen] = train.fold(looked)(tensor(0))([index(0), index(2), index(1)])
    expect([toNumber(total), seen.map(toNumber)]).toEqual([60, [0, 10, 40]])
  })
})

type Row = Tensor<'4'>
type Three = readonly [Row, Row, Row]

/** What a new part of the state may be: old parts unchanged or elsewhere, the input, a constant, something computed. */
const parts: readonly ((s: Three, x: Row) => Row)[] = [
  ([a]) => a,
  ([, b]) => b,
  ([, , c]) => c,
  (_, x) => x,
  () => tensor([1, 2, 3, 4]),
  ([a], x) => pipe(a, add(x)),
  ([a, b]) => pipe(a, sub(b)),
  ([, b]) => pipe(b, mul(0.5)),
  ([, , c]) => pipe(c, reverse(0)),
  ([a, b, c]) => pipe(a, mul(0.5), add(pipe(b, reverse(0))), sub(c)),
]

describe('states that move', () => {
  const row = (seed: number): Row => tensor([seed, seed + 1, -seed, 0.5])
  const start: Three = [row(1), row(2), row(3)]
  const inputs = [row(5), row(7), row(11), row(13)]
  const part = fc.constantFrom(...parts)

  test('swap, stay, are replaced and are given out, before and after, under other sizes: as without an engine', () => {
    fc.assert(
      fc.property(part, part, part, part, part, (a, b, c, d, e) => {
        const move = (s: Three, x: Row) => {
          const next: Three = [a(s, x), b(s, x), c(s, x)]
          return [next, { old: d(s, x), new: e(next, x), table: pipe(next[0], reshape('2 2')) }] as const
        }
        sameBits('fold', 'the engine and none', train.fold(jit(move, { engine }))(start)(inputs), train.fold(move)(start)(inputs))
      }),
      draws(63, 300),
    )
  })

  test('(a, b) becomes (b, a): after three rounds they have changed places', () => {
    const swap = jit(([a, b]: readonly [Row, Row], _: Row) => [[b, a] as const, { first: a }] as const, { engine })
    const [[a, b], history] = train.fold(swap)([row(1), row(2)])(inputs.slice(0, 3))
    expect([toNested(a), toNested(b)]).toEqual([toNested(row(2)), toNested(row(1))])
    expect(history.map(({ first }) => toNested(first)[0])).toEqual([1, 2, 1])
  })

  test('a state that grows is carried by calls', () => {
    const grow = jit((s: Tensor<string>, x: Tensor<string>) => [concat(0)([s, x] as const), sum()(s)] as const, { engine })
    const [end, totals] = train.fold(grow)(tensor([1]))([tensor([2]), tensor([3])])
    expect([toNested(end), totals.map(total => toNumber(total))]).toEqual([
      [1, 2, 3],
      [1, 3],
    ])
  })
})
