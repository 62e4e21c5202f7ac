/** The platform of the tests, watched: which workers the engine started, whether they wait for jobs, and how many jobs they had. */
import { type Platform, platform, type Worker } from '../../../src/engine/wasm/platform.js'

export interface Watched extends Platform {
  /** How many workers were started, */
  readonly started: () => number
  /** and how many of them the engine ended. */
  readonly terminated: () => number
  /** Resolves when as many of the last workers started wait for jobs. */
  readonly waiting: (workers: number) => Promise<void>
  /** Resolves when a worker has ended. */
  readonly anEnd: () => Promise<void>
  /** Jobs of the workers that were started last. */
  readonly jobs: () => number
}

/** How long a test waits for workers to start: long, since several tests may share a machine of few cores. */
const patienceMs = 30_000

export const watched = (changes: Partial<Platform> = {}): Watched => {
  const own = { ...platform(), ...changes }
  const { startWorker } = own
  const started: Worker[] = []
  const terminated = new Set<Worker>()
  let last: object = {}
  const word = (name: 'ready' | 'job'): number => {
    const control = Reflect.get(last, 'control')
    return control === undefined ? 0 : Atomics.load(new Int32Array(control), Reflect.get(last, 'words')[name])
  }
  let ends = 0
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const start = own.now()
    while (!holds()) {
      if (own.now() - start > patienceMs) throw new Error(`waited in vain: ${what}`)
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }
  return {
    ...own,
    startWorker:
      startWorker &&
      ((source, given, ended) => {
        last = given
        let own: Worker | undefined
        // Most runtimes start a worker when its caller gives back the event loop; Deno does so at once. Here all of them wait, so that a test knows
        // which programs the workers take part in.
        const timer = setTimeout(() => {
          own = startWorker(source, given, () => {
            ends += 1
            ended()
          })
        })
        const worker = {
          terminate: () => {
            terminated.add(worker)
            clearTimeout(timer)
            return own?.terminate()
          },
        }
        started.push(worker)
        return worker
      }),
    started: () => started.length,
    terminated: () => terminated.size,
    waiting: workers => until(`for ${workers} workers`, () => word('ready') >= workers),
    anEnd: () => until('for a worker to end', () => ends > 0),
    jobs: () => word('job'),
  }
}
