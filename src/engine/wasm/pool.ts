/**
 * Workers that take part in programs. They share the engine's memory and sleep until there is a job; the calling thread is one of the
 * threads, so a pool of n threads has n - 1 workers. Idle workers do not keep the process alive.
 */
import { typed } from '../../tensor/index.js'
import type { Memory } from './runtime.js'
import { reservedBytes, words } from './threads.js'
import { workerSource } from './worker-source.js'

/** The words of the control block that callers and workers share. */
const control = { job: 0, ready: 1, loaded: 2, kind: 3, program: 4, base: 5, length: 6 } as const
const kinds = { load: 1, run: 2 } as const
const controlBytes = 64
/** Modules travel through this: they are a few kilobytes. */
const codeBytes = 1 << 20

interface Worker {
  readonly unref?: () => void
  readonly terminate: () => unknown
  readonly on?: (event: 'exit' | 'error', listener: () => void) => void
}
interface WorkerThreads {
  readonly Worker: new (
    source: string,
    options: { readonly eval: true; readonly execArgv: readonly string[]; readonly workerData: unknown },
  ) => Worker
}
interface Process {
  readonly getBuiltinModule?: (name: string) => unknown
}

/** Node's worker_threads, without an import that a browser could not resolve. */
const workerThreads = (): WorkerThreads | undefined => {
  const process = typed<Process | undefined>(Reflect.get(globalThis, 'process'))
  return typed<WorkerThreads | undefined>(process?.getBuiltinModule?.('node:worker_threads'))
}

/** Whether workers can be started here. */
export const canShare = (): boolean => typeof SharedArrayBuffer === 'function' && workerThreads() !== undefined

/** How many threads the machine runs at once; 1 where it cannot be told. */
export const machineThreads = (): number => {
  const process = typed<Process | undefined>(Reflect.get(globalThis, 'process'))
  const os = typed<{ readonly availableParallelism?: () => number } | undefined>(process?.getBuiltinModule?.('node:os'))
  return os?.availableParallelism?.() ?? 1
}

/** Looks at a word until a condition holds, without giving the thread away; false after too long. */
const settle = (array: Int32Array, word: number, holds: (value: number) => boolean): boolean => {
  for (let looks = 0; looks < 1e9; looks += 1) if (holds(Atomics.load(array, word))) return true
  return false
}

export class Pool {
  readonly threads: number
  readonly #words = new Int32Array(new SharedArrayBuffer(controlBytes))
  readonly #code = new Uint8Array(new SharedArrayBuffer(codeBytes))
  readonly #memory: Memory
  readonly #workers: readonly Worker[]
  #programs = 0
  #broken = false

  constructor(threads: number, memory: Memory, library: WorkerThreads) {
    this.threads = threads
    this.#memory = memory
    new Int32Array(memory.buffer, 0, reservedBytes / 4).fill(0)
    this.#workers = Array.from({ length: threads - 1 }, (_, i) => {
      const workerData = {
        memory,
        control: this.#words.buffer,
        code: this.#code.buffer,
        thread: i + 1,
        threads,
        words: control,
        kinds,
        failed: words.failed / 4,
      }
      const worker = new library.Worker(workerSource, { eval: true, execArgv: [], workerData })
      worker.unref?.()
      worker.on?.('exit', () => {
        this.#broken = true
      })
      worker.on?.('error', () => {
        this.#broken = true
      })
      return worker
    })
  }

  /** Whether all workers are there and wait for jobs. */
  get ready(): boolean {
    return !this.#broken && Atomics.load(this.#words, control.ready) === this.threads - 1
  }

  get broken(): boolean {
    return this.#broken
  }

  #post(kind: number): void {
    Atomics.store(this.#words, control.kind, kind)
    Atomics.add(this.#words, control.job, 1)
    Atomics.notify(this.#words, control.job)
  }

  /** Gives all workers a module; its number, or undefined if it is too large or they do not answer. */
  load(bytes: Uint8Array): number | undefined {
    if (bytes.length > codeBytes) return undefined
    this.#programs += 1
    this.#code.set(bytes)
    Atomics.store(this.#words, control.program, this.#programs)
    Atomics.store(this.#words, control.length, bytes.length)
    Atomics.store(this.#words, control.loaded, 0)
    this.#post(kinds.load)
    if (settle(this.#words, control.loaded, value => value === this.threads - 1)) return this.#programs
    this.stop()
    return undefined
  }

  /** Starts the workers' part of a program; the caller does its own part and meets them at the program's barriers. */
  start(program: number, base: number): void {
    Atomics.store(this.#words, control.program, program)
    Atomics.store(this.#words, control.base, base)
    this.#post(kinds.run)
  }

  /** Whether the workers did their part of the last program. */
  succeeded(): boolean {
    return Atomics.load(new Int32Array(this.#memory.buffer, 0, reservedBytes / 4), words.failed / 4) === 0
  }

  stop(): void {
    this.#broken = true
    for (const worker of this.#workers) worker.terminate()
  }
}

/** A pool, where workers can be started and more than one thread is wanted. */
export const startPool = (threads: number, memory: Memory): Pool | undefined => {
  const library = workerThreads()
  return library && threads > 1 ? new Pool(threads, memory, library) : undefined
}
