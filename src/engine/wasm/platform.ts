/**
 * What the engine asks of the place where it runs. There are two such places: Node, and the pages and workers of a browser. All that differs
 * between them is in this file.
 *
 * A page may start workers that share memory only if it is cross-origin isolated. Its main thread may not sleep, but a worker of a page may.
 */
import { fail, typed } from '../../tensor/index.js'
import { findRuntime, type Runtime } from './runtime.js'

export interface Worker {
  readonly terminate: () => unknown
}

/**
 * Starts a worker, which runs a text that defines `serve`, and then calls `serve(given)`. If the worker stops or never starts, `ended` is
 * called, as far as the platform tells. A worker does not keep the process alive. It may start only when the caller gives back its event loop.
 *
 * **Errors**: whatever the platform throws where it starts no worker.
 */
export type StartWorker = (source: string, given: object, ended: () => void) => Worker

export interface Platform {
  readonly runtime: Runtime
  /** How many threads the machine runs at once, or 1 where it cannot be known. */
  readonly machineThreads: number
  /** Whether the calling thread may sleep while it waits. If it may not, it looks again and again. */
  readonly maySleep: boolean
  /** Undefined where no worker can share memory. All programs then run on the calling thread. */
  readonly startWorker: StartWorker | undefined
  /** The milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Bytes that may hold anything, since nobody has cleared them. Node on Linux gives such bytes; elsewhere it is undefined. It may throw. */
  readonly newBytes: ((length: number) => ArrayBuffer) | undefined
}

interface NodeWorker extends Worker {
  readonly unref: () => void
  readonly on: (event: 'exit' | 'error', listener: () => void) => void
}
interface NodeModules {
  readonly 'node:worker_threads': {
    readonly Worker: new (
      source: string,
      options: { readonly eval: true; readonly execArgv: readonly string[]; readonly workerData: object },
    ) => NodeWorker
  }
  readonly 'node:os': { readonly availableParallelism?: () => number }
}
interface PageWorker extends Worker {
  onerror: () => void
  readonly postMessage: (message: object) => void
}
interface Performance {
  readonly now: () => number
}
/** The globals that are used here. Each of them may be missing. */
interface Globals {
  readonly process?: {
    readonly platform?: string
    readonly getBuiltinModule?: <N extends keyof NodeModules>(name: N) => NodeModules[N] | undefined
  }
  readonly performance: Performance
  readonly Buffer?: { readonly allocUnsafeSlow: (length: number) => { readonly buffer: ArrayBuffer } }
  readonly crossOriginIsolated?: boolean
  readonly navigator?: { readonly hardwareConcurrency?: number }
  readonly Worker?: new (url: string) => PageWorker
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object
  readonly URL: { readonly createObjectURL: (blob: object) => string }
}

/** Node's workers. Node's modules are asked for at run time, because a bundler for pages could not resolve an import of them. */
const onNode = ({ process }: Globals): StartWorker | undefined => {
  if (process?.getBuiltinModule === undefined) return undefined
  return (source, given, ended) => {
    const library = process.getBuiltinModule?.('node:worker_threads')
    if (library === undefined) return fail({ _tag: 'PlatformError', op: 'wasm engine', detail: 'this runtime has no worker threads' })
    const text = `${source}\nserve(require('node:worker_threads').workerData)`
    const worker = new library.Worker(text, { eval: true, execArgv: [], workerData: given })
    worker.unref()
    worker.on('exit', ended)
    worker.on('error', ended)
    return worker
  }
}

const inPage = ({ crossOriginIsolated, Worker, Blob, URL }: Globals): StartWorker | undefined => {
  if (crossOriginIsolated !== true || Worker === undefined) return undefined
  // There is one address for each text. It is never revoked, since browsers differ in when a worker that starts has read its text.
  const urls = new Map<string, string>()
  return (source, given, ended) => {
    const text = `${source}\nonmessage = ({ data }) => serve(data)`
    const url = urls.get(source) ?? URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
    urls.set(source, url)
    const worker = new Worker(url)
    worker.onerror = ended
    worker.postMessage(given)
    return worker
  }
}

/** Whether this thread may sleep. No property says so, so it is tried, for no time at all. */
const triesToSleep = (): boolean => {
  if (typeof SharedArrayBuffer !== 'function') return false
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)
    return true
  } catch {
    return false
  }
}

/**
 * The platform that this code runs on. The modules of Node behind the threads and the clock are loaded when they are first wanted: to load them
 * takes longer than to run a small program, which wants none of them.
 *
 * **Errors**: a platform that cannot run the engine.
 */
export const platform = (): Platform => {
  const globals = typed<Globals>(globalThis)
  const { process, Buffer } = globals
  return {
    runtime: findRuntime(globals),
    get machineThreads() {
      return process?.getBuiltinModule?.('node:os')?.availableParallelism?.() ?? globals.navigator?.hardwareConcurrency ?? 1
    },
    maySleep: triesToSleep(),
    startWorker: typeof SharedArrayBuffer === 'function' ? (onNode(globals) ?? inPage(globals)) : undefined,
    now: () => globals.performance.now(),
    newBytes: process?.platform === 'linux' && Buffer ? length => Buffer.allocUnsafeSlow(length).buffer : undefined,
  }
}
