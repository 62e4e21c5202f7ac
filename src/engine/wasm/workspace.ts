/**
 * A stretch of the engine's memory in which one program works. The program's arguments and results lie in it at the places that the memory
 * plan gave them, and stay there from one run to the next.
 */
import { type Aval, fail, payload, type Value } from '../../tensor/index.js'
import type { Arena } from './arena.js'
import type { CompiledProgram } from './compile.js'
import { Instance } from './instance.js'
import { copyIn, copyOut } from './transfer.js'

export class Workspace {
  readonly #arena: Arena
  readonly #instance: Instance
  /** What lies in the place of each input: an argument that lies there already is not copied again. */
  readonly #held: (Value[typeof payload] | undefined)[] = []
  #base: number | undefined

  constructor(compiled: CompiledProgram, arena: Arena) {
    this.#arena = arena
    this.#instance = new Instance(compiled, arena)
  }

  /** Takes a stretch of memory, in which nothing lies yet. */
  open(): void {
    this.#base ??= this.#arena.take(this.#instance.compiled.plan.size)
    this.#held.length = 0
    this.#instance.clear(this.#base)
  }

  /** Gives the stretch back. */
  close(): void {
    if (this.#base !== undefined) this.#arena.give(this.#base, this.#instance.compiled.plan.size)
    this.#base = undefined
    // The arguments are let go too, so that the collector may have them.
    this.#held.length = 0
  }

  get #start(): number {
    return this.#base ?? fail({ _tag: 'InternalError', detail: 'a program without memory' })
  }

  /** Copies arguments into the places of inputs, the first of them into that of input `first`, unless they lie there already. */
  write(inputs: readonly Value[], first: number): void {
    const { inputs: buffers } = this.#instance.compiled.graph
    for (const [k, input] of inputs.entries()) {
      const i = first + k
      const address = this.#instance.addressOf(this.#start, buffers[i])
      if (address === undefined || this.#held[i] === input[payload]) continue
      copyIn(this.#arena, address, input)
      // Noted only now: numbers on a device may be refused, and then what lay there lies there still.
      this.#held[i] = input[payload]
    }
  }

  run(): void {
    this.#instance.run(this.#start)
  }

  /** A copy of what lies in a buffer, with the sizes of a variable: results that differ in their sizes alone may share a buffer. */
  read(buffer: number | undefined, form: Aval): Value {
    const address = this.#instance.addressOf(this.#start, buffer)
    return address === undefined ? fail({ _tag: 'InternalError', detail: 'a result without a place' }) : copyOut(this.#arena, address, form)
  }
}
