/** The same program gives the same bits: in every engine of this kind, on every machine, however its operands lie in memory, in one pass or in many. */
import * as fc from 'fast-check'
import {
  layer,
  loss,
  matmul,
  mean,
  optimizer,
  pipe,
  random,
  softmax,
  type Tensor,
  tanh,
  tensor,
  toNumber,
  train,
  transpose,
  tree,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { tensors } from '../../src/laws/index.js'
import * as primitive from '../../src/primitives/index.js'
import { type DType, relabel, sizeOf, typed, type Value } from '../../src/tensor/index.js'
import { jit } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { digest, grid } from './support/digest.js'
import { disguises } from './support/disguise.js'
import { closed, type Flat, piecewise, whole } from './support/run.js'

const model = pipe(layer.input('3'), layer.dense(9), layer.tanh, layer.dense(6), layer.sigmoid, layer.dense(4))
const adam = optimizer.adam(0.01)

const params = tree.map(x => relabel(x.shape, grid(x.sizes, x.dtype, sizeOf(x.sizes))))(model.init(random.key(0)))
const initial = { params, optimizer: adam.init(params), step: tensor(0, 'int32') }

/** Two hundred batches, five different ones in turn: seven examples each, of four classes. */
const batches = Array.from({ length: 200 }, (_, i) => ({
  input: typed<Tensor<'7 3'>>(grid([7, 3], 'float32', 10 * (i % 5))),
  target: tensor([0, 1, 2, 3, (i % 5) % 4, 1, 2], 'int32'),
}))

describe('200 steps of Adam', () => {
  const folded = (): Promise<string> => {
    const [state, history] = train.fold(train.step(model, loss.softmaxCrossEntropy, adam, { engine: wasmEngine() }))(initial)(batches)
    const losses = history.map(metrics => toNumber(metrics.loss))
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
    return digest([state, ...history])
  }

  test('end with the bits that were recorded', async () => {
    expect(await folded()).toBe('ac942f75c670bd57')
  })

  test('end with the same bits in another engine, and with one thread', async () => {
    const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine: wasmEngine({ threads: 1 }) })
    const history: train.Metrics[] = []
    let state = initial
    for (const batch of batches) {
      const [next, metrics] = step(state, batch)
      state = next
      history.push(metrics)
    }
    expect(await digest([state, ...history])).toBe(await folded())
  })
})

describe('the order of additions', () => {
  // A longer sum or product than one block takes, of thirds, so that every addition rounds.
  const recorded: readonly (readonly [DType, string])[] = [
    ['float32', '1872391f6e36a8d3'],
    ['float64', 'a57d1812dbd705b4'],
  ]
  test.each(recorded)('of sums and products is the one that was recorded: %s', async (dtype, expected) => {
    const thirds = (sizes: readonly number[]): Value => {
      const x = grid(sizes, dtype, 0)
      return primitive.div(x, primitive.filled(x, 3))
    }
    const matrix = { left: [1], right: [0], leftBatch: [], rightBatch: [] }
    const program = closed(
      ([x = thirds([7, 1000]), y = x, long = x]) => [
        primitive.contract(x, y, matrix),
        primitive.sumAxes(x, [0]),
        primitive.sumAxes(x, [1]),
        primitive.sumAxes(x, [0, 1]),
        primitive.prodAxis(y, 1),
        primitive.sumAxes(long, [0]),
      ],
      [thirds([7, 1000]), thirds([1000, 9]), thirds([100_003])],
    )
    expect(await digest(whole(wasmEngine(), program))).toBe(expected)
  })
})

describe('memory', () => {
  const engine = wasmEngine()
  const matrices = fc.array(fc.constantFrom(1, 2, 3, 5, 8, 9, 17, 33), { minLength: 2, maxLength: 3 })

  /** The engine's result for a tensor that lies in order, and for one that the program's own views put in order. */
  const ignoresLayout = (f: (x: Value) => Value, x: Value, way: (typeof disguises)[number]): void => {
    const run = (of: Flat, given: Value): readonly Value[] => whole(engine, closed(of, [given]))
    const { stored, restore } = way(x)
    const operand = ([y = x]: readonly Value[]): Value => y
    sameBits(
      'engine',
      'of a tensor and of a view',
      run(inputs => [f(operand(inputs))], x),
      run(inputs => [f(restore(operand(inputs)))], stored),
    )
  }

  /** Thirds, so that every addition rounds. */
  const drawn = (dtype: DType) => matrices.chain(sizes => values(sizes, dtype)).map(x => primitive.div(x, primitive.filled(x, 3)))
  const ways = fc.constantFrom(...disguises)

  test.each<DType>(['float32', 'float64'])('does not decide how a sum or a product of entries is formed: %s', dtype => {
    fc.assert(
      fc.property(drawn(dtype), ways, fc.nat({ max: 6 }), (x, way, which) => {
        const axes = x.sizes.map((_, axis) => axis).filter(axis => (((which + 1) >> axis) & 1) === 1)
        ignoresLayout(y => primitive.sumAxes(y, axes), x, way)
        ignoresLayout(y => primitive.maxAxes(y, axes), x, way)
        ignoresLayout(y => primitive.prodAxis(y, axes[0] ?? 0), x, way)
      }),
      draws(71, 100),
    )
  })

  test.each<DType>(['float32', 'float64'])('does not decide how a matrix product is summed: %s', dtype => {
    fc.assert(
      fc.property(drawn(dtype), ways, (x, way) => {
        const last = x.sizes.length - 1
        const gram = { left: [last], right: [last], leftBatch: [], rightBatch: [] }
        ignoresLayout(y => primitive.contract(y, y, gram), x, way)
        ignoresLayout(y => primitive.contract(y, x, { ...gram, left: [0], right: [0] }), x, way)
      }),
      draws(72, 60),
    )
  })
})

describe('one pass or many', () => {
  const engine = wasmEngine()

  test('jit(g ∘ f) is jit(g) ∘ jit(f)', () => {
    const f = (x: Tensor<'5 9'>) => pipe(x, tanh, softmax(1))
    const g = (x: Tensor<'5 9'>) => pipe(transpose(x), matmul(x), mean(0), softmax(0), mean())
    const [all, first, second] = [jit((x: Tensor<'5 9'>) => g(f(x)), { engine }), jit(f, { engine }), jit(g, { engine })]
    fc.assert(
      fc.property(tensors('5 9'), x => sameBits('jit', 'one program and two', all(x), second(first(x)))),
      draws(73, 50),
    )
  })

  test('a training step is its operations one by one', () => {
    const step = train.step(model, loss.softmaxCrossEntropy, adam)
    const leaves = tree.leaves(initial)
    const [batch] = batches
    if (batch === undefined) throw new Error('no batch')
    const program = closed(
      ([input = batch.input, ...state]) => {
        const places = state[Symbol.iterator]()
        const at = tree.map(x => places.next().value ?? x)(initial)
        return tree.leaves(step(at, { ...batch, input: typed<Tensor<'7 3'>>(input) }))
      },
      [batch.input, ...leaves],
    )
    expect(program.program.equations.length).toBeGreaterThan(100)
    sameBits('engine', 'the step and its parts', piecewise(engine, program), whole(engine, program))
  })
})
