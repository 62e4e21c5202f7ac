/** The memory of an engine. Programs take stretches of it to work in, arrays show all of it, and the workers share it. */
import type { Buffer, DType } from '../../tensor/index.js'
import { mostBytes, refuseBytes } from './limits.js'
import type { Platform, StartWorker } from './platform.js'
import { WorkerPool } from './pool.js'
import { Results } from './results.js'
import { type Memory, makeMemory, type Runtime } from './runtime.js'
import { Space } from './space.js'
import { maximumPages, reservedBytes } from './threads.js'

const pageBytes = 65536

/** The whole memory as arrays of each dtype. */
type Views = { readonly [D in DType]: Buffer<D> }

const viewsOf = ({ buffer }: Memory): Views => ({
  float32: new Float32Array(buffer),
  float64: new Float64Array(buffer),
  int32: new Int32Array(buffer),
  uint32: new Uint32Array(buffer),
  bool: new Uint8Array(buffer),
})

/**
 * A memory that threads share must reserve addresses for its greatest size at once. Where there are not so many, as on a phone, half as much
 * is tried.
 */
const sharedMemory = (runtime: Runtime, maximum = maximumPages): Memory => {
  try {
    return makeMemory(runtime, { initial: 1, maximum, shared: true })
  } catch (error) {
    if (maximum === 1) throw error
    return sharedMemory(runtime, maximum / 2)
  }
}

export interface ArenaOptions {
  readonly threads: number
  readonly patienceSeconds: number
}

export class Arena {
  readonly memory: Memory
  readonly #options: ArenaOptions
  readonly platform: Platform
  readonly results: Results
  readonly #startWorker: StartWorker | undefined
  readonly #space = new Space(reservedBytes)
  #views: Views
  #pool: WorkerPool | undefined

  constructor(options: ArenaOptions, platform: Platform) {
    this.#options = options
    this.platform = platform
    this.results = new Results(platform)
    this.#startWorker = options.threads > 1 ? platform.startWorker : undefined
    this.memory = this.shared ? sharedMemory(platform.runtime) : makeMemory(platform.runtime, { initial: 1 })
    this.#views = viewsOf(this.memory)
  }

  /** Whether threads share the memory. */
  get shared(): boolean {
    return this.#startWorker !== undefined
  }

  /** Takes a stretch of so many bytes and gives its address. If it is refused, nothing has changed, and smaller ones can still be taken. */
  take(bytes: number): number {
    if (!(bytes <= mostBytes)) refuseBytes(bytes)
    const base = this.#space.take(bytes)
    const missing = Math.ceil((this.#space.end - this.memory.buffer.byteLength) / pageBytes)
    if (missing <= 0) return base
    try {
      this.memory.grow(missing)
    } catch {
      this.#space.give(base, bytes)
      refuseBytes(bytes)
    }
    // The old arrays do not show what was added. If the memory is not shared, growing has detached them altogether.
    this.#views = viewsOf(this.memory)
    return base
  }

  /** Gives a stretch back. */
  give(base: number, bytes: number): void {
    this.#space.give(base, bytes)
  }

  /** The whole memory as an array of a dtype, valid until the next `take`. The index of an entry is its address divided by the bytes of an entry. */
  view(dtype: DType): Buffer {
    return this.#views[dtype]
  }

  /**
   * The workers. They are started when they are first wanted, and it is undefined until they are ready. A pool that broke is replaced by
   * another one, unless its workers never all started: where some do not, as under some policies of a page, others would not either.
   */
  get pool(): WorkerPool | undefined {
    if (this.#startWorker === undefined) return undefined
    if (this.#pool === undefined || (this.#pool.broken && this.#pool.complete))
      this.#pool = new WorkerPool(this.#options.threads, this.memory, this.#startWorker, {
        patienceSeconds: this.#options.patienceSeconds,
        now: this.platform.now,
      })
    return this.#pool.complete && !this.#pool.broken ? this.#pool : undefined
  }
}
