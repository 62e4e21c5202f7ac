/** Training on this engine and on the reference: the same path, but for rounding. */
import { data, layer, loss, optimizer, pipe, random, reference, toArray, toNumber, train, tree } from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import type { Engine } from '../../src/program/index.js'
import { dataset } from '../train/support.js'

/** Seven and five units: neither fills whole vectors. */
const model = pipe(layer.input('2'), layer.dense(7), layer.tanh, layer.dense(5), layer.gelu, layer.dense(3))

const engine = wasmEngine()

/** Fifty steps: 30 examples in batches of 8, the last of 6. */
const run = <F extends optimizer.StateOf>(descend: optimizer.GradientTransformation<F>, on: Engine) => {
  const step = train.step(model, loss.softmaxCrossEntropy, descend, { engine: on })
  const batches = [...data.batches({ size: 8, epochs: 13, key: random.key(2) })(dataset)].slice(0, 50)
  return train.fold(step)(train.init(model, descend)(random.key(1)))(batches)
}

describe.each([
  ['sgd', (on: Engine) => run(optimizer.sgd(0.1), on)],
  ['momentum', (on: Engine) => run(optimizer.momentum(0.05), on)],
  ['nesterov', (on: Engine) => run(optimizer.nesterov(0.05), on)],
  ['adam', (on: Engine) => run(optimizer.adam(0.01), on)],
] as const)('%s', (_, train50) => {
  const [[there, before], [here, now]] = [train50(reference), train50(engine)]

  test('learns', () => {
    expect(toNumber(now[49]?.loss ?? before[0]?.loss ?? here.step)).toBeLessThan(0.9 * toNumber(now[0]?.loss ?? here.step))
  })

  // One step differs by roundings of float32, 6e-8 each. Fifty steps of a contracting descent add them up, and Adam's quotient of two small
  // moments enlarges them by another factor of ten or so.
  test('every loss is that of the reference to 1e-4', () => {
    expect(now.length).toBe(50)
    now.forEach((metrics, i) => {
      expect(Math.abs(toNumber(metrics.loss) - toNumber(before[i]?.loss ?? metrics.loss))).toBeLessThan(1e-4)
    })
  })

  test('parameters and moments end within 1e-3 of the reference', () => {
    const expected = tree.leaves(there)
    tree.leaves(here).forEach((x, i) => {
      const reached = expected[i]
      expect([x.shape, x.dtype]).toEqual([reached?.shape, reached?.dtype])
      toArray(x).forEach((value, place) => {
        expect(Math.abs(value - (toArray(reached ?? x)[place] ?? Number.NaN))).toBeLessThan(1e-3)
      })
    })
  })
})
