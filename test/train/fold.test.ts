/** Training is a fold: it may be cut anywhere, also through text on disk, without a bit of difference. */
import * as fc from 'fast-check'
import { codec, data, loss, metric, pipe, random, toNumber, train } from 'pullback'
import { describe, expect, test } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'
import { adam, batches, dataset, initial, model, step } from './support.js'

const all = [...batches]
const fold = train.fold(step)
const cut = draws(101, 10)

describe('the laws of the fold', () => {
  const [whole, history] = fold(initial)(all)
  test('fold(xs ++ ys) is fold(ys) after fold(xs), and histories go end to end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: all.length }), place => {
        const [middle, before] = fold(initial)(all.slice(0, place))
        const [end, after] = fold(middle)(all.slice(place))
        sameBits('fold', 'states', end, whole)
        sameBits('fold', 'histories', [...before, ...after], history)
      }),
      cut,
    )
  })
  test('also through encode and decode', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: all.length }), place => {
        const [middle] = fold(initial)(all.slice(0, place))
        const loaded = right(codec.decode(initial)(codec.encode(middle)))
        sameBits('codec', 'states', loaded, middle)
        sameBits('fold', 'states', fold(loaded)(all.slice(place))[0], whole)
      }),
      cut,
    )
  })
  test('folding nothing gives the initial state itself and no history', () => {
    expect(fold(initial)([])).toEqual([initial, []])
    expect(fold(initial)([])[0]).toBe(initial)
  })
  test('the initial state stays as it was', () => {
    const before = codec.encode(initial)
    fold(initial)(all)
    expect(codec.encode(initial)).toBe(before)
  })
  test('a fold of any state and any step', () => {
    const sum = train.fold((state: number, x: number) => [state + x, { seen: x }] as const)
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (xs, ys) => {
        const [middle, before] = sum(0)(xs)
        const [end, after] = sum(middle)(ys)
        expect([end, [...before, ...after]]).toEqual(sum(0)([...xs, ...ys]))
      }),
      draws(102),
    )
  })
})

describe('steps', () => {
  test('are counted, one entry of history for each', () => {
    const [state, history] = fold(initial)(all)
    expect([toNumber(initial.step), toNumber(state.step), history.length, batches.count, all.length]).toEqual([0, 8, 8, 8, 8])
  })
  test('bring the loss down', () => {
    const evaluate = train.evaluate(model, loss.softmaxCrossEntropy)
    const held = [...data.batches({ size: 30 })(dataset)]
    const [trained] = fold(initial)(data.batches({ size: 10, epochs: 30, key: random.key(3) })(dataset))
    expect(evaluate(trained.params)(held)).toBeLessThan(0.5 * evaluate(initial.params)(held))
    expect(train.evaluate(model, metric.accuracy)(trained.params)(held)).toBeGreaterThan(0.8)
  })
  test('a hundred of them give the same bits twice', () => {
    const run = (): string => {
      const start = train.init(model, adam)(random.key(4))
      const seeded = data.batches({ size: 6, epochs: 20, key: random.key(5) })(dataset)
      const [state, history] = pipe(seeded, train.fold(train.step(model, loss.softmaxCrossEntropy, adam))(start))
      expect(history.length).toBe(100)
      return codec.encode({ state, history })
    }
    expect(run()).toBe(run())
  })
})

describe('observers', () => {
  test('see every step in order, with the state after it', () => {
    const seen: (readonly [number, number, number])[] = []
    const watched = train.fold(step, (metrics, index, state) => {
      seen.push([index, toNumber(metrics.loss), toNumber(state().step)])
    })
    const [, history] = watched(initial)(all)
    expect(seen).toEqual(history.map((metrics, i) => [i, toNumber(metrics.loss), i + 1]))
  })
  test('change nothing', () => {
    const watched = train.fold(step, () => ({ stop: true }))
    sameBits('observe', 'folds', [...watched(initial)(all)], [...fold(initial)(all)])
  })
  test('an error of an observer ends the fold', () => {
    const failing = train.fold(step, (_, index) => {
      if (index === 2) throw new Error('enough')
    })
    expect(() => failing(initial)(all)).toThrow('enough')
  })
})
