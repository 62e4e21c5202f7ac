/**
 * A compiled program's module, instantiated over the memory of an engine. It runs at any base address, which is given at each run; a
 * `Workspace` is an instance together with a base of its own.
 */
import { fail } from '../../tensor/index.js'
import { leavesOf } from '../fusion/stage-buffers.js'
import type { Arena } from './arena.js'
import type { CompiledProgram } from './compile.js'
import { readReport, report } from './indexed.js'
import type { SharedModule, WorkerPool } from './pool.js'
import { instantiate } from './runtime.js'

/** What a module exports: `run(base)`, and `share(base, thread, threads)` where it is worth dividing. */
interface Entry {
  readonly run: (base: number) => void
  readonly share: ((base: number, thread: number, threads: number) => void) | undefined
}

const isFunction = (x: unknown): x is (...args: readonly number[]) => void => typeof x === 'function'

/** An exported function of a module that is instantiated over a memory. */
export const exported = (exports: { readonly [name: string]: unknown }, name: string): ((...args: readonly number[]) => void) => {
  const f = exports[name]
  return isFunction(f) ? f : fail({ _tag: 'InternalError', detail: `a module without ${name}` })
}

const entryOf = (module: object, { memory, platform: { runtime, now } }: Arena): Entry => {
  const exports = instantiate(runtime, module, { memory, now })
  return { run: exported(exports, 'run'), share: 'share' in exports ? exported(exports, 'share') : undefined }
}

export class Instance {
  readonly compiled: CompiledProgram
  readonly #arena: Arena
  readonly #entry: Entry
  /** The pool that was given the module last, and under which number; no module where the pool broke while it was given. */
  #inPool: { readonly pool: WorkerPool; readonly module: SharedModule | undefined } | undefined

  constructor(compiled: CompiledProgram, arena: Arena) {
    this.compiled = compiled
    this.#arena = arena
    this.#entry = entryOf(compiled.module, arena)
  }

  /** The address of a buffer when the program runs at a base; undefined for a buffer that no stage needs. */
  addressOf(base: number, buffer: number | undefined): number | undefined {
    const offset = this.compiled.plan.offsets[buffer ?? -1]
    return offset === undefined ? undefined : base + offset
  }

  /** Clears the words in which a program reports a wrong index. To be called once for a base that something else may have written to. */
  clear(base: number): void {
    this.#arena.view('int32').fill(0, base / 4, base / 4 + 3)
  }

  /**
   * Runs the program at a base, on all threads if it is worth dividing and the workers are ready, else on the calling thread.
   * **Errors**: an index out of range that a stage has reported; a worker that stopped.
   */
  run(base: number): void {
    const { share } = this.#entry
    const pool = this.compiled.divisible ? this.#arena.pool : undefined
    const module = pool && this.#moduleIn(pool)
    if (share && pool && module) {
      pool.start(module, base)
      share(base, 0, pool.threads)
      if (!pool.succeeded()) {
        pool.stop()
        fail({ _tag: 'InternalError', detail: 'a worker of the engine stopped in the middle of a program: run it again, on new workers' })
      }
    } else this.#entry.run(base)
    const words = this.#arena.view('int32')
    const flag = words[base / 4] ?? 0
    if (flag === 0) return
    words[base / 4] = 0
    const [word = 0, size = 0] = [words[(base + report.index) / 4], words[(base + report.size) / 4]]
    const { stage: place, unsigned } = readReport(flag)
    const stage = leavesOf(this.compiled.graph.stages)[place]
    const { op, what } = (stage?.kind === 'routine' ? stage.reports : undefined) ?? { op: 'wasm engine', what: 'index' }
    fail({ _tag: 'IndexError', op, what, index: unsigned ? word >>> 0 : word, size })
  }

  /** The module as the workers know it. They are given it at the first run, and again when the pool has dropped it. */
  #moduleIn(pool: WorkerPool): SharedModule | undefined {
    const known = this.#inPool
    if (known?.pool === pool && (known.module === undefined || pool.has(known.module))) return known.module
    const module = pool.load(this.compiled.bytes, this)
    this.#inPool = { pool, module }
    return module
  }
}
