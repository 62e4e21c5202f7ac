/** Derived operations and losses from the edges: compiled they give the bits that they give at once, and the engine follows the plain loops. */
import * as fc from 'fast-check'
import * as pullback from 'pullback'
import { describe, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { jitChangesNothing, tensors } from '../../src/laws/index.js'
import { typed, type Value } from '../../src/tensor/index.js'
import { jvp, vjp } from '../../src/transform/index.js'
import type { Flat } from '../support/derived.js'
import { draws } from '../support/draws.js'
import { followsReference, tamed } from '../support/follows.js'
import { type Loose, loose } from '../support/loose.js'

const engine = wasmEngine({ threads: 1 })
const few = draws(93, 15)

const { loss } = pullback
const ops: { readonly [name: string]: unknown } = {
  relu: pullback.relu,
  selu: pullback.selu,
  gelu: pullback.gelu,
  geluTanh: pullback.geluTanh,
  silu: pullback.silu,
  softplus: pullback.softplus,
  logSigmoid: pullback.logSigmoid,
  sigmoid: pullback.sigmoid,
  tanh: pullback.tanh,
  tan: pullback.tan,
  ceil: pullback.ceil,
  square: pullback.square,
  reciprocal: pullback.reciprocal,
  abs: pullback.abs,
  sign: pullback.sign,
  leakyRelu: pullback.leakyRelu(0.1),
  elu: pullback.elu(1.5),
  clip: pullback.clip(-1, 1),
  'softmax of the last axis': pullback.softmax(-1),
  'softmax of the first axis': pullback.softmax(0),
  logSoftmax: pullback.logSoftmax(-1),
  sum: pullback.sum(-1),
  mean: pullback.mean(0),
  max: pullback.max(-1),
  min: pullback.min(),
  prod: pullback.prod(-1),
  variance: pullback.variance(-1),
  std: pullback.std(),
  logSumExp: pullback.logSumExp(-1),
  'less than 0': (x: Value) => (loose(pullback.where)(x, 0) as Loose)(loose(pullback.less)(0)(x)),
  'the loss of a class': (x: Value) => loose(loss.softmaxCrossEntropy)(x, pullback.tensor([2, 0], 'int32')),
  'the loss of a distribution': (x: Value) =>
    loose(loss.softmaxCrossEntropyOneHot)(
      x,
      pullback.tensor([
        [1, 0, 0],
        [0, 0.5, 0.5],
      ]),
    ),
  'the loss of logits': (x: Value) =>
    loose(loss.binaryCrossEntropyLogits)(
      x,
      pullback.tensor([
        [1, 0, 0.5],
        [0, 1, 0.25],
      ]),
    ),
  'the loss of probabilities': (x: Value) =>
    loose(loss.binaryCrossEntropy)(
      x,
      pullback.tensor([
        [1, 0, 0.5],
        [0, 1, 0.25],
      ]),
    ),
  huber: (x: Value) => loose(loss.huber(2))(x, pullback.zeros('2 3')),
}

describe.each(Object.entries(ops))('%s', (_, of) => {
  const f = (x: Value): Value => typed<Value>(loose(of)(x))
  const both: Flat = (x, direction = x) => {
    if (x === undefined) return []
    const [y, pullback] = vjp(f)(x)
    return [y, pullback(y), ...jvp(f)(x, direction)]
  }
  const drawn = fc.tuple(tensors('2 3', { edges: true }), tensors('2 3'))

  test('compiled, with its derivatives, it gives the bits that it gives at once', () => {
    fc.assert(
      fc.property(drawn, inputs => jitChangesNothing(both, { engine })(...inputs)),
      few,
    )
  })
  test('the engine follows the plain loops', () => {
    fc.assert(
      fc.property(drawn, inputs => followsReference(engine, both, inputs.map(tamed))),
      few,
    )
  })
})
