/** Threads divide the work and change no bit of it; a worker that dies is reported and replaced. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a program in a process of its own: its workers, and what becomes of them, are no other test's. */
const run = (code: string): string =>
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  }).trim()

const setUp = `
import { createHash } from 'node:crypto'
const { data, jit, layer, loss, matmul, optimizer, pipe, random, rem, train, toArray, tree, softmax, sum } = await import('./src/index.ts')
const { wasmEngine } = await import('./src/engine/wasm/index.ts')
const hash = value => createHash('sha256').update(Buffer.concat(tree.leaves(value).map(leaf => Buffer.from(toArray(leaf).buffer)))).digest('hex').slice(0, 16)
const model = pipe(layer.input('200'), layer.dense(150), layer.tanh, layer.dense(90), layer.relu, layer.dense(10))
const batch = { input: random.normal('128 200')(random.key(1)), target: pipe(random.permutation(128)(random.key(2)), rem(10)) }
const adam = optimizer.adam(1e-3)
const waitForWorkers = () => new Promise(resolve => setTimeout(resolve, 300))
const fold = (engine, steps) => train.fold(train.step(model, loss.softmaxCrossEntropy, adam, { engine }))(train.init(model, adam)(random.key(0)))(Array.from({ length: steps }, () => batch))
`

describe('threads', () => {
  test('1, 2 and 7 threads give the same bits', () => {
    const hashes = run(`${setUp}
      for (const threads of [1, 2, 7]) {
        const engine = wasmEngine({ threads })
        fold(engine, 2)
        await waitForWorkers()
        console.log(hash(fold(engine, 20)[0]))
      }
      process.exit(0)`).split('\n')
    expect(hashes).toHaveLength(3)
    expect(new Set(hashes).size).toBe(1)
  })

  test('idle workers do not keep the process alive', () => {
    expect(
      run(`${setUp}
      const engine = wasmEngine({ threads: 2 })
      fold(engine, 2)
      await waitForWorkers()
      fold(engine, 2)
      console.log('done')`),
    ).toBe('done')
  })

  test('a worker that dies is reported, the next run has new workers, and nothing hangs', () => {
    const said = run(`
      const { Worker } = await import('node:worker_threads')
      const threads = process.getBuiltinModule('node:worker_threads')
      const started = []
      Object.defineProperty(threads, 'Worker', { value: class extends Worker { constructor(...args) { super(...args); started.push(this) } } })
      ${setUp}
      const engine = wasmEngine({ threads: 2, patienceSeconds: 5 })
      const step = jit((a, b) => pipe(a, matmul(b), sum()), { engine })
      const [x, y] = [random.normal('256 256')(random.key(1)), random.normal('256 256')(random.key(2))]
      const first = toArray(step(x, y))[0]
      await waitForWorkers()
      const second = toArray(step(x, y))[0]
      await started[0].terminate()
      const third = toArray(step(x, y))[0]
      await waitForWorkers()
      const fourth = toArray(step(x, y))[0]
      console.log(JSON.stringify({ workers: started.length, same: new Set([first, second, third, fourth]).size === 1 }))
      process.exit(0)`)
    expect(JSON.parse(said)).toEqual({ workers: 2, same: true })
  })
})
