/**
 * Workers that take part in programs. They share the engine's memory and sleep until there is a job; the calling thread is one of the
 * threads, so a pool of n threads has n - 1 workers.
 */
import type { Platform, StartWorker, Worker } from './platform.js'
import type { Memory } from './runtime.js'
import { reservedBytes, words } from './threads.js'
import { workerSource } from './worker-source.js'

/** The words of the control block that callers and workers share. */
const control = { job: 0, ready: 1, loaded: 2, kind: 3, program: 4, base: 5, length: 6, dropped: 7 } as const
const kinds = { load: 1, run: 2 } as const
const controlBytes = 256
/** Modules dropped that one job tells of; their numbers follow the word that says how many there are. */
const mostDropped = controlBytes / 4 - control.dropped - 1
/** Bytes of the buffer through which modules are given to the workers. Most modules are a few kilobytes. */
const codeBytes = 1 << 20
/** Looks at a word between two looks at the clock. */
const looks = 4096
/**
 * How many modules the workers keep at most; each takes some 50 kB in each worker. A module is dropped when its program is collected. But the pool hears
 * of that only when the event loop has a turn; in a loop that never gives it one, this number is the bound.
 */
const capacity = 512

/** How a pool waits for its workers. */
export interface Patience {
  readonly patienceSeconds: number
  readonly now: Platform['now']
}

/** A module that the workers have been given. */
export interface SharedModule {
  /** Under which the workers find it; another module has the number when this one is dropped. */
  readonly number: number
  /** The run, or the load, in which it was last used. */
  used: number
}

export class WorkerPool {
  readonly threads: number
  readonly #words = new Int32Array(new SharedArrayBuffer(controlBytes))
  readonly #code = new Uint8Array(new SharedArrayBuffer(codeBytes))
  readonly #memory: Memory
  readonly #patience: Patience
  readonly #workers: Worker[] = []
  readonly #modules = new Set<SharedModule>()
  readonly #collected = new FinalizationRegistry<SharedModule>(module => this.#drop(module))
  /** Numbers of dropped modules: of those that the workers still have, and of those that they do not, which are free. */
  #dropped: number[] = []
  readonly #free: number[] = []
  #uses = 0
  #broken = false

  constructor(threads: number, memory: Memory, startWorker: StartWorker, patience: Patience) {
    this.threads = threads
    this.#memory = memory
    this.#patience = patience
    const shared = { memory, control: this.#words.buffer, code: this.#code.buffer, words: control, kinds, failed: words.failed / 4 }
    const ended = (): void => {
      if (!this.#broken) this.stop()
    }
    try {
      for (let thread = 1; thread < threads; thread += 1)
        this.#workers.push(startWorker(workerSource, { ...shared, thread, threads }, ended))
    } catch {
      this.stop()
    }
  }

  /** Whether all workers have come to wait for jobs, though some may have ended since. */
  get complete(): boolean {
    return Atomics.load(this.#words, control.ready) === this.threads - 1
  }

  get broken(): boolean {
    return this.#broken
  }

  #post(kind: number): void {
    const told = this.#dropped.slice(0, mostDropped)
    if (told.length > 0) {
      this.#dropped = this.#dropped.slice(mostDropped)
      this.#free.push(...told)
      this.#words.set(told, control.dropped + 1)
    }
    Atomics.store(this.#words, control.dropped, told.length)
    Atomics.store(this.#words, control.kind, kind)
    Atomics.add(this.#words, control.job, 1)
    Atomics.notify(this.#words, control.job)
  }

  /** Workers drop a module with the next job: they are not woken for it. */
  #drop(module: SharedModule): void {
    if (this.#modules.delete(module)) this.#dropped.push(module.number)
  }

  #use(module: SharedModule): void {
    this.#uses += 1
    module.used = this.#uses
  }

  /** Looks at a word until all workers have counted themselves there; false if one fails, or if that takes too long. */
  #counted(word: number): boolean {
    const { patienceSeconds, now } = this.#patience
    const start = now()
    do {
      for (let i = 0; i < looks; i += 1) if (Atomics.load(this.#words, word) === this.threads - 1) return true
    } while (this.succeeded() && now() - start < patienceSeconds * 1000)
    return false
  }

  /** Whether the workers have a module. */
  has(module: SharedModule): boolean {
    return this.#modules.has(module)
  }

  /** Gives all workers a module until its owner is collected; undefined if it is too large or they do not answer. */
  load(bytes: Uint8Array, owner: object): SharedModule | undefined {
    if (bytes.length > codeBytes) return undefined
    // Not before: a worker of an earlier pool may still have been on its way out of a program.
    if (this.#uses === 0) this.#header.fill(0)
    if (this.#modules.size >= capacity)
      this.#drop([...this.#modules].reduce((least, module) => (module.used < least.used ? module : least)))
    const module = { number: this.#free.pop() ?? this.#modules.size + this.#dropped.length, used: 0 }
    this.#use(module)
    this.#code.set(bytes)
    Atomics.store(this.#words, control.program, module.number)
    Atomics.store(this.#words, control.length, bytes.length)
    Atomics.store(this.#words, control.loaded, 0)
    this.#post(kinds.load)
    if (!this.#counted(control.loaded)) {
      this.stop()
      return undefined
    }
    this.#modules.add(module)
    this.#collected.unregister(owner)
    this.#collected.register(owner, module, owner)
    return module
  }

  /** Starts the workers' part of a program; the caller does its own part and meets them at the program's barriers. */
  start(module: SharedModule, base: number): void {
    this.#use(module)
    Atomics.store(this.#words, control.program, module.number)
    Atomics.store(this.#words, control.base, base)
    this.#post(kinds.run)
  }

  /** Whether the workers did their part of the last program. */
  succeeded(): boolean {
    return Atomics.load(this.#header, words.failed / 4) === 0
  }

  /** The memory's first words; its buffer is another one once it has grown. */
  get #header(): Int32Array {
    return new Int32Array(this.#memory.buffer, 0, reservedBytes / 4)
  }

  stop(): void {
    this.#broken = true
    for (const worker of this.#workers) worker.terminate()
  }
}
