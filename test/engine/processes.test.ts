/** What only a process of its own can show: how it ends, and runtimes that lack something. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { arithmeticIn, findRuntime } from '../../src/engine/wasm/runtime.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a program prints in a Node of its own, started with some flags. */
const run = (code: string, ...flags: readonly string[]): string => {
  const options = { cwd: root, encoding: 'utf8', timeout: 60_000 } as const
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, '--import', 'tsx', '--input-type=module', '-e', code], options)
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`)
  return stdout.trim()
}

const setUp =
  "const { add, jit, matmul, ones, pipe, random, sum, reference, tensor, toArray, toNested, toNumber, wasmEngine, withEngine } = await import('./src/index.ts')"

test('idle workers do not keep the process alive', () => {
  expect(
    run(`${setUp}
    const product = jit((a, b) => pipe(a, matmul(b), sum()), { engine: wasmEngine({ threads: 2 }) })
    const x = ones('256 256')
    product(x, x)
    await new Promise(resolve => setTimeout(resolve, 300))
    console.log(toNumber(product(x, x)))`),
  ).toBe(String(256 ** 3))
})

describe('a runtime without', () => {
  const refused = `${setUp}
    try { wasmEngine() } catch (error) { console.log(error._tag, error.message) }
    console.log(withEngine(reference)(() => toNested(jit(x => pipe(x, add(1)))(tensor([1, 2])))).join())`

  test.each([
    ['WebAssembly', '--jitless', 'this JavaScript runtime has no WebAssembly'] as const,
    // The flag is one of x64; other machines can show only the first.
    ...(process.arch === 'x64' ? [['its SIMD', '--no-enable-sse4-1', 'this runtime has WebAssembly without SIMD'] as const] : []),
  ])('%s is told before anything is computed, and the reference engine works there', (_, flag, what) => {
    expect(run(refused, flag).split('\n')).toEqual([
      `PlatformError wasm engine: ${what}: run it in Node 20 or in a current browser, or put the reference engine in force, which needs none: withEngine(reference)(() => …)`,
      '2,3',
    ])
  })
})

/** Node 20 has relaxed SIMD behind a flag, which later versions need not, and in the end do not know. */
const isBehindFlag = arithmeticIn(findRuntime(globalThis), true) === 'strict'

describe('relaxed: true', () => {
  // The second product of an engine with two threads is divided among them. Entries are positive: the strict result is the sum of sizes, of
  // which each of 300 additions, on either side, may be off by a unit.
  const products = `${setUp}
    const x = random.uniform('300 300')(random.key(0))
    const results = async engine => {
      const f = a => pipe(a, matmul(a))
      const product = jit(f, { engine })
      product(x)
      await new Promise(resolve => setTimeout(resolve, 500))
      return [product(x), withEngine(engine)(() => f(x))].map(toArray)
    }
    const strict = await results(wasmEngine())
    const relaxed = [...(await results(wasmEngine({ relaxed: true, threads: 1 }))), ...(await results(wasmEngine({ relaxed: true, threads: 2 })))]
    const allAre = (rows, holds) => rows.every(row => row.every((value, i) => holds(value, i)))
    console.log(
      allAre(relaxed, (value, i) => value === relaxed[0][i]),
      allAre(relaxed, (value, i) => Math.abs(value - strict[0][i]) <= 600 * 2 ** -23 * strict[0][i]),
      allAre(relaxed, (value, i) => value === strict[0][i]),
    )`

  test('gives the same bits with threads and without, compiled and at once, near the strict ones', () => {
    expect(run(products, ...(isBehindFlag ? ['--experimental-wasm-relaxed-simd'] : []))).toMatch(/^true true/)
  })

  if (isBehindFlag)
    test('changes no bit in a Node without the flag', () => {
      expect(run(products)).toBe('true true true')
    })
})

describe('a process', () => {
  /** What a program says that counts modules and workers from before the library is loaded. */
  const counted = (code: string): unknown => {
    const script = `
      const threads = process.getBuiltinModule('node:worker_threads')
      const { Worker } = threads
      const { Module } = WebAssembly
      const made = { modules: 0, workers: 0 }
      Object.defineProperty(threads, 'Worker', { value: class extends Worker { constructor(...args) { super(...args); made.workers += 1 } } })
      WebAssembly.Module = class extends Module { constructor(...args) { super(...args); made.modules += 1 } }
      const p = await import('./src/index.ts')
      ${code}
      console.log(JSON.stringify(made))
      process.exit(0)`
    return JSON.parse(run(script))
  }

  test('that imports the library compiles nothing and starts no thread', () => {
    expect(counted('')).toEqual({ modules: 0, workers: 0 })
  })

  test('that does little compiles each operation once, whatever its shapes, and starts no thread', () => {
    expect(counted('for (let n = 1; n <= 5; n += 1) p.exp(p.tensor(Array.from({ length: n }, (_, i) => i)))')).toEqual({
      // One that shows whether this runtime has SIMD, and one for the operation.
      modules: 2,
      workers: 0,
    })
  })
})
