/**
 * Workers that take part in programs. They share the engine's memory and sleep until there is a job. The calling thread is one of the
 * threads, so a pool of n threads has n - 1 workers.
 *
 * There are two kinds of jobs: to load a module, and to run one. A worker that sleeps in `Atomics.wait` hears no messages, so everything
 * reaches it through shared memory: a job through the words of the control block, and a module through a buffer of `pieceBytes` bytes. A
 * module that is larger than the buffer comes in several pieces, each of which is a job, and the workers put it together.
 */
import type { Platform, StartWorker, Worker } from './platform.js'
import type { Memory } from './runtime.js'
import { reservedBytes, words } from './threads.js'
import { workerSource } from './worker-source.js'

/** The words of the control block that callers and workers share. */
const control = { job: 0, ready: 1, loaded: 2, kind: 3, program: 4, base: 5, offset: 6, length: 7, total: 8, dropped: 9 } as const
const kinds = { load: 1, run: 2 } as const
const controlBytes = 256
/** The most dropped modules that one job tells of. Their numbers follow the word that says how many there are. */
const mostDropped = controlBytes / 4 - control.dropped - 1
/** Bytes of the buffer through which modules are given to the workers. Most modules have a few kilobytes and are one piece. */
export const pieceBytes = 1 << 17
/** How often the caller looks at a word between two looks at the clock. */
const looks = 4096
/**
 * How many modules the workers keep at most; each takes some 50 kB in each worker. A module is dropped when its owner is collected. But the
 * pool hears of that only when the event loop has a turn, and a loop of the caller's may never give it one. This number is the bound then.
 */
const capacity = 512

/** How a pool waits for its workers. */
export interface Patience {
  readonly patienceSeconds: number
  readonly now: Platform['now']
}

/** A module that the workers have been given. */
export interface SharedModule {
  /** The number by which the workers find it. When the module is dropped, another one gets the number. */
  readonly number: number
  /** When it was used last, counted in runs and loads. */
  used: number
}

export class WorkerPool {
  readonly threads: number
  readonly #words = new Int32Array(new SharedArrayBuffer(controlBytes))
  readonly #code = new Uint8Array(new SharedArrayBuffer(pieceBytes))
  readonly #memory: Memory
  readonly #patience: Patience
  readonly #workers: Worker[] = []
  readonly #modules = new Set<SharedModule>()
  readonly #collected = new FinalizationRegistry<SharedModule>(module => this.#drop(module))
  /** Numbers of dropped modules. Those that the workers have not been told of yet stand in the first list; the others are free. */
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

  /** Whether all workers have started and waited for jobs; some may have ended since. */
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

  /** The workers are told with their next job. They are not woken for it. */
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

  /** Gives all workers a module, which they keep until its owner is collected; undefined if one of them does not answer. */
  load(bytes: Uint8Array, owner: object): SharedModule | undefined {
    // The words of the memory are cleared now and not earlier: a worker of an earlier pool may still have been on its way out of a program.
    if (this.#uses === 0) this.#header.fill(0)
    if (this.#modules.size >= capacity)
      this.#drop([...this.#modules].reduce((least, module) => (module.used < least.used ? module : least)))
    const module = { number: this.#free.pop() ?? this.#modules.size + this.#dropped.length, used: 0 }
    this.#use(module)
    Atomics.store(this.#words, control.program, module.number)
    Atomics.store(this.#words, control.total, bytes.length)
    for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
      const piece = bytes.subarray(offset, offset + pieceBytes)
      this.#code.set(piece)
      Atomics.store(this.#words, control.offset, offset)
      Atomics.store(this.#words, control.length, piece.length)
      Atomics.store(this.#words, control.loaded, 0)
      this.#post(kinds.load)
      // The next piece takes the place of this one, so it has to wait until all workers have a copy.
      if (this.#counted(control.loaded)) continue
      this.stop()
      return undefined
    }
    this.#modules.add(module)
    this.#collected.unregister(owner)
    this.#collected.register(owner, module, owner)
    return module
  }

  /** Starts the workers' part of a program. The caller then does its own part, and meets them at the program's barriers. */
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

  /** The memory's first words. They are looked up each time, because a memory that has grown has another buffer. */
  get #header(): Int32Array {
    return new Int32Array(this.#memory.buffer, 0, reservedBytes / 4)
  }

  /** Ends the workers. The arena makes another pool when one is wanted again. */
  stop(): void {
    this.#broken = true
    for (const worker of this.#workers) worker.terminate()
  }
}
