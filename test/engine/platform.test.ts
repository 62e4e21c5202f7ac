/** What the engine finds out about the place where it runs, and what it says of one that lacks something. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { wasmEngine, wasmEngineOn } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { findRuntime } from '../../src/engine/wasm/runtime.js'
import { errorOf } from '../support/errors.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a runtime', () => {
  const elsewhere =
    'run it in Node 20 or in a current browser, or put the reference engine in force, which needs none: withEngine(reference)(() => …)'
  const runtime = findRuntime(globalThis)
  const { Module, validate } = runtime
  class Refused {
    constructor() {
      throw new EvalError('refused')
    }
  }

  test.each([
    ['without WebAssembly', undefined, `this JavaScript runtime has no WebAssembly: ${elsewhere}`],
    ['without SIMD', { Module, validate: () => false }, `this runtime has WebAssembly without SIMD: ${elsewhere}`],
    [
      'that may not compile',
      { Module: Refused, validate },
      "this runtime does not compile WebAssembly (EvalError: refused): a page's policy must have 'wasm-unsafe-eval' in script-src, or put the reference engine in force, which needs none: withEngine(reference)(() => …)",
    ],
  ])('%s is refused when the engine is made', (_, WebAssembly, detail) => {
    vi.stubGlobal('WebAssembly', WebAssembly)
    expect(errorOf(wasmEngine)).toMatchObject({ _tag: 'PlatformError', op: 'wasm engine', message: `wasm engine: ${detail}` })
  })

  test('with all of it is taken as it is', () => {
    expect(findRuntime(globalThis)).toBe(runtime)
  })
})

describe('the platform of these tests', () => {
  const isPage = typeof document === 'object'

  test('has workers, and a caller that sleeps but on the main thread of a page', () => {
    const { startWorker, maySleep, machineThreads } = platform()
    expect([typeof startWorker, maySleep]).toEqual(['function', !isPage])
    expect(machineThreads).toBeGreaterThanOrEqual(1)
  })

  test('without shared memory has no workers, and nothing sleeps', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined)
    expect(platform()).toMatchObject({ startWorker: undefined, maySleep: false })
  })

  test('has a clock that goes forward', () => {
    const { now } = platform()
    const start = now()
    expect(now()).toBeGreaterThanOrEqual(start)
  })

  test('asks Node for its modules when they are wanted, and not before', () => {
    const getBuiltinModule = vi.fn(() => undefined)
    vi.stubGlobal('process', { getBuiltinModule })
    const place = platform()
    wasmEngineOn(place, { threads: 1 })
    expect(getBuiltinModule.mock.calls).toEqual([])
    expect(place.machineThreads).toBeGreaterThanOrEqual(1)
    expect(errorOf(() => place.startWorker?.('', {}, () => undefined))).toMatchObject({ _tag: 'PlatformError' })
    expect(getBuiltinModule.mock.calls).toEqual([['node:os'], ['node:worker_threads']])
  })
})
