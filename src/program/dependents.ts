/** What depends on what in a program. */
import type { Aval } from '../tensor/index.js'
import type { Program } from './program.js'
import { walk } from './walk.js'

/** Which outputs depend on the marked inputs, by a way on which every value passes; all values do unless told. */
export const dependents = (
  program: Program,
  marked: readonly boolean[],
  passes: (value: Aval) => boolean = () => true,
): readonly boolean[] =>
  program.outputs.map(
    walk<boolean>(
      program,
      program.inputs.map((input, i) => marked[i] === true && passes(input)),
      () => false,
      ({ outputs }, inputs) => outputs.map(output => inputs.includes(true) && passes(output)),
    ),
  )
