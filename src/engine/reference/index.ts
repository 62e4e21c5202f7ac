/** The reference engine: an interpreter of programs by each primitive's plain loops. Slow and readable; the oracle of every other engine. */
import { applyProgram, type Engine, type Executable, plainApply, plainLoop } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  prepare: program => {
    const run: Executable['run'] = inputs => applyProgram(plainApply, program, inputs)
    return { run, loop: plainLoop(run) }
  },
  apply: plainApply,
}
