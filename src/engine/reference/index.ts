/** The reference engine: an interpreter of programs by each primitive's plain loops. Slow and readable; the oracle of every other engine. */
import { type Engine, interpret } from '../../program/index.js'

export const reference: Engine = {
  name: 'reference',
  compile: program => inputs => interpret(program, inputs),
}
