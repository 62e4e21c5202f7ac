/**
 * What the engine asks of the place where it runs, and the two forms of it: Node, and a browser's pages and workers.
 *
 * A page may start workers that share memory only if it is cross-origin isolated, and its main thread may not sleep; a worker of a page may.
 */
import { typed } from '../../tensor/index.js'
import { findRuntime, type Runtime } from './runtime.js'

export interface Worker {
  readonly terminate: () => unknown
}

/**
 * A worker that runs a text, which defines `serve`, and calls `serve(given)`; `ended` is called if the worker stops or never starts, as far as
 * the platform says so. It does not keep the process alive, and need not start before the caller gives its event loop back. May throw.
 */
export type StartWorker = (source: string, given: object, ended: () => void) => Worker

export interface Platform {
  readonly runtime: Runtime
  /** How many threads the machine runs at once; 1 where it cannot be told. */
  readonly machineThreads: number
  /** Whether the calling thread may sleep; else it looks until there is something to see. */
  readonly maySleep: boolean
  /** Undefined where no worker can share memory: programs then run on the calling thread alone. */
  readonly startWorker: StartWorker | undefined
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  /** Bytes that may hold anything, from the C library of Linux; undefined elsewhere. May throw. */
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
/** The globals that the forms use, each of which may be missing. */
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

/** Node's builtin modules, without an import that a bundler could not resolve. */
const onNode = ({ process }: Globals): StartWorker | undefined => {
  const library = process?.getBuiltinModule?.('node:worker_threads')
  if (library === undefined) return undefined
  return (source, given, ended) => {
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
  // One address for each text; none is revoked, since browsers differ in when a worker that starts has read it.
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

/** Whether a thread may sleep is not written anywhere: it is tried, for no time. */
const triesToSleep = (): boolean => {
  if (typeof SharedArrayBuffer !== 'function') return false
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)
    return true
  } catch {
    return false
  }
}

/** The platform that this code runs on. **Errors**: it cannot run the engine. */
export const platform = (): Platform => {
  const globals = typed<Globals>(globalThis)
  const { process, navigator, performance, Buffer } = globals
  const machineThreads = process?.getBuiltinModule?.('node:os')?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1
  return {
    runtime: findRuntime(globals),
    machineThreads,
    maySleep: triesToSleep(),
    startWorker: typeof SharedArrayBuffer === 'function' ? (onNode(globals) ?? inPage(globals)) : undefined,
    now: () => performance.now(),
    newBytes: process?.platform === 'linux' && Buffer ? length => Buffer.allocUnsafeSlow(length).buffer : undefined,
  }
}
