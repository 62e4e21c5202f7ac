/**
 * Compiled modules in the memory of an engine. `Loaded` runs a module at a place that is said at each run; `Instance` is a program with a stretch of
 * memory of its own, in which its arguments and results lie.
 */
import {
  type Aval,
  type Buffer,
  bufferOf,
  bytesOf,
  concrete,
  type DType,
  fail,
  payload,
  sizeOf,
  uniformValue,
  type Value,
} from '../../tensor/index.js'
import type { Arena } from './arena.js'
import { readReport, report } from './indexed.js'
import type { SharedModule, WorkerPool } from './pool.js'
import type { Prepared } from './prepare.js'
import { instantiate } from './runtime.js'

/** Part of a module's interface: `run(base)`, and `share(base, thread, threads)` where it is worth dividing. */
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

/** Copies a tensor's numbers to an address; one number repeated is written there, and an array of it is never made. */
export const copyIn = (arena: Arena, address: number, x: Value): void => {
  const start = address / bytesOf(x.dtype)
  const value = uniformValue(x)
  if (value === undefined) arena.view(x.dtype).set(bufferOf('wasm engine', x), start)
  else arena.view(x.dtype).fill(value, start, start + sizeOf(x.sizes))
}

/** A tensor of the numbers at an address. */
export const copyOut = (
  arena: Arena,
  address: number,
  { sizes, dtype }: { readonly sizes: readonly number[]; readonly dtype: DType },
): Value => {
  const start = address / bytesOf(dtype)
  // A lone number needs no array: metrics are read at every step.
  if (sizes.length === 0) return concrete(sizes, dtype, arena.view(dtype)[start] ?? 0)
  return concrete(sizes, dtype, copied(arena, start, sizes, dtype))
}

/** Small arrays are copied by one call. */
const smallest = 16384

/** Entries of the memory from a place on, in an array of their own. */
const copied = (arena: Arena, start: number, sizes: readonly number[], dtype: DType): Buffer => {
  const length = sizeOf(sizes)
  if (length <= smallest) return arena.view(dtype).slice(start, start + length)
  const result = arena.results.array(dtype, sizes)
  result.set(arena.view(dtype).subarray(start, start + length))
  return result
}

/** A program's module over an arena's memory; where in it the program works is said at each run. */
export class Loaded {
  readonly #arena: Arena
  readonly #prepared: Prepared
  readonly #entry: Entry
  /** The pool that was given the module; it has none where the module was too large for it. */
  #inPool: { readonly pool: WorkerPool; readonly module: SharedModule | undefined } | undefined

  constructor(prepared: Prepared, arena: Arena) {
    this.#arena = arena
    this.#prepared = prepared
    this.#entry = entryOf(prepared.module, arena)
  }

  /** The address of a buffer of the program that works at a base; undefined for one that it does not need. */
  addressOf(base: number, buffer: number | undefined): number | undefined {
    const offset = this.#prepared.plan.offsets[buffer ?? -1]
    return offset === undefined ? undefined : base + offset
  }

  /** Nothing is reported yet. To be called once for a base that something else may have written to. */
  clear(base: number): void {
    this.#arena.view('int32').fill(0, base / 4, base / 4 + 3)
  }

  run(base: number): void {
    const { share } = this.#entry
    const pool = this.#prepared.divisible ? this.#arena.pool : undefined
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
    const stage = this.#prepared.graph.stages[place]
    const { op, what } = (stage?.kind === 'routine' ? stage.reports : undefined) ?? { op: 'wasm engine', what: 'index' }
    fail({ _tag: 'IndexError', op, what, index: unsigned ? word >>> 0 : word, size })
  }

  #moduleIn(pool: WorkerPool): SharedModule | undefined {
    const known = this.#inPool
    if (known?.pool === pool && (known.module === undefined || pool.has(known.module))) return known.module
    const module = pool.load(this.#prepared.bytes, this)
    this.#inPool = { pool, module }
    return module
  }
}

/** A program with a stretch of memory of its own, in which its arguments stay. */
export class Instance {
  readonly #arena: Arena
  readonly #prepared: Prepared
  readonly #loaded: Loaded
  /** What lies in the place of each input, so that it is not copied again. */
  readonly #held: (Value[typeof payload] | undefined)[] = []
  #base: number | undefined

  constructor(prepared: Prepared, arena: Arena) {
    this.#arena = arena
    this.#prepared = prepared
    this.#loaded = new Loaded(prepared, arena)
  }

  /** Takes a stretch of memory, in which nothing lies yet. */
  open(): void {
    this.#base ??= this.#arena.take(this.#prepared.plan.size)
    this.#held.length = 0
    this.#loaded.clear(this.#base)
  }

  close(): void {
    if (this.#base !== undefined) this.#arena.give(this.#base, this.#prepared.plan.size)
    this.#base = undefined
    // What lay there is nobody's any more, so it is not kept from the collector either.
    this.#held.length = 0
  }

  get #start(): number {
    return this.#base ?? fail({ _tag: 'InternalError', detail: 'a program without memory' })
  }

  /** Copies arguments into their places, from the first-th on, unless they lie there already. */
  write(inputs: readonly Value[], first: number): void {
    const { inputs: buffers } = this.#prepared.graph
    for (const [k, input] of inputs.entries()) {
      const i = first + k
      const address = this.#loaded.addressOf(this.#start, buffers[i])
      if (address === undefined || this.#held[i] === input[payload]) continue
      this.#held[i] = input[payload]
      copyIn(this.#arena, address, input)
    }
  }

  run(): void {
    this.#loaded.run(this.#start)
  }

  /** A copy of what lies in a buffer, under the sizes of a variable: results that differ in sizes alone may share one. */
  read(buffer: number | undefined, form: Aval): Value {
    const address = this.#loaded.addressOf(this.#start, buffer)
    return address === undefined ? fail({ _tag: 'InternalError', detail: 'a result without a place' }) : copyOut(this.#arena, address, form)
  }
}
