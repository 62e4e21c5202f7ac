/** The barrier alone, on memory whose words a test sets: how it opens, and what becomes of those who wait in vain. */
import { describe, expect, test } from 'vitest'
import { ModuleBuilder } from '../../src/engine/wasm/module-builder.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { clock, maximumPages, words, writeBarrier } from '../../src/engine/wasm/threads.js'

const { runtime } = platform()

const isBarrier = (value: unknown): value is (thread: number, threads: number) => void => typeof value === 'function'

/** A barrier whose clock goes forward by a second with each look, and the words of its memory. */
const barrier = (patienceSeconds: number) => {
  const builder = new ModuleBuilder([clock])
  builder.add({ parameters: ['i32', 'i32'], results: [] }, code => writeBarrier(code, { maySleep: false, patienceSeconds }), {
    name: 'meet',
    exported: true,
  })
  const memory = new runtime.Memory({ initial: 1, maximum: maximumPages, shared: true })
  let looks = 0
  const now = (): number => {
    looks += 1
    return looks * 1000
  }
  const { meet } = new runtime.Instance(new runtime.Module(builder.encode(maximumPages)), { env: { memory, now } }).exports
  if (!isBarrier(meet)) throw new Error('no barrier')
  const state = new Int32Array(memory.buffer)
  return { meet, state, looks: () => looks }
}
const at = (name: keyof typeof words): number => words[name] / 4

describe('a barrier', () => {
  test('opens for the last to arrive, which opens the next round', () => {
    const { meet, state, looks } = barrier(1)
    for (let round = 1; round <= 3; round += 1) {
      state[at('arrivals')] = 2
      meet(0, 3)
      expect([state[at('arrivals')], state[at('round')], state[at('failed')], looks()]).toEqual([0, round, 0, 0])
    }
  })

  test('is left by the caller when its patience is over, which fails the program', () => {
    const { meet, state, looks } = barrier(5)
    meet(0, 2)
    expect(state[at('failed')]).toBe(1)
    // The first look sets the start; then there is one a second until five have passed.
    expect(looks()).toBe(1 + 5)
  })

  test('is left at once by the caller when a worker failed, and by a worker with a trap, so that it writes nothing more', () => {
    const { meet, state, looks } = barrier(5)
    state[at('failed')] = 1
    meet(0, 3)
    expect(() => meet(1, 3)).toThrow('unreachable')
    // Also by the last to arrive.
    expect(() => meet(2, 3)).toThrow('unreachable')
    expect(looks()).toBe(0)
  })
})
