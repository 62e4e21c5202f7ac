/**
 * The reference engine interprets programs by each primitive's plain loops. It is slow and readable, and the other engines are tested
 * against it.
 */
import { applyProgram, type Engine, type Executable, plainApply, plainLoop } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  prepare: program => {
    const run: Executable['run'] = inputs => applyProgram(plainApply, program, inputs)
    return { run, loop: plainLoop(run) }
  },
  apply: plainApply,
}
