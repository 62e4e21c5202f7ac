/** The memory of an engine: stretches of it for programs, views of all of it, and the threads that share it. */
import { type Buffer, type DType, fail } from '../../tensor/index.js'
import { Space } from './plan.js'
import { canShare, type Pool, startPool } from './pool.js'
import { type Memory, runtime } from './runtime.js'
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

export class Arena {
  readonly memory: Memory
  readonly shared: boolean
  readonly #threads: number
  readonly #space = new Space(reservedBytes)
  #views: Views
  #pool: Pool | undefined

  constructor(threads: number) {
    this.#threads = threads
    this.shared = threads > 1 && canShare()
    this.memory = new runtime.Memory(this.shared ? { initial: 1, maximum: maximumPages, shared: true } : { initial: 1 })
    this.#views = viewsOf(this.memory)
  }

  take(bytes: number): number {
    const base = this.#space.take(bytes)
    const missing = Math.ceil((this.#space.end - this.memory.buffer.byteLength) / pageBytes)
    if (missing <= 0) return base
    try {
      this.memory.grow(missing)
    } catch {
      this.#space.give(base, bytes)
      fail({ _tag: 'ArgumentError', op: 'wasm engine', detail: `a program needs ${bytes} bytes of memory, more than the runtime gives` })
    }
    // Growing detaches the views of a memory that is not shared; those of one that is keep their length.
    this.#views = viewsOf(this.memory)
    return base
  }

  give(base: number, bytes: number): void {
    this.#space.give(base, bytes)
  }

  /** The whole memory as an array of a dtype, until the next `take`. Places in it are addresses over the bytes of an entry. */
  view(dtype: DType): Buffer {
    return this.#views[dtype]
  }

  /** The workers, started when they are first wanted; undefined until they are ready. A pool that broke is replaced. */
  get pool(): Pool | undefined {
    if (!this.shared) return undefined
    if (this.#pool === undefined || this.#pool.broken) this.#pool = startPool(this.#threads, this.memory)
    return this.#pool?.ready ? this.#pool : undefined
  }
}
