/** The reference engine: an interpreter of programs by each primitive's plain loops. Slow and readable; the oracle of every other engine. */
import { applyProgram, type Compiled, type Engine, plainApply, plainLoop } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  compile: program => {
    const run: Compiled['run'] = inputs => applyProgram(plainApply, program, inputs)
    return { run, loop: plainLoop(run) }
  },
  apply: plainApply,
}
