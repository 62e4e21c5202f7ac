/** What an engine is made for: its costs change no bit, and the order of sums does. */
import * as fc from 'fast-check'
import { layer, loss, optimizer, pipe, random, train } from 'pullback'
import { afterEach, describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { type Order, order } from '../../src/engine/fusion/target.js'
import { wasmEngineOn } from '../../src/engine/wasm/index.js'
import type { StartWorker } from '../../src/engine/wasm/platform.js'
import { type WasmTarget, wasmCosts, wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import * as primitive from '../../src/primitives/index.js'
import type { Engine } from '../../src/program/index.js'
import { allocate, concrete, type DType, relabel, sizeOf, type Tensor, tensor, tree, typed, type Value } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { costs } from '../support/costs.js'
import { draws } from '../support/draws.js'
import { digest } from './support/digest.js'
import { closed, type Flat, whole } from './support/run.js'
import { watched } from './support/watched.js'

/** Ten thousand different numbers from -5/3 to 5/3: nearly every addition rounds. */
const entries = (sizes: readonly number[], dtype: DType = 'float32', seed = 0): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  for (let i = 0; i < buffer.length; i += 1) buffer[i] = (((i + seed) * 7919) % 10_007) / 3000 - 5 / 3
  return concrete(sizes, dtype, buffer)
}

const indices = (count: number, rows: number): Value =>
  concrete(
    [count],
    'int32',
    Int32Array.from({ length: count }, (_, i) => (i * 7) % rows),
  )

const zero = concrete([], 'float32', 0)
const matrix = { left: [1], right: [0], leftBatch: [], rightBatch: [] }
const batched = { left: [2], right: [1], leftBatch: [0], rightBatch: [0] }
const { add, broadcastAxes, contract, exp, maxAxes, mul, neg, permuteAxes, sumAxes, tanh } = primitive
const turned = (x: Value): Value => permuteAxes(x, [1, 0])

/** The results of a function, and what its pullback makes of the results themselves. */
const withGradient =
  (f: Flat): Flat =>
  given => {
    const [results, pullback] = vjp((inputs: readonly Value[]) => f(inputs))(given)
    return [...results, ...pullback(results)]
  }

/** Rows of a matrix: the greatest entry, the exponentials with their sum, the quotients. */
const softmax: Flat = ([x = zero]) => {
  const spread = (rows: Value): Value => broadcastAxes(rows, x.sizes, [1])
  const exponentials = exp(add(x, neg(spread(maxAxes(x, [1])))))
  const result = primitive.div(exponentials, spread(sumAxes(exponentials, [1])))
  return [result, sumAxes(mul(result, x), [0])]
}

/** A chain that several results read, with a part in float64. */
const chain: Flat = ([x = zero, y = x]) => {
  let z = x
  for (let i = 0; i < 12; i += 1) z = i % 3 === 0 ? tanh(add(z, y)) : mul(add(z, x), broadcastAxes(sumAxes(y, [0]), x.sizes, [0]))
  const wide = primitive.castTo(exp(primitive.castTo(z, 'float64')), 'float32')
  return [z, sumAxes(wide, [1]), add(wide, z), primitive.select(primitive.less(z, x), wide, neg(y)), primitive.reverseAxes(z, [1])]
}

const conv = (groups: number, stride: number): Flat => {
  const form = { stride: [stride, 1], low: [1, 0], high: [1, 2], inputDilation: [1, 1], dilation: [1, 1], groups }
  return withGradient(([x = zero, w = zero]) => [primitive.conv(x, w, form)])
}

interface Case {
  readonly title: string
  readonly f: Flat
  readonly inputs: readonly Value[]
}

const product = (dtype: DType, rows: number, inner: number, columns: number): readonly Case[] => {
  const [x, y, across, along] = [
    [rows, inner],
    [inner, columns],
    [inner, rows],
    [columns, inner],
  ].map((sizes, i) => entries(sizes, dtype, i))
  const title = `${dtype} ${rows}x${inner} by ${inner}x${columns}`
  return [
    { title, f: ([x = zero, y = zero]) => [contract(x, y, matrix)], inputs: [x ?? zero, y ?? zero] },
    { title: `${title}, turned`, f: ([x = zero, y = zero]) => [tanh(contract(turned(x), y, matrix))], inputs: [across ?? zero, y ?? zero] },
    { title: `${title}, by rows`, f: ([x = zero, y = zero]) => [contract(x, turned(y), matrix)], inputs: [x ?? zero, along ?? zero] },
  ]
}

const reductions = (dtype: DType, sizes: readonly number[]): readonly Case[] => [
  {
    title: `reductions of ${dtype} ${sizes.join(' ')}`,
    f: ([x = zero]) => [
      ...sizes.map((_, axis) => sumAxes(x, [axis])),
      sumAxes(
        mul(x, x),
        sizes.map((_, axis) => axis),
      ),
      maxAxes(x, [sizes.length - 1]),
      primitive.minAxes(x, [0]),
      primitive.prodAxis(x, sizes.length - 1),
    ],
    inputs: [entries(sizes, dtype)],
  },
]

/** Every planner has something to decide here. */
const cases: readonly Case[] = [
  ...product('float32', 37, 801, 29),
  ...product('float64', 13, 401, 11),
  ...product('float32', 5, 16_390, 9),
  ...product('float32', 1, 1000, 130),
  { title: 'batches', f: ([x = zero, y = zero]) => [tanh(contract(x, y, batched))], inputs: [entries([3, 7, 50]), entries([3, 50, 21])] },
  { title: 'a convolution', f: conv(1, 1), inputs: [entries([2, 3, 9, 11]), entries([5, 3, 3, 3])] },
  { title: 'a convolution in groups', f: conv(2, 2), inputs: [entries([3, 4, 8, 7]), entries([6, 2, 3, 2])] },
  ...reductions('float32', [70_001]),
  ...reductions('float32', [67, 300]),
  ...reductions('float64', [5, 3, 70]),
  ...reductions('int32', [9, 131]),
  { title: 'a softmax', f: softmax, inputs: [entries([70, 101])] },
  { title: 'a chain', f: chain, inputs: [entries([65, 34]), entries([65, 34], 'float32', 5)] },
  ...[3, 200].map(count => ({
    title: `${count} rows of 40`,
    f: withGradient(([x = zero]) => [primitive.gather(x, indices(count, 40), { axis: 0, batch: 0 })]),
    inputs: [entries([40, 23])],
  })),
  {
    title: 'sorting and joining',
    f: ([x = zero]) => [primitive.argsortAxis(x, 1), primitive.concatAxis([exp(x), neg(x)], 0)],
    inputs: [entries([20, 33])],
  },
]

const model = pipe(layer.input('30'), layer.dense(33), layer.tanh, layer.dense(10))
const adam = optimizer.adam(0.01)
const params = tree.map(x => relabel(x.shape, entries(x.sizes, x.dtype, sizeOf(x.sizes))))(model.init(random.key(0)))
const initial = { params, optimizer: adam.init(params), step: tensor(0, 'int32') }
const batch = {
  input: typed<Tensor<'21 30'>>(entries([21, 30])),
  target: typed<Tensor<'21', 'int32'>>(indices(21, 10)),
}

/** Two steps of training, in the engine's memory. */
const trained = (engine: Engine): object => {
  const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine })
  const [state, history] = train.fold(step)(initial)([batch, batch])
  return [state, ...history]
}

/** What an engine makes of a case: of the whole program, and operation by operation. */
const results = (engine: Engine, { f, inputs }: Case): object => [
  ...whole(engine, closed(f, inputs)),
  ...withEngine(engine)(() => f(inputs)),
]

/** The ends of workers, so that a longer search does not gather them. */
const running = new Set<() => unknown>()
afterEach(() => {
  for (const end of running) end()
  running.clear()
})

interface Made {
  readonly engine: Engine
  /** Bytes of the modules that it compiled. */
  readonly sizes: readonly number[]
  /** Resolves when the worker that was started waits for jobs, if one was. */
  readonly ready: () => Promise<void>
}

const made = (target: WasmTarget, threads: number): Made => {
  const place = watched()
  const sizes: number[] = []
  const { Memory, Module: Own, Instance, validate } = place.runtime
  class Module extends Own {
    constructor(bytes: Uint8Array) {
      super(bytes)
      sizes.push(bytes.length)
    }
  }
  const startWorker: StartWorker = (...given) => {
    const worker = place.startWorker?.(...given) ?? { terminate: () => undefined }
    running.add(worker.terminate)
    return worker
  }
  const engine = wasmEngineOn({ ...place, runtime: { Memory, Module, Instance, validate }, startWorker }, { threads }, target)
  return { engine, sizes, ready: () => (place.started() > 0 ? place.waiting(1) : Promise.resolve()) }
}

const standard = made(wasmTarget, 1)
const expected = cases.map(sample => ({ ...sample, results: results(standard.engine, sample) }))
const expectedState = trained(standard.engine)

describe.each([1, 2])('other costs give the same bits, with %d threads', threads => {
  test('in whole programs, and operation by operation', async () => {
    await fc.assert(
      fc.asyncProperty(costs, async drawn => {
        const { engine, sizes, ready } = made({ order, costs: drawn }, threads)
        // The worker starts with the first program that is worth dividing, where there is one.
        if (threads > 1) trained(engine)
        await ready()
        for (const sample of expected) sameBits('engine', `${sample.title} for two targets`, sample.results, results(engine, sample))
        sameBits('engine', 'two steps for two targets', expectedState, trained(engine))
        // Costs that nobody reads would change no bit either. The standard engine has one thread, and compiled as much in this order.
        if (threads === 1) expect(sizes).not.toEqual(standard.sizes)
      }),
      draws(91 + threads, 5),
    )
  })
})

describe('another order gives other bits', () => {
  const changes: readonly (readonly [what: string, change: Partial<Order>])[] = [
    ['accumulators', { accumulators: 2 }],
    ['terms of a partial sum', { mostTerms: 16 }],
    ['entries of a part', { entriesPerPart: 8_192 }],
    ['results of sums in parts', { mostResultsInParts: 0 }],
    ['entries of a block', { entriesPerBlock: 128 }],
    ['multiples of blocks', { blockMultiple: 1 }],
    ['products that are long', { longProduct: 500 }],
  ]
  test.each(changes)('by the number of %s', async (_, change) => {
    const { engine } = made({ order: { ...order, ...change }, costs: wasmCosts }, 1)
    const ownBits = await Promise.all(expected.map(sample => digest(results(engine, sample))))
    expect(ownBits).not.toEqual(await Promise.all(expected.map(sample => digest(sample.results))))
  })

  test('and each number of the order is tried, but for the lanes, which the machine gives', () => {
    expect([...changes.flatMap(([, change]) => Object.keys(change)), 'lanes'].sort()).toEqual(Object.keys(order).sort())
  })
})
