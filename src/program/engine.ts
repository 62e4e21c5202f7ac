/** An engine runs programs. The reference engine interprets them by each primitive's plain loops; others compile them. */
import type { Value } from '../tensor/index.js'
import type { Program } from './program.js'

export interface Engine {
  readonly name: string
  /** Prepares a program once; the function it gives may be called any number of times with concrete tensors of the program's input shapes. */
  readonly compile: (program: Program) => (inputs: readonly Value[]) => readonly Value[]
}
