/** Modules of any size reach the workers: one that is larger than the buffer between them goes through it in pieces. */
import { add, erf, jit, ones, pipe, sin, sum, type Tensor } from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngineOn } from '../../src/engine/wasm/index.js'
import { ModuleBuilder } from '../../src/engine/wasm/module-builder.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { pieceBytes, WorkerPool } from '../../src/engine/wasm/pool.js'
import { makeMemory } from '../../src/engine/wasm/runtime.js'
import { maximumPages } from '../../src/engine/wasm/threads.js'
import { digest } from './support/digest.js'
import { watched } from './support/watched.js'

const mebibyte = 1 << 20

/** Who has modules in a pool: objects that live as long as this file does, for a pool drops what an object has that is collected. */
const owners = { first: {}, second: {}, others: {} }

/** The platform, with a count of the bytes of the modules that it compiled for the calling thread. */
const weighed = () => {
  const place = watched()
  const sizes: number[] = []
  const { Memory, Module: Own, Instance, validate } = place.runtime
  class Module extends Own {
    constructor(bytes: Uint8Array) {
      super(bytes)
      sizes.push(bytes.length)
    }
  }
  return { place: { ...place, runtime: { Memory, Module, Instance, validate } }, sizes }
}

/** A long program: every round is a sum and a map of its own. */
const long = (rounds: number) => (x: Tensor<'64 256'>) => {
  let y = x
  for (let i = 0; i < rounds; i += 1) {
    const z = pipe(y, erf, sin)
    y = pipe(z, add(pipe(z, sum(0))))
  }
  return y
}

test('programs of more than a mebibyte run on two threads, with the bits that they have on one', async () => {
  const x = ones('64 256')
  const { place, sizes } = weighed()
  const engine = wasmEngineOn(place, { threads: 2 })
  const [first, second] = [jit(long(250), { engine }), jit(long(260), { engine })]
  const alone = wasmEngineOn(platform(), { threads: 1 })
  const expected = [jit(long(250), { engine: alone })(x), jit(long(260), { engine: alone })(x)].map(digest)
  // Without workers, since they have not started yet.
  expect([first(x), second(x)].map(digest)).toEqual(expected)
  await place.waiting(1)
  const before = place.jobs()
  expect([first(x), second(x), first(x), second(x)].map(digest)).toEqual([...expected, ...expected])
  const large = sizes.filter(size => size > mebibyte)
  expect(large.length).toBe(2)
  // Every piece of the two modules is a job, and so is each of the four runs.
  expect(place.jobs() - before).toBe(large.reduce((sum, size) => sum + Math.ceil(size / pieceBytes), 4))
}, 60_000)

describe('a pool', () => {
  const threads = 3
  const { runtime } = platform()

  /** A module of at least so many bytes, whose `share` writes a number to the word of its thread. */
  const writes = (number: number, bytes: number): Uint8Array => {
    const builder = new ModuleBuilder()
    builder.add(
      { parameters: ['i32', 'i32', 'i32'], results: [] },
      code => {
        const [base, thread] = [code.parameter(0), code.parameter(1)]
        code.get(base).get(thread).i32(4).do('i32.mul', 'i32.add').i32(number).atomicAt('i32.atomic.store')
        // Code that does nothing, and makes the module as long as it has to be.
        for (let i = 0; i < bytes / 3; i += 1) code.i32(1).do('drop')
      },
      { name: 'share', exported: true },
    )
    return builder.encode(maximumPages)
  }

  test.each([
    ['less than a piece', 100],
    ['a little more than a piece', pieceBytes],
    ['many pieces', 3 * mebibyte],
  ])('gives its workers a module of %s, keeps it apart from another one, drops it and gives it again', async (_, bytes) => {
    const memory = makeMemory(runtime, { initial: 1, maximum: maximumPages, shared: true })
    const place = watched()
    const { startWorker, now } = place
    if (startWorker === undefined) throw new Error('no threads here')
    const pool = new WorkerPool(threads, memory, startWorker, { patienceSeconds: 60, now })
    await place.waiting(threads - 1)
    const base = 1024
    const ran = async (module: Parameters<typeof pool.start>[0], number: number): Promise<void> => {
      const words = new Int32Array(memory.buffer, base, threads)
      words.fill(0)
      pool.start(module, base)
      while (Atomics.load(words, 1) === 0 || Atomics.load(words, 2) === 0) await new Promise(resolve => setTimeout(resolve, 1))
      expect([...words]).toEqual([0, number, number])
    }
    const loaded = (number: number, size: number, owner: object) => {
      const module = pool.load(writes(number, size), owner)
      if (module === undefined) throw new Error('the workers did not answer')
      return module
    }
    const [first, second] = [loaded(1, bytes, owners.first), loaded(2, bytes, owners.second)]
    await ran(first, 1)
    await ran(second, 2)
    await ran(first, 1)
    // As many further modules as a pool keeps push both of them out.
    const others = Array.from({ length: 512 }, (_, i) => ({ number: i, module: loaded(i + 3, 0, owners.others) }))
    expect([first, second].map(module => pool.has(module))).toEqual([false, false])
    const again = loaded(4, bytes, owners.first)
    await ran(again, 4)
    const last = others.at(-1)
    if (last) await ran(last.module, last.number + 3)
    pool.stop()
  })
})
