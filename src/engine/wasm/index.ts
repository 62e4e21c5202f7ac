/**
 * The WebAssembly engine. Every program becomes one module, which is written for the program's shapes and uses SIMD.
 *
 * Tensors are arrays on the JavaScript heap. A program's arguments are copied into the engine's memory, and its results are copied out. Only
 * the state of a loop stays in that memory from round to round.
 */
import { type Engine, type Executable, type Loop, type Program, plainLoop } from '../../program/index.js'
import { fail, finiteNumber, heldFlag, heldOptions, type Value, wholeNumber } from '../../tensor/index.js'
import { Arena } from './arena.js'
import { type CompiledProgram, compileProgram } from './compile.js'
import { applier } from './eager.js'
import { type Platform, platform } from './platform.js'
import { profileProgram } from './profile.js'
import { arithmeticIn } from './runtime.js'
import { writeStandalone } from './standalone.js'
import { type WasmTarget, wasmTarget } from './target.js'
import { Workspace } from './workspace.js'

/** @category model */
export interface WasmOptions {
  /**
   * Threads that take part in large programs, the calling one among them: as many as the machine has, at most 8, unless told; 1024 at most.
   * Results do not depend on it.
   *
   * The calling thread works alone, and nothing says so, in programs of less than about a tenth of a millisecond of work; in elementwise
   * operations outside `jit`; until the workers have started; and where none can start, as in a page that is not cross-origin isolated or whose
   * policy forbids them.
   */
  readonly threads?: number
  /** How long the calling thread waits for a worker before it reports that the worker stopped, 60 unless told. */
  readonly patienceSeconds?: number
  /**
   * Whether products, convolutions and the polynomials of elementary functions may use fused multiply-add (relaxed SIMD), which rounds once
   * where strict arithmetic rounds twice; false unless told. It is faster, and **bits may differ**: from those of an engine without the option,
   * and from machine to machine, since the processor decides. On one machine results stay the same from run to run, for any number of threads,
   * and compiled or operation by operation; elementary functions stay within 2.5 units in the last place.
   *
   * In a runtime without relaxed SIMD the option changes nothing. Node 20 has it behind the flag `--experimental-wasm-relaxed-simd`, which the
   * engine does not set, since it is one of the whole process; later versions of Node, and current browsers, have it as they are.
   */
  readonly relaxed?: boolean
}

/** The most threads of one engine. Few machines have so many cores, and threads beyond the cores only wait for one another. */
const mostThreads = 1024

/** Makes an engine on a platform and for a target. Tests choose both. */
export const wasmEngineOn = (platform: Platform, options?: WasmOptions, target: WasmTarget = wasmTarget): Engine => {
  const { runtime, maySleep } = platform
  const {
    threads = Math.min(8, platform.machineThreads),
    patienceSeconds = 60,
    relaxed,
  } = heldOptions('wasmEngine', options, ['threads', 'patienceSeconds', 'relaxed'])
  wholeNumber('wasm engine', threads, shown => `${shown} threads`, { least: 1, most: mostThreads })
  finiteNumber('wasm engine', patienceSeconds, shown => `${shown} seconds of patience`, { least: 0 })
  const arena = new Arena({ threads, patienceSeconds }, platform)
  const arithmetic = arithmeticIn(runtime, heldFlag('wasmEngine', 'relaxed', relaxed, false))
  const moduleOptions = { runtime, maySleep, patienceSeconds, shared: arena.shared, arithmetic, target }
  /** The workspace of the program that ran last. It keeps its memory, and so the arguments in it, until another program runs. */
  let open: Workspace | undefined
  const prepare = (program: Program): Executable => {
    // Nothing is compiled here: the program of a single run and that of a loop are each compiled when they are first wanted.
    let single: { readonly compiled: CompiledProgram; readonly workspace: Workspace } | undefined
    const compileSingle = () => {
      const compiled =
        compileProgram(program, 0, moduleOptions) ?? fail({ _tag: 'InternalError', detail: 'a program that cannot be compiled' })
      return { compiled, workspace: new Workspace(compiled, arena) }
    }
    const run = (inputs: readonly Value[]): readonly Value[] => {
      single ??= compileSingle()
      const { compiled, workspace: own } = single
      if (open !== own) {
        open?.close()
        open = undefined
        own.open()
        open = own
      }
      own.write(inputs, 0)
      own.run()
      return program.outputs.map((output, i) => own.read(compiled.graph.outputs[i], output))
    }
    /** The workspaces of loops that have ended, for the next loops. */
    const idle: Workspace[] = []
    let round: CompiledProgram | undefined | 'none'
    const loop = (initial: readonly Value[]): Loop => {
      round ??= compileProgram(program, initial.length, moduleOptions) ?? 'none'
      if (round === 'none') return plainLoop(run)(initial)
      const compiled = round
      const own = idle.pop() ?? new Workspace(compiled, arena)
      const end = (): void => {
        own.close()
        idle.push(own)
      }
      own.open()
      try {
        own.write(initial, 0)
      } catch (error) {
        end()
        throw error
      }
      const results = program.outputs.slice(initial.length).map((aval, i) => ({ aval, buffer: compiled.graph.outputs[initial.length + i] }))
      let rounds = 0
      return {
        next: inputs => {
          own.write(inputs, initial.length)
          rounds += 1
          own.run()
          return results.map(({ buffer, aval }) => own.read(buffer, aval))
        },
        // Each round leaves the new state in the places of the arguments.
        state: () => (rounds === 0 ? initial : initial.map((value, i) => own.read(compiled.graph.inputs[i], value))),
        end,
      }
    }
    return { run, loop }
  }
  return {
    name: 'wasm',
    profile: (program, inputs, runs) => profileProgram(program, inputs, runs, arena, moduleOptions),
    prepare,
    standalone: (program, held, describe) => writeStandalone(program, held, describe, moduleOptions),
    apply: applier(arena, moduleOptions),
  }
}

/**
 * An engine with a memory and threads of its own, in Node and in browsers. In a page the threads need cross-origin isolation, without which
 * there is one; and they start while the page waits, so that the first programs, and all until then, run on the calling thread alone.
 *
 * **Errors**: a runtime without WebAssembly, its SIMD or memory for it; a number of threads that is none or beyond 1024, a time that is none;
 * where it is used, a program larger than 4 GiB.
 *
 * @example
 * import { add, jit, mul, pipe, type Tensor, tensor, toNested, wasmEngine } from 'pullback'
 *
 * const affine = jit((x: Tensor<'3'>) => pipe(x, mul(2), add(1)), { engine: wasmEngine() })
 * assert.deepEqual(toNested(affine(tensor([1, 2, 3]))), [3, 5, 7])
 *
 * @category constructors
 */
export const wasmEngine = (options?: WasmOptions): Engine => wasmEngineOn(platform(), options)
