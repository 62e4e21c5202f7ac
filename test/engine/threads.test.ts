/** Threads divide the work and change no bit of it, in Node and in pages; a worker that dies is reported and replaced. */
import { jit, layer, loss, matmul, optimizer, pipe, random, sum, type Tensor, tensor, toNumber, train, tree } from 'pullback'
import { describe, expect, test } from 'vitest'
import { type WasmOptions, wasmEngineOn } from '../../src/engine/wasm/index.js'
import { type Platform, platform, type StartWorker } from '../../src/engine/wasm/platform.js'
import { words } from '../../src/engine/wasm/threads.js'
import type { Engine } from '../../src/program/index.js'
import { concrete, relabel, sizeOf, typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'
import { digest, grid } from './support/digest.js'
import { type Watched, watched } from './support/watched.js'

const model = pipe(layer.input('200'), layer.dense(150), layer.tanh, layer.dense(90), layer.relu, layer.dense(10))
const adam = optimizer.adam(1e-3)
const params = tree.map(x => relabel(x.shape, grid(x.sizes, x.dtype, sizeOf(x.sizes), 1 / 128)))(model.init(random.key(0)))
const initial = { params, optimizer: adam.init(params), step: tensor(0, 'int32') }

/** Five batches of 128 examples in turn, large enough that every step is divided. */
const five = Array.from({ length: 5 }, (_, i) => ({
  input: typed<Tensor<'128 200'>>(grid([128, 200], 'float32', 10 * i)),
  target: typed<Tensor<'128', 'int32'>>(
    concrete(
      [128],
      'int32',
      Int32Array.from({ length: 128 }, (_, row) => (row * (i + 3)) % 10),
    ),
  ),
}))
const batches = Array.from({ length: 200 }, (_, i) => five[i % 5] ?? five[0]).flatMap(batch => batch ?? [])

/** One step, in which workers are started, and then 200, in which they take part. */
const trained = async (engine: Engine, ready: () => Promise<void>): Promise<string> => {
  const fold = train.fold(train.step(model, loss.softmaxCrossEntropy, adam, { engine }))
  fold(initial)(batches.slice(0, 1))
  await ready()
  const [state, history] = fold(initial)(batches)
  expect(toNumber(history.at(-1)?.loss ?? tensor(Number.NaN))).toBeLessThan(toNumber(history[0]?.loss ?? tensor(0)))
  return digest([state, ...history])
}

const recorded = 'bd571bd121bef9df'

describe('200 steps of Adam end with the bits that were recorded', () => {
  test.each([1, 2, 7])('with %d threads', async threads => {
    const place = watched()
    expect(await trained(wasmEngineOn(place, { threads }), () => place.waiting(threads - 1))).toBe(recorded)
    expect(place.started()).toBe(threads - 1)
    // The module and every step are jobs, where there are workers.
    expect(place.jobs() >= 200).toBe(threads > 1)
  })

  test('with a caller that may not sleep, as in a page', async () => {
    const place = watched({ maySleep: false })
    expect(await trained(wasmEngineOn(place, { threads: 2 }), () => place.waiting(1))).toBe(recorded)
    expect(place.jobs()).toBeGreaterThanOrEqual(200)
  })

  test('where no memory can be shared, as in a page that is not isolated', async () => {
    const place = { ...watched(), startWorker: undefined }
    expect(await trained(wasmEngineOn(place, { threads: 2 }), async () => {})).toBe(recorded)
  })

  test('where shared memory cannot be as large as addresses reach, as on a phone', async () => {
    const { runtime } = watched()
    class Memory extends runtime.Memory {
      constructor(descriptor: ConstructorParameters<typeof runtime.Memory>[0]) {
        if ((descriptor.maximum ?? 0) > 4096) throw new RangeError('too much to reserve')
        super(descriptor)
      }
    }
    const { Module, Instance, validate } = runtime
    const place = watched({ runtime: { Memory, Module, Instance, validate } })
    expect(await trained(wasmEngineOn(place, { threads: 2 }), () => place.waiting(1))).toBe(recorded)
    expect(place.jobs()).toBeGreaterThanOrEqual(200)
  })
})

const [x, y] = [random.normal('256 256')(random.key(1)), random.normal('256 256')(random.key(2))]

/** A program on some threads. */
const totalOn = (place: Platform, options: WasmOptions): (() => number) => {
  const product = jit((a: typeof x, b: typeof y) => pipe(a, matmul(b), sum()), { engine: wasmEngineOn(place, options) })
  return () => toNumber(product(x, y))
}

describe('a counter that threads share goes on when its 32 bits are full', () => {
  /** Its workers' control block and memory, as they were given to the last worker. */
  const startedFrom = (job: number): { readonly place: Watched; readonly setRound: (round: number) => void } => {
    const { startWorker } = platform()
    let memory: ArrayBufferLike = new ArrayBuffer(64)
    const place = watched({
      startWorker:
        startWorker &&
        ((source, given, ended) => {
          new Int32Array(Reflect.get(given, 'control')).fill(job, 0, 1)
          memory = Reflect.get(given, 'memory').buffer
          return startWorker(source, given, ended)
        }),
    })
    return { place, setRound: round => new Int32Array(memory).fill(round, words.round / 4, words.round / 4 + 1) }
  }

  test.each([2 ** 31 - 4, 2 ** 32 - 4, 0])('jobs and barriers, from %d on', async first => {
    const { place, setRound } = startedFrom(first)
    const run = totalOn(place, { threads: 3, patienceSeconds: 60 })
    const expected = run()
    await place.waiting(2)
    // The first call of the workers sets the words of barriers to 0.
    expect(run()).toBe(expected)
    setRound(first)
    expect(Array.from({ length: 200 }, run).filter(value => value !== expected)).toEqual([])
    // The module and every call are jobs.
    expect((place.jobs() - first) | 0).toBe(202)
    expect([place.started(), place.terminated()]).toEqual([2, 0])
  })
})

describe('a worker', () => {
  const total = (place: Platform, patienceSeconds = 60): (() => number) => totalOn(place, { threads: 3, patienceSeconds })
  const expected = total({ ...watched(), startWorker: undefined })()

  /** A platform whose first worker runs a text before its own. */
  const spoilt = (text: string, changes: Partial<Platform> = {}): Watched => {
    const { startWorker } = platform()
    let count = 0
    const spoiling: StartWorker | undefined =
      startWorker &&
      ((source, given, ended) => {
        count += 1
        return startWorker(count === 1 ? text + source : source, given, ended)
      })
    return watched({ ...changes, startWorker: spoiling })
  }
  const instance = (share: string): string => `WebAssembly.Instance = class { exports = { share: () => { ${share} } } };`
  const hangs = instance('for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)')
  const report = 'defect in pullback: a worker of the engine stopped in the middle of a program: run it again, on new workers'

  test.each([
    // Only this is waited for: longer than it takes healthy workers on a busy machine.
    ['never comes back from a program', spoilt(hangs), 5],
    ['never comes back, of a caller that may not sleep', spoilt(hangs, { maySleep: false }), 5],
    ['fails in a program', spoilt(instance("throw new Error('spoilt')")), 60],
  ])('that %s is reported and replaced, with the others', async (_, place, patienceSeconds) => {
    const run = total(place, patienceSeconds)
    expect(run()).toBe(expected)
    await place.waiting(2)
    expect(errorOf(run)).toMatchObject({ _tag: 'InternalError', message: report })
    // At once, on one thread, while the other worker may still be on its way out; then with new workers.
    expect(run()).toBe(expected)
    await place.waiting(2)
    expect(run()).toBe(expected)
    expect([place.started(), place.terminated(), place.jobs()]).toEqual([4, 2, 2])
  })

  test('that ends while it waits is replaced, with the others', async () => {
    // Where the caller would sleep, it throws once both workers have come to wait for jobs.
    const place = spoilt(`const { wait } = Atomics
      Atomics.wait = (control, word, value) => {
        if (Atomics.load(control, 1) === 2) throw new Error('spoilt')
        wait(control, word, value, 5)
      }`)
    const run = total(place)
    expect(run()).toBe(expected)
    await place.anEnd()
    expect(run()).toBe(expected)
    await place.waiting(2)
    expect(run()).toBe(expected)
    expect([place.started(), place.terminated(), place.jobs()]).toEqual([4, 2, 2])
  })

  test('that cannot start is not replaced: one thread does it all', () => {
    let tries = 0
    const run = total({
      ...platform(),
      startWorker: () => {
        tries += 1
        throw new Error('refused by a policy')
      },
    })
    expect([run(), run(), run()]).toEqual([expected, expected, expected])
    expect(tries).toBe(1)
  })
})
