/** Index spaces beyond numbers of 32 bits, which a broadcast makes without any memory: each works or is refused, and the engine goes on. */
import { describe, expect, test } from 'vitest'
import { evenGroups } from '../../src/engine/fusion/axes.js'
import { Arena } from '../../src/engine/wasm/arena.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { Space } from '../../src/engine/wasm/space.js'
import { Writer } from '../../src/engine/wasm/writer.js'
import { add, broadcastAxes, contract, exp, gather, maxAxes, prodAxis, sumAxes } from '../../src/primitives/index.js'
import { allocate, bufferOf, concrete, fail, type Value } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'
import { closed, whole } from './support/run.js'

const engine = wasmEngine()
const vector = (length: number): Value => concrete([length], 'float32', allocate('float32', length).fill(1))
const run = (f: (x: Value) => Value, x: Value): Value | undefined =>
  whole(
    engine,
    closed(([y]) => [f(y ?? fail({ _tag: 'InternalError', detail: 'no argument' }))], [x]),
  )[0]

/** A vector whose every entry stands so many times, along axes of its own after it. */
const repeated = (x: Value, ...times: readonly number[]): Value =>
  broadcastAxes(
    exp(x),
    [...x.sizes, ...times],
    times.map((_, i) => x.sizes.length + i),
  )

/** A small program, which must give 1 + 1 whatever was refused before. */
const works = (): void => {
  const sum = run(x => add(x, x), vector(1))
  expect(sum && [...bufferOf('a test', sum)]).toEqual([2])
}

describe('a stretch of memory that is refused', () => {
  test.each([Number.POSITIVE_INFINITY, Number.NaN, 2 ** 60 + 2 ** 10, 2 ** 33])('of %d bytes leaves the space as it was', bytes => {
    const untouched = new Arena({ threads: 1, patienceSeconds: 1 }, platform())
    const arena = new Arena({ threads: 1, patienceSeconds: 1 }, platform())
    expect(errorOf(() => arena.take(bytes))).toMatchObject({ _tag: 'ArgumentError', op: 'wasm engine' })
    expect(errorOf(() => arena.take(bytes)).message).toMatch(/^wasm engine: a program needs (more than )?\d+ bytes of memory, more than/)
    expect([arena.take(192), arena.take(64)]).toEqual([untouched.take(192), untouched.take(64)])
  })

  test.each([192, 2 ** 60, Number.POSITIVE_INFINITY])('a space gives %d bytes back exactly', bytes => {
    const space = new Space(64)
    const first = space.take(128)
    space.give(space.take(bytes), bytes)
    expect([first, space.end, space.take(64)]).toEqual([64, 192, 192])
  })
})

describe('joined axes', () => {
  test('are at most 2³¹ - 1 entries', () => {
    const still = (...sizes: readonly number[]) => evenGroups(sizes, [sizes.map(() => 0)])
    expect(still(2 ** 16, 2 ** 15 - 1)).toEqual([[0, 1]])
    expect(still(2 ** 16, 2 ** 15)).toEqual([[0], [1]])
    expect(still(2 ** 20, 2 ** 20, 2 ** 10)).toEqual([[0], [1, 2]])
    expect(still(2 ** 40, 1)).toEqual([[0], [1]])
  })
})

describe('a program over more entries than 32 bits count', () => {
  /** More results than a long reduction is cut for. */
  const many = vector(70)
  const long = 2 ** 36 + 5

  test.each<readonly [string, (x: Value) => Value]>([
    ['sum', x => sumAxes(repeated(x, long), [1])],
    ['sum', x => sumAxes(repeated(x, 2, long), [1, 2])],
    ['max', x => maxAxes(repeated(x, long), [1])],
    ['product', x => prodAxis(repeated(x, long), 1)],
  ])('%s over one axis is refused', (_, f) => {
    expect(errorOf(() => run(f, many))).toMatchObject({ _tag: 'PlatformError', op: 'wasm engine' })
    expect(errorOf(() => run(f, many)).message).toMatch(
      `goes through an axis of ${long} entries, more than the engine can count in 32 bits: work through them in parts`,
    )
    works()
  })

  test('over columns is refused', () => {
    const f = (x: Value): Value => sumAxes(broadcastAxes(exp(x), [long, 70], [0]), [0])
    expect(errorOf(() => run(f, many))).toMatchObject({ _tag: 'PlatformError' })
    works()
  })

  test('as a product is refused', () => {
    const f = (x: Value): Value => {
      const side = repeated(x, 2 ** 22, 2 ** 22)
      return contract(side, side, { left: [1, 2], right: [1, 2], leftBatch: [0], rightBatch: [0] })
    }
    expect(errorOf(() => run(f, many)).message).toBe(
      `wasm engine: a product goes through ${2 ** 44} entries, more than the engine can count in 32 bits: work through them in parts`,
    )
    works()
  })

  test('is refused where its parts do not fit the memory, and the next works', () => {
    // 2⁵² entries are cut into parts of 2¹⁴, whose sums are a terabyte.
    expect(errorOf(() => run(x => sumAxes(repeated(x, 2 ** 52), [1]), vector(1))).message).toMatch('more than the runtime gives')
    works()
  })

  test('of which none has a place in memory is refused where an index reaches into it', () => {
    // 2³³ + 2 rows of no entries: counted in 32 bits they would be two, and the index 5 outside.
    const rows = (x: Value): Value => broadcastAxes(exp(x), [2 ** 33 + 2, 0], [0])
    const five = concrete([1], 'int32', Int32Array.of(5))
    expect(errorOf(() => run(x => gather(rows(x), five, { axis: 0, batch: 0 }), vector(0)))).toMatchObject({
      _tag: 'PlatformError',
      op: 'wasm engine',
    })
    works()
  })

  test('has a result where an axis among them is empty', () => {
    const none = run(x => sumAxes(repeated(x, 2 ** 33, 0), [1, 2]), vector(3))
    expect(none && [...bufferOf('a test', none)]).toEqual([0, 0, 0])
  })
})

test('a constant of the code is a whole number', () => {
  expect([...new Writer().signed(2 ** 32 - 1).written]).toEqual([0x7f])
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 60])
    expect(errorOf(() => new Writer().signed(wrong))).toMatchObject({ _tag: 'InternalError' })
})
