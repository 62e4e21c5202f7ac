/** The reference engine: an interpreter of programs by each primitive's plain loops. Slow and readable; the oracle of every other engine. */
import { type Engine, interpret, plainLoop } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  compile: program => {
    const run = (inputs: Parameters<typeof interpret>[1]) => interpret(program, inputs)
    return { run, loop: plainLoop(run) }
  },
}
