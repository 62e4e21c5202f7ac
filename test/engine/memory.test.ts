/** Memory stays flat in one synchronous loop, in which nothing but allocation itself gives the collector a chance. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  add,
  equals,
  exp,
  full,
  jit,
  loss,
  mul,
  ones,
  optimizer,
  pipe,
  random,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  toHost,
  toNumber,
  train,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngine, wasmEngineOn } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { model } from '../train/support.js'
import { huge } from './support/huge.js'
import { remote } from './support/remote.js'
import { watched } from './support/watched.js'

const engine = wasmEngine()

type Row = Tensor<'4096'>

const rounds = 20_000

/** The most that the heap and the buffers outside it ever held above what they held at the start, in megabytes, looked at every hundred rounds. */
const growth = (run: (watch: (round: number) => void) => void): number => {
  const held = (): number => {
    const { arrayBuffers, external, heapUsed } = process.memoryUsage()
    return heapUsed + Math.max(arrayBuffers, external)
  }
  const start = held()
  let most = start
  run(round => {
    if (round % 100 === 0) most = Math.max(most, held())
  })
  return (most - start) / 2 ** 20
}

/**
 * A result of 16 KiB in each round makes 312 MiB if nothing is given back. The runtime collects buffers once some tens of megabytes of new
 * ones have come together.
 */
const bound = 150

test('a program larger than any memory is refused before anything is computed', () => {
  const before = process.memoryUsage().rss
  expect(() => jit(huge, { engine })(tensor(1))).toThrow('more than the runtime gives')
  // Less than a hundredth of what the program wanted was touched.
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 34 / 100)
})

/** Whether Node's memory comes from glibc, whose habits `results.ts` knows. */
const onGlibc = Reflect.get(Object(Reflect.get(Object(process.report?.getReport()), 'header')), 'glibcVersionRuntime') !== undefined

/** New pages of 4 KiB that each of so many results makes the system clear. */
const faults = (results: number, compute: () => unknown): number => {
  const before = process.resourceUsage().minorPageFault
  for (let i = 0; i < results; i += 1) compute()
  return (process.resourceUsage().minorPageFault - before) / results
}

describe.runIf(onGlibc)('the pages of large results are used again', () => {
  test('of a megabyte each', () => {
    const twice = jit((x: Tensor<'250000'>) => pipe(x, mul(2)), { engine })
    const x = ones('250000')
    // Until the collector has first run, results lie in new pages, 245 for each.
    faults(200, () => twice(x))
    expect(faults(400, () => twice(x))).toBeLessThan(100)
  })

  test('of 40 megabytes each', () => {
    const twice = jit((x: Tensor<'10000000'>) => pipe(x, mul(2)), { engine })
    const x = ones('10000000')
    faults(20, () => twice(x))
    expect(faults(20, () => twice(x))).toBeLessThan(5000)
  })
})

describe('20,000 rounds', () => {
  test('of a fold', () => {
    const step = jit((state: Row, x: Row) => [pipe(state, mul(0.5), add(x)), sum()(tanh(state))] as const, { engine })
    const inputs = function* (watch: (round: number) => void): Generator<Row> {
      for (let i = 0; i < rounds; i += 1) {
        watch(i)
        yield full(i)('4096')
      }
    }
    expect(growth(watch => void train.fold(step)(zeros('4096'))(inputs(watch)))).toBeLessThan(bound)
  })

  test('of a fold whose observer asks for the state', () => {
    const step = jit((state: Row, x: Row) => [pipe(state, mul(0.5), add(x)), sum()(x)] as const, { engine })
    const seen = growth(watch => {
      const x: Row = ones('4096')
      train.fold(step, (_, index, state) => {
        state()
        watch(index)
      })(zeros('4096'))(Array.from({ length: rounds }, () => x))
    })
    expect(seen).toBeLessThan(bound)
  })

  test('of calls, each with the result of the one before', () => {
    const next = jit((x: Row) => pipe(x, mul(0.5), add(1)), { engine })
    let x: Row = zeros('4096')
    const seen = growth(watch => {
      for (let i = 0; i < rounds; i += 1) {
        x = next(x)
        watch(i)
      }
    })
    expect(seen).toBeLessThan(bound)
    // x = x / 2 + 1 has the limit 2.
    expect(toNumber(sum()(x))).toBe(8192)
  })

  test('of folds begun and ended', () => {
    const step = jit((state: Row, x: Row) => [pipe(state, add(x)), sum()(state)] as const, { engine })
    const fold = train.fold(step)
    const batches = [ones('4096')]
    const seen = growth(watch => {
      for (let i = 0; i < rounds; i += 1) {
        fold(zeros('4096'))(batches)
        watch(i)
      }
    })
    expect(seen).toBeLessThan(bound)
  })
})

describe('100,000 rounds of small work, as a script does it', () => {
  const many = 100_000
  type Pair = Tensor<'2'>
  const start: Pair = tensor([0.5, -0.5])

  test('of operations at once', () => {
    let x = start
    const seen = growth(watch => {
      for (let i = 0; i < many; i += 1) {
        x = pipe(x, mul(0.5), add(start), tanh)
        watch(i)
      }
    })
    expect(seen).toBeLessThan(bound)
  })

  test('of calls of a jitted function', () => {
    const next = jit((x: Pair) => pipe(x, mul(0.5), add(start), tanh))
    let x = start
    const seen = growth(watch => {
      for (let i = 0; i < many; i += 1) {
        x = next(x)
        watch(i)
      }
    })
    expect(seen).toBeLessThan(bound)
  })

  test('of training steps', () => {
    const descend = optimizer.sgd(0.1)
    const step = train.step(model, loss.softmaxCrossEntropy, descend)
    const batch = { input: tensor([[0, 1]]), target: tensor([1], 'int32') }
    let state = train.init(model, descend)(random.key(0))
    const seen = growth(watch => {
      for (let i = 0; i < many; i += 1) {
        ;[state] = step(state, batch)
        watch(i)
      }
    })
    expect(seen).toBeLessThan(bound)
    expect(toNumber(state.step)).toBe(many)
  })
})

describe('programs made for shapes that never come again, on two threads', () => {
  /** What a worker says of the modules that it keeps: how many there are, each time that it gets one or drops one. */
  const telling = `
    const { kept } = require('node:worker_threads').workerData
    const { set, delete: drop } = Map.prototype
    Map.prototype.set = function (key, value) {
      set.call(this, key, value)
      kept[0] = this.size
      return this
    }
    Map.prototype.delete = function (key) {
      drop.call(this, key)
      kept[0] = this.size
    }
`
  const kept = new Int32Array(new SharedArrayBuffer(4))
  const { startWorker } = platform()
  const place = watched({
    startWorker: startWorker && ((source, given, ended) => startWorker(telling + source, { ...given, kept }, ended)),
  })
  const two = wasmEngineOn(place, { threads: 2 })
  let rows = 1500
  /** A new function, compiled for a new shape, large enough that the threads share it, and dropped. */
  const another = (): number => {
    rows += 1
    return toNumber(jit((x: Tensor<'m 64'>) => pipe(x, tanh, sum()), { engine: two })(zeros('m 64', { m: rows })))
  }
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  const collected = (): void => void (typeof collect === 'function' && collect())
  /** Megabytes of the whole process, workers included, when what can be collected is. */
  const resident = (): number => {
    collected()
    return process.memoryUsage().rss / 2 ** 20
  }

  test('the worker drops a module with its program', async () => {
    another()
    await place.waiting(1)
    for (let i = 0; i < 60; i += 1) another()
    expect(kept[0]).toBe(60)
    collected()
    await new Promise(resolve => setTimeout(resolve, 50))
    another()
    expect(kept[0]).toBeLessThan(10)
  })

  test('in a loop that gives the event loop no turn, the worker keeps the 512 used last, and the process stays flat', () => {
    const stays = jit((x: Tensor<'m 64'>) => pipe(x, mul(2), tanh, sum()), { engine: two })
    const x: Tensor<'m 64'> = ones('m 64', { m: 1500 })
    const expected = toNumber(stays(x))
    const jobs = place.jobs()
    let most = 0
    const rounds = (count: number): void => {
      for (let i = 0; i < count; i += 1) {
        expect(another()).toBe(0)
        most = Math.max(most, kept[0] ?? 0)
        // One that is used all the time stays, and one that was dropped is given to the workers again.
        if (i % 300 === 299) expect(toNumber(stays(x))).toBe(expected)
      }
    }
    rounds(700)
    const before = resident()
    rounds(900)
    expect(most).toBe(512)
    // Each program is two jobs, to take its module and to run it.
    expect(place.jobs() - jobs).toBeGreaterThanOrEqual(2 * 1600)
    // Modules take 45 kB each, 40 MB if they were kept; the worker's collector looks when it has dropped 128 of them, 6 MB.
    expect(resident() - before).toBeLessThan(20)
  }, 240_000)
})

test('a device is told to let go of what no tensor needs any more', async () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  const { engine, held } = remote('later')
  const kept = withEngine(engine)(() => {
    let z: Tensor<'3'> = tensor([1, 2, 3])
    for (let i = 0; i < 50; i += 1) z = pipe(z, mul(0.5), add(1))
    return z
  })
  expect(held()).toBe(100)
  const host = await toHost(kept)
  for (let i = 0; i < 100 && held() > 1; i += 1) {
    if (typeof collect === 'function') collect()
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  expect(held()).toBe(1)
  expect(equals(host, kept)).toBe(true)
})

test('a uniform tensor costs no memory, however large', () => {
  const before = process.memoryUsage().arrayBuffers
  const y = pipe(zeros('n', { n: 2 ** 28 }), exp, add(1))
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20)
  expect(pipe(y, take(tensor(5, 'int32'), 0)).sizes).toEqual([])
})
