/** Exported programs, run by their loader without this library, have the bits of the library's own calls. */
import * as fc from 'fast-check'
import {
  add,
  arange,
  cast,
  cond,
  conv,
  einsum,
  erf,
  exp,
  flatten,
  gelu,
  grad,
  greater,
  jit,
  layer,
  loss,
  matmul,
  maxPool,
  mean,
  mul,
  ones,
  optimizer,
  pipe,
  random,
  relu,
  rem,
  scan,
  sin,
  slice,
  softmax,
  square,
  sum,
  switchCase,
  type Tensor,
  take,
  tanh,
  tensor,
  train,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { values } from '../../src/laws/arbitrary.js'
import { typed, type Value } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { cases, singleCases } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { type Arrays, arraysOf, difference, loaded } from './support/alone.js'
import { chains, exactly, smoothly } from './support/chain.js'
import './support/relaxed.js'
import { spaced } from './support/spaced.js'

const [one, two] = [wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]

/** A function's results by its file, and by the library on two threads: undefined if all bytes are the same. */
const disagreement = async <A extends readonly object[]>(f: (...args: A) => object, ...args: A): Promise<string | undefined> => {
  const alone = await loaded(await jit((...given: object[]) => f(...typed<A>(given)), { engine: one }).export(...args))
  return difference(arraysOf(jit(f, { engine: two })(...args)), alone(...args.map(arraysOf)))
}

const all = [...cases, ...singleCases]

describe('of the samples', () => {
  test.each([...new Set(all.map(({ operation }) => operation.name))])('of %s', async name => {
    for (const { operation, inputs } of all.filter(sample => sample.operation.name === name)) {
      const given = inputs.map(spaced)
      expect(await disagreement((...xs: readonly Value[]) => bind(operation, xs), ...given)).toBeUndefined()
      // What the function closes over is in the file, and the first input is an argument.
      const [first, ...held] = given
      if (first) expect(await disagreement((x: Value) => bind(operation, [x, ...held]), first)).toBeUndefined()
    }
  })
})

describe('of random programs', () => {
  test.each([
    ['exact', exactly, 71],
    ['smooth', smoothly, 72],
  ] as const)('of %s operations', async (_, operations, seed) => {
    const sizes = fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 3 })
    const pairs = sizes.chain(s => fc.tuple(values(s, 'float32', { low: -2, high: 2 }), values(s, 'float32', { low: -2, high: 2 })))
    await fc.assert(
      fc.asyncProperty(pairs, chains(operations, { min: 2, max: 8 }), async ([x, y], f) => {
        expect(await disagreement((a: Value) => f([a, y]), x)).toBeUndefined()
      }),
      draws(seed, 40),
    )
  })
})

const key = random.key(3)
const perceptron = pipe(layer.input('784'), layer.dense(64), layer.relu, layer.dense(10))
const weights = perceptron.init(key)
const images = random.normal('32 784')(random.key(4))

const convnet = (filter: Tensor<'4 1 3 3'>, weight: Tensor<'64 10'>) => (image: Tensor<'1 8 8'>) =>
  pipe(image, conv(filter, { padding: 'same' }), relu, maxPool([2, 2]), flatten, matmul(weight))

interface Block {
  readonly query: Tensor<'16 16'>
  readonly key: Tensor<'16 16'>
  readonly value: Tensor<'16 16'>
  readonly up: Tensor<'16 32'>
  readonly down: Tensor<'32 16'>
}
const block =
  (p: Block) =>
  (x: Tensor<'12 16'>): Tensor<'12 16'> => {
    const scores = pipe(einsum('q d, k d -> q k')(matmul(p.query)(x), matmul(p.key)(x)), mul(0.25), softmax(-1))
    const y = pipe(scores, matmul(pipe(x, matmul(p.value))), add(x))
    return pipe(y, matmul(p.up), gelu, matmul(p.down), add(y))
  }
const parts: Block = {
  query: random.normal('16 16')(random.key(5)),
  key: random.normal('16 16')(random.key(6)),
  value: random.normal('16 16')(random.key(7)),
  up: random.normal('16 32')(random.key(8)),
  down: random.normal('32 16')(random.key(9)),
}

describe('of programs', () => {
  test("a perceptron's forward pass, weights in the file", async () => {
    expect(await disagreement((x: Tensor<'32 784'>) => pipe(x, vmap('32')(perceptron.apply(weights)), softmax(-1)), images)).toBeUndefined()
  })

  test('a training step with Adam, whose next state is the next argument', async () => {
    const adam = optimizer.adam(0.01)
    const step = train.step(perceptron, loss.softmaxCrossEntropy, adam, { engine: two })
    const target = pipe(arange(32), rem(10), cast('int32'))
    const batch = { input: images, target } as const
    const initial = train.init(perceptron, adam)(key)
    const files = await jit((state: typeof initial, given: typeof batch) => step(state, given), { engine: one }).export(initial, batch)
    const alone = await loaded(files)
    let state = initial
    let arrays = arraysOf(initial)
    for (let i = 0; i < 3; i += 1) {
      const [next, metrics] = step(state, batch)
      const result = alone(arrays, arraysOf(batch))
      expect(difference(arraysOf([next, metrics]), result)).toBeUndefined()
      const [first] = result as readonly Arrays[]
      arrays = first ?? arrays
      state = next
    }
  })

  test('a convolutional network and its gradients over a batch', async () => {
    const given = { filter: random.normal('4 1 3 3')(key), weight: random.normal('64 10')(key) }
    const batch = random.normal('5 1 8 8')(random.key(2))
    const total = (p: typeof given) => pipe(vmap('5')(convnet(p.filter, p.weight))(batch), square, mean())
    expect(await disagreement((p: typeof given) => [total(p), grad(total)(p)], given)).toBeUndefined()
  })

  test('a transformer block and its gradients', async () => {
    const x = random.normal('12 16')(random.key(1))
    expect(await disagreement(block(parts), x)).toBeUndefined()
    expect(await disagreement((p: Block) => grad((q: Block) => pipe(x, block(q), square, mean()))(p), parts)).toBeUndefined()
  })

  test('a scan of 10,000 steps, and its gradient', async () => {
    const xs = random.normal('10000')(random.key(1))
    const step = (carry: Tensor<''>, x: Tensor<''>) => {
      const next = pipe(carry, mul(0.9), add(x), tanh)
      return [next, next] as const
    }
    const walk = (start: Tensor<''>, steps: Tensor<'10000'>) => scan('10000')(step, start)(steps)
    expect(await disagreement(walk, tensor(0.5), xs)).toBeUndefined()
    expect(await disagreement((steps: Tensor<'10000'>) => grad((s: Tensor<'10000'>) => walk(tensor(0.5), s)[0])(steps), xs)).toBeUndefined()
  })

  test('branches, each of which is taken', async () => {
    const chosen = (which: Tensor<'', 'int32'>, x: Tensor<'5'>) =>
      switchCase(which, [(y: Tensor<'5'>) => exp(y), (y: Tensor<'5'>) => sin(y), (y: Tensor<'5'>) => mul(3)(y)])(x)
    const alone = await loaded(await jit(chosen, { engine: one }).export(tensor(0, 'int32'), zeros('5')))
    const x = random.normal('5')(key)
    for (const i of [-1, 0, 1, 2, 3])
      expect(difference(arraysOf(chosen(tensor(i, 'int32'), x)), alone(Int32Array.of(i), arraysOf(x)))).toBeUndefined()
    const sign = (y: Tensor<''>) =>
      cond(
        greater(0)(y),
        (z: Tensor<''>) => exp(z),
        (z: Tensor<''>) => mul(-1)(z),
      )(y)
    for (const y of [2, -2]) expect(await disagreement(sign, tensor(y))).toBeUndefined()
  })

  test('random numbers of a key that is an argument', async () => {
    const drawn = (k: typeof key) => [random.normal('100')(k), random.uniform('7')(k), random.split(3)(k)] as const
    expect(await disagreement(drawn, key)).toBeUndefined()
  })

  test('a module of more than a mebibyte', async () => {
    const long = (x: Tensor<'64 256'>) => {
      let y = x
      for (let i = 0; i < 250; i += 1) {
        const z = pipe(y, erf, sin)
        y = pipe(z, add(pipe(z, sum(0))))
      }
      return y
    }
    const files = await jit(long, { engine: one }).export(zeros('64 256'))
    expect(files.wasm.length).toBeGreaterThan(1 << 20)
    expect(
      difference(arraysOf(jit(long, { engine: two })(ones('64 256'))), (await loaded(files))(new Float32Array(64 * 256).fill(1))),
    ).toBeUndefined()
  })
})

describe('of results', () => {
  test('that are arguments, constants, held numbers, one value twice, scalars or empty', async () => {
    const held = tensor([7, 8, 9])
    const several = (p: { readonly x: Tensor<'3'>; readonly none: Tensor<'0 4'>; readonly unused: Tensor<'2', 'bool'> }) => ({
      argument: p.x,
      held,
      zero: zeros('2 2'),
      whole: tensor(5, 'int32'),
      twice: [mul(2)(p.x), mul(2)(p.x)] as const,
      total: sum()(p.x),
      none: p.none,
      less: pipe(p.none, sum(0)),
      flags: greater(1)(p.x),
      wide: tensor([1, 2], 'float64'),
      part: slice('1:')(p.x),
    })
    const argument = { x: tensor([0, 1, 2]), none: zeros('0 4'), unused: tensor([true, false]) }
    expect(await disagreement(several, argument)).toBeUndefined()
  })

  test('are new arrays, and a call leaves no trace in the next', async () => {
    const alone = await loaded(await jit((x: Tensor<'3'>) => [x, exp(x)] as const).export(zeros('3')))
    const [x, first] = [Float32Array.of(1, 2, 3), alone(Float32Array.of(0, 0, 0)) as readonly Float32Array[]]
    const [echo, second] = alone(x) as readonly Float32Array[]
    echo?.fill(7)
    expect([...x]).toEqual([1, 2, 3])
    expect(first.map(array => [...array])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ])
    expect(difference(arraysOf(exp(tensor([1, 2, 3]))), second ?? x)).toBeUndefined()
  })

  test('of a relaxed engine are those of that engine', async () => {
    const engine = wasmEngine({ threads: 1, relaxed: true })
    const product = jit((x: Tensor<'12 16'>) => pipe(x, matmul(parts.query), exp), { engine })
    const x = random.normal('12 16')(random.key(1))
    const alone = await loaded(await product.export(x))
    expect(difference(arraysOf(product(x)), alone(arraysOf(x)))).toBeUndefined()
  })
})

describe('an index out of range', () => {
  const rows = jit(
    (at: Tensor<'2', 'int32'>) =>
      pipe(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        take(at, 0),
      ),
    { engine: one },
  )

  test('is reported with the message of the library, at each call anew', async () => {
    const alone = await loaded(await rows.export(tensor([0, 0], 'int32')))
    for (const at of [
      [0, 3],
      [-1, 0],
      [2, 2 ** 31 - 1],
    ]) {
      const { message } = errorOf(() => rows(tensor(at as [number, number], 'int32')))
      expect(() => alone(Int32Array.from(at))).toThrow(new RangeError(message))
    }
    expect(difference(arraysOf(rows(tensor([2, 0], 'int32'))), alone(Int32Array.of(2, 0)))).toBeUndefined()
  })

  test('in a loop and in a case of a branch is that of the operation which met it', async () => {
    const table = tensor([1, 2, 3])
    const pick = (at: Tensor<'1', 'int32'>) => pipe(table, take(at, 0), sum())
    const labelled = (at: Tensor<'1', 'int32'>) => loss.softmaxCrossEntropy(zeros('1 4'), at)
    const walk = jit(
      (ats: Tensor<'3 1', 'int32'>) =>
        scan('3')(
          (total: Tensor<''>, at: Tensor<'1', 'int32'>) => [pipe(at, cond(greater(0)(total), pick, labelled), add(total)), total] as const,
          zeros(''),
        )(ats)[0],
      { engine: one },
    )
    const alone = await loaded(await walk.export(tensor([[0], [0], [0]], 'int32')))
    const messages = [
      [[5], [0], [0]],
      [[0], [3], [0]],
      [[0], [1], [-1]],
    ].map(([[a = 0] = [], [b = 0] = [], [c = 0] = []]) => {
      const { message } = errorOf(() => walk(tensor([[a], [b], [c]], 'int32')))
      expect(() => alone(Int32Array.of(a, b, c))).toThrow(new RangeError(message))
      return message
    })
    expect(messages.map(message => /^.*? is outside/.exec(message)?.[0])).toEqual([
      'softmaxCrossEntropy: label 5 is outside',
      'take: index 3 is outside',
      'take: index -1 is outside',
    ])
    expect(difference(arraysOf(walk(tensor([[0], [1], [2]], 'int32'))), alone(Int32Array.of(0, 1, 2)))).toBeUndefined()
  })

  test('of an axis of size 0, and one without a sign', async () => {
    const none = jit((at: Tensor<'1', 'int32'>) => take(at, 0)(zeros('0 2')), { engine: one })
    expect(() => none(tensor([0], 'int32'))).toThrow('points into an axis of size 0')
    await expect(loaded(await none.export(tensor([0], 'int32'))).then(alone => alone(Int32Array.of(0)))).rejects.toThrow(
      errorOf(() => none(tensor([0], 'int32'))).message,
    )
    const unsigned = jit((at: Tensor<'1', 'uint32'>) => take(at, 0)(ones('3 2')), { engine: one })
    await expect(loaded(await unsigned.export(tensor([0], 'uint32'))).then(alone => alone(Uint32Array.of(2 ** 32 - 1)))).rejects.toThrow(
      errorOf(() => unsigned(tensor([2 ** 32 - 1], 'uint32'))).message,
    )
  })
})
