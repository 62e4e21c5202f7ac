/** The reference engine: an interpreter of programs by each primitive's plain loops. Slow and readable; the oracle of every other engine. */
import { type Engine, evaluate, plainLoop } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  compile: program => {
    const run = (inputs: Parameters<typeof evaluate>[1]) => evaluate(program, inputs)
    return { run, loop: plainLoop(run) }
  },
}
