/**
 * An engine runs programs. The reference engine interprets them by each primitive's plain loops; others compile them.
 *
 * The words for a program on its way: an engine *prepares* a program and gives an *executable*, which may be run any number of times. When
 * it compiles, and what, is the engine's own affair.
 *
 * Calls return at once, and yet an engine may work asynchronously, because the waiting is in the values: what it returns may be tensors made
 * with `onDevice`, whose numbers stay on a device and may not be computed yet. They come back as arguments of later calls, where the engine
 * finds its buffer with `deviceBufferOf`. So a state that goes round by round through a jitted function never leaves the device. The tensors
 * that an engine is given may also be of this process, or of another engine; it reads those as everybody does, with `toArray`.
 *
 * Operations outside programs are often on a few numbers, and many engines are not quick at those. `apply` may therefore compute on the host
 * what has no operand on the device, as by `reference.apply`.
 */
import type { Aval, Value } from '../tensor/index.js'
import type { Operation } from './operation.js'
import type { Equation, Program } from './program.js'

/** A program that is run round after round: its first results are its first arguments in the next round. */
export interface Loop {
  /** One round: is given the arguments that follow the state, and gives the results that follow the state. */
  readonly next: (inputs: readonly Value[]) => readonly Value[]
  /** The state as it is now. */
  readonly state: () => readonly Value[]
  /** Gives back what the loop holds; nothing is asked of it afterwards. */
  readonly end: () => void
}

/** A program that an engine has made ready to run. */
export interface Executable {
  /** May be called any number of times, with tensors of the program's input shapes of which none is traced. */
  readonly run: (inputs: readonly Value[]) => readonly Value[]
  /** A loop from an initial state: as many of the program's first inputs and of its first outputs as there are initial values. */
  readonly loop: (initial: readonly Value[]) => Loop
}

/** Bytes in memory that is not shared. Before TypeScript 5.7 `Uint8Array` had no parameter that says so, and declarations must be read there too. */
export type Bytes = ReturnType<typeof Uint8Array.of>

/** Where an argument or a result of a standalone program lies in the module's memory, in bytes from its beginning. */
export interface ModulePlace extends Aval {
  readonly offset: number
}

/** What whoever loads a standalone program must know of it. */
export interface ModuleLayout {
  readonly inputs: readonly ModulePlace[]
  readonly outputs: readonly ModulePlace[]
  /** For each stage that reports wrong indices, by its number: the operation, and what it calls an index. */
  readonly reports: { readonly [stage: number]: readonly [op: string, what: string] }
}

/** What a stage of a program took: a part that an engine runs as one. */
export interface StageTime {
  readonly name: string
  /** The equations that it computes, of the program or of one that the program holds. */
  readonly equations: readonly Equation[]
  /** How often it was run, */
  readonly rounds: number
  /** and how long all of these took together. */
  readonly timeMs: number
}

export interface Engine {
  readonly name: string
  /** Makes a program ready. It is called once for each form of a jitted function's arguments, and may leave the work to the first run. */
  readonly prepare: (program: Program) => Executable
  /**
   * The program as a WebAssembly module that needs nothing beside it, where the engine can write one (docs/export.md). `held` are its last inputs,
   * whose numbers it brings along; the others are arguments. `describe` gives the text of its section `pullback`.
   */
  readonly standalone?: (program: Program, held: readonly Value[], describe: (layout: ModuleLayout) => string) => Bytes
  /** The stages of a program, and the least time that each took in so many runs, where the engine can tell. */
  readonly profile?: (program: Program, inputs: readonly Value[], runs: number) => readonly StageTime[]
  /** One operation on tensors of which none is traced: its results, whose shapes its rule has given. */
  readonly apply: Apply
}

export type Apply = (operation: Operation, inputs: readonly Value[], outputs: readonly Aval[]) => readonly Value[]

/** A loop that carries the state as tensors, for engines that have nothing better. */
export const plainLoop =
  (run: Executable['run']) =>
  (initial: readonly Value[]): Loop => {
    let state = initial
    return {
      next: inputs => {
        const results = run([...state, ...inputs])
        state = results.slice(0, initial.length)
        return results.slice(initial.length)
      },
      state: () => state,
      end: () => undefined,
    }
  }
