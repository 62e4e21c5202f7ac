/**
 * The WebAssembly engine: every program becomes one module with SIMD, specialised to its shapes.
 *
 * Tensors stay plain arrays on the JavaScript heap; linear memory holds what a program works on while it runs, and a loop's state.
 */
import { type Compiled, type Engine, type Loop, type Program, plainLoop, simplify } from '../../program/index.js'
import { type Aval, allocate, type Buffer, bufferOf, concrete, fail, payload, sizeOf, type Value } from '../../tensor/index.js'
import { buildGraph } from '../fusion/build.js'
import { merge } from '../fusion/merge.js'
import type { Graph, Stage } from '../fusion/stage.js'
import { Arena } from './arena.js'
import { report, reported, sizeInBytes } from './indexed.js'
import { type ModuleOptions, writeModule } from './module.js'
import { type Plan, planMemory } from './plan.js'
import { type Platform, platform } from './platform.js'
import type { Pool } from './pool.js'
import type { Memory } from './runtime.js'

const viewOf = ({ buffer }: Memory, dtype: Value['dtype'], offset: number, length: number): Buffer => {
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer, offset, length)
    case 'float64':
      return new Float64Array(buffer, offset, length)
    case 'int32':
      return new Int32Array(buffer, offset, length)
    case 'uint32':
      return new Uint32Array(buffer, offset, length)
    case 'bool':
      return new Uint8Array(buffer, offset, length)
  }
}

/** A program made ready: a module, and where in its stretch of memory its values lie. */
interface Prepared {
  readonly graph: Graph
  readonly plan: Plan
  readonly bytes: Uint8Array
  readonly module: object
  readonly divisible: boolean
}

/** Results after the first `count` that are one of the first `count` arguments become copies: the round writes over those arguments. */
const withCopies = (graph: Graph, count: number): Graph => {
  const buffers = [...graph.buffers]
  const copies: Stage[] = []
  const outputs = graph.outputs.map((from, i) => {
    const argument = graph.inputs.indexOf(from)
    const info = buffers[from]
    if (i < count || argument < 0 || argument >= count || info === undefined) return from
    copies.push({ kind: 'copy', from, buffer: buffers.length })
    return buffers.push(info) - 1
  })
  return { ...graph, buffers, stages: [...copies, ...graph.stages], outputs }
}

/** `count` results are arguments of the next round: where one does not lie in its argument's place, it is copied there at the end. */
const prepare = (program: Program, count: number, options: ModuleOptions & Pick<Platform, 'runtime'>): Prepared | undefined => {
  const graph = withCopies(merge(buildGraph(program)), count)
  const feedback = new Map<number, number>()
  for (let i = 0; i < count; i += 1) {
    const [result, argument] = [graph.outputs[i], graph.inputs[i]]
    if (result === undefined || argument === undefined) return undefined
    // A result that is another argument, or two results that are one, would be overwritten before they are copied.
    if (result !== argument && (graph.inputs.includes(result) || feedback.has(result))) return undefined
    if (result !== argument) feedback.set(result, argument)
  }
  const plan = planMemory(graph, report.bytes, feedback)
  const copies = [...feedback].flatMap(([result, argument]) => {
    const [from, to, info] = [plan.offsets[result], plan.offsets[argument], graph.buffers[result]]
    return from === undefined || to === undefined || from === to || info === undefined
      ? []
      : [{ from, to, bytes: sizeInBytes(info.sizes, info.dtype) }]
  })
  const { bytes, divisible } = writeModule(graph, plan, copies, options)
  return { graph, plan, bytes, module: new options.runtime.Module(bytes), divisible }
}

/** Part of a module's interface: `run(base)`, and `share(base, thread, threads)` where it is worth dividing. */
interface Entry {
  readonly run: (base: number) => void
  readonly share: ((base: number, thread: number, threads: number) => void) | undefined
}

const entryOf = (module: object, { memory, platform: { runtime, now } }: Arena): Entry => {
  const { run, share } = new runtime.Instance(module, { env: { memory, now } }).exports
  if (typeof run !== 'function') return fail({ _tag: 'InternalError', detail: 'a module without run' })
  return {
    run: base => {
      run(base)
    },
    share:
      typeof share === 'function'
        ? (base, thread, threads) => {
            share(base, thread, threads)
          }
        : undefined,
  }
}

/** A module in the arena. */
class Instance {
  readonly #arena: Arena
  readonly #prepared: Prepared
  readonly #entry: Entry
  /** What lies in the place of each input, so that it is not copied again. */
  readonly #held: (Value[typeof payload] | undefined)[] = []
  #base: number | undefined
  /** The pool that has the module, and its number there. */
  #loaded: { readonly pool: Pool; readonly program: number | undefined } | undefined

  constructor(prepared: Prepared, arena: Arena) {
    this.#arena = arena
    this.#prepared = prepared
    this.#entry = entryOf(prepared.module, arena)
  }

  /** Takes a stretch of memory, in which nothing lies yet. */
  open(): void {
    this.#base ??= this.#arena.take(this.#prepared.plan.size)
    this.#held.length = 0
    new Int32Array(this.#arena.memory.buffer, this.#base, 3).fill(0)
  }

  close(): void {
    if (this.#base !== undefined) this.#arena.give(this.#base, this.#prepared.plan.size)
    this.#base = undefined
  }

  get #start(): number {
    return this.#base ?? fail({ _tag: 'InternalError', detail: 'a program without memory' })
  }

  /** Copies arguments into their places, from the first-th on, unless they lie there already. */
  write(inputs: readonly Value[], first: number): void {
    const { graph, plan } = this.#prepared
    for (const [k, input] of inputs.entries()) {
      const i = first + k
      const offset = plan.offsets[graph.inputs[i] ?? -1]
      if (offset === undefined || this.#held[i] === input[payload]) continue
      this.#held[i] = input[payload]
      viewOf(this.#arena.memory, input.dtype, this.#start + offset, sizeOf(input.sizes)).set(bufferOf('jit', input))
    }
  }

  run(): void {
    const { share } = this.#entry
    const pool = this.#prepared.divisible ? this.#arena.pool : undefined
    const program = pool && this.#programIn(pool)
    if (share && pool && program !== undefined) {
      pool.start(program, this.#start)
      share(this.#start, 0, pool.threads)
      if (!pool.succeeded()) {
        pool.stop()
        fail({ _tag: 'InternalError', detail: 'a worker of the engine stopped in the middle of a program: run it again, on new workers' })
      }
    } else this.#entry.run(this.#start)
    const flags = new Int32Array(this.#arena.memory.buffer, this.#start, 3)
    const [flag = 0, word = 0, size = 0] = flags
    if (flag === 0) return
    flags[0] = 0
    const op = (flag & reported.scatterAdd) === 0 ? 'gather' : 'scatterAdd'
    fail({ _tag: 'IndexError', op, index: (flag & reported.unsigned) === 0 ? word : word >>> 0, size })
  }

  #programIn(pool: Pool): number | undefined {
    if (this.#loaded?.pool !== pool) this.#loaded = { pool, program: pool.load(this.#prepared.bytes) }
    return this.#loaded.program
  }

  /** A copy of what lies in a buffer, under the sizes of a variable: results that differ in sizes alone may share one. */
  read(buffer: number | undefined, { sizes, dtype }: Aval): Value {
    const offset = this.#prepared.plan.offsets[buffer ?? -1]
    if (offset === undefined) return fail({ _tag: 'InternalError', detail: 'a result without a place' })
    const result = allocate(dtype, sizeOf(sizes))
    result.set(viewOf(this.#arena.memory, dtype, this.#start + offset, result.length))
    return concrete(sizes, dtype, result)
  }
}

/** @category model */
export interface WasmOptions {
  /** Threads that take part in large programs, the calling one among them: as many as the machine has, at most 8, unless told. Results do not depend on it. */
  readonly threads?: number
  /** How long the calling thread waits for a worker before it reports that the worker stopped, 60 unless told. */
  readonly patienceSeconds?: number
}

/** An engine on a platform, which tests choose. */
export const wasmEngineOn = (platform: Platform, options: WasmOptions = {}): Engine => {
  const { threads = Math.min(8, platform.machineThreads), patienceSeconds = 60 } = options
  if (!Number.isInteger(threads) || threads < 1)
    return fail({ _tag: 'ArgumentError', op: 'wasm engine', detail: `${threads} threads: give a whole number from 1 up` })
  const arena = new Arena({ threads, patienceSeconds }, platform)
  const moduleOptions = { ...platform, patienceSeconds, shared: arena.shared }
  /** The program that ran last keeps its stretch of memory, and so its arguments, until another one runs. */
  let open: Instance | undefined
  const compile = (original: Program): Compiled => {
    const program = simplify(original)
    const prepared = prepare(program, 0, moduleOptions) ?? fail({ _tag: 'InternalError', detail: 'a program that cannot be prepared' })
    let instance: Instance | undefined
    const run = (inputs: readonly Value[]): readonly Value[] => {
      const own = instance ?? new Instance(prepared, arena)
      instance = own
      if (open !== own) {
        open?.close()
        open = undefined
        own.open()
        open = own
      }
      own.write(inputs, 0)
      own.run()
      return program.outputs.map((output, i) => own.read(prepared.graph.outputs[i], output))
    }
    /** Instances of ended loops, ready for the next. */
    const idle: Instance[] = []
    let loopForm: Prepared | undefined | 'none'
    const loop = (initial: readonly Value[]): Loop => {
      loopForm ??= prepare(program, initial.length, moduleOptions) ?? 'none'
      if (loopForm === 'none') return plainLoop(run)(initial)
      const form = loopForm
      const own = idle.pop() ?? new Instance(form, arena)
      own.open()
      own.write(initial, 0)
      let rounds = 0
      return {
        next: inputs => {
          own.write(inputs, initial.length)
          rounds += 1
          own.run()
          return program.outputs.slice(initial.length).map((output, i) => own.read(form.graph.outputs[initial.length + i], output))
        },
        // After a round the state lies in the places of the arguments.
        state: () => (rounds === 0 ? initial : initial.map((value, i) => own.read(form.graph.inputs[i], value))),
        end: () => {
          own.close()
          idle.push(own)
        },
      }
    }
    return { run, loop }
  }
  return { name: 'wasm', compile }
}

/**
 * An engine with a memory and threads of its own, in Node and in browsers. In a page the threads need cross-origin isolation, without which
 * there is one; and they start while the page waits, so that the first programs, and all until then, run on the calling thread alone.
 *
 * **Errors**: a runtime without WebAssembly or its SIMD; a number of threads that is none; where it is used, a program larger than 4 GiB.
 *
 * @example
 * import { add, jit, mul, pipe, type Tensor, tensor, toNested, wasmEngine } from 'pullback'
 *
 * const affine = jit((x: Tensor<'3'>) => pipe(x, mul(2), add(1)), { engine: wasmEngine() })
 * assert.deepEqual(toNested(affine(tensor([1, 2, 3]))), [3, 5, 7])
 *
 * @category constructors
 */
export const wasmEngine = (options: WasmOptions = {}): Engine => wasmEngineOn(platform(), options)
