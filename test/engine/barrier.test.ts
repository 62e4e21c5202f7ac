/**
 * How threads meet and share work, on memory whose words a test sets: how a barrier opens, what becomes of those who wait in vain, and who
 * takes which piece.
 */
import { describe, expect, test } from 'vitest'
import { ModuleBuilder } from '../../src/engine/wasm/module-builder.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { clock, maximumPages, setPieces, words, writeBarrier, writeTake } from '../../src/engine/wasm/threads.js'

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
      state.fill(5, at('taken'), at('taken') + 8)
      meet(0, 3)
      expect([...state.slice(at('taken'), at('taken') + 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
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
    // Each JavaScript engine has its own sentence for the trap, of which this word is part.
    expect(() => meet(1, 3)).toThrow(/unreachable/i)
    // Also by the last to arrive.
    expect(() => meet(2, 3)).toThrow(/unreachable/i)
    expect(looks()).toBe(0)
  })
})

const isTake = (value: unknown): value is (thread: number, threads: number, pieces: number) => number => typeof value === 'function'
const isPieces = (value: unknown): value is (threads: number, most: number) => number => typeof value === 'function'

/** `take` and `setPieces` as functions, on counters of their own. */
const sharing = () => {
  const builder = new ModuleBuilder([clock])
  builder.add({ parameters: ['i32', 'i32', 'i32'], results: ['i32'] }, writeTake, { name: 'take', exported: true })
  const pieces = (most: number) =>
    builder.add(
      { parameters: ['i32'], results: ['i32'] },
      code => {
        const result = code.local('i32')
        setPieces(code, result, code.parameter(0), most)
        code.get(result)
      },
      { name: `of ${most}`, exported: true },
    )
  const worths = [2, 3, 8, 100]
  worths.forEach(pieces)
  const memory = new runtime.Memory({ initial: 1, maximum: maximumPages, shared: true })
  const { exports } = new runtime.Instance(new runtime.Module(builder.encode(maximumPages)), { env: { memory, now: () => 0 } })
  const take = Reflect.get(exports, 'take')
  if (!isTake(take)) throw new Error('no function')
  const piecesOf = (most: number, threads: number): number => {
    const f = Reflect.get(exports, `of ${most}`)
    return isPieces(f) ? f(threads, 0) : Number.NaN
  }
  return { take, piecesOf }
}

describe('sharing', () => {
  test('a thread takes its own pieces first, then those of the next', () => {
    const { take } = sharing()
    expect(Array.from({ length: 7 }, () => take(1, 2, 6))).toEqual([3, 4, 5, 0, 1, 2, -1])
    expect(take(0, 2, 6)).toBe(-1)
  })

  test('every piece is taken once, whoever comes when', () => {
    for (const threads of [1, 2, 3, 7, 8, 16])
      for (const pieces of [1, 2, 3, 8, 28, 64]) {
        const { take } = sharing()
        const taken = Array.from({ length: 4 * pieces + 40 }, (_, i) => take((i * 5 + (i >> 2)) % threads, threads, pieces))
        expect(taken.filter(piece => piece >= 0).sort((a, b) => a - b)).toEqual(Array.from({ length: pieces }, (_, i) => i))
      }
  })

  test('work is cut into up to four pieces for each thread, as many for all, where it is worth that', () => {
    const { piecesOf } = sharing()
    expect([2, 3, 8, 100].map(most => piecesOf(most, 2))).toEqual([2, 2, 8, 8])
    expect([2, 3, 8, 100].map(most => piecesOf(most, 7))).toEqual([2, 3, 7, 28])
    expect(piecesOf(100, 16)).toBe(32)
  })
})
