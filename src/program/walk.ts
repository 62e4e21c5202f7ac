/** The loop that every interpreter of programs shares: it goes through the equations in order and keeps a value for each variable. */
import { concrete, fail, type Value } from '../tensor/index.js'
import { madeFor } from './origin.js'
import type { Atom, Equation, Program } from './program.js'

export type Environment<T> = (atom: Atom) => T

const missing = (id: number): never => fail({ _tag: 'InternalError', detail: `variable ${id} is read before it is defined` })

/** Runs `step` on each equation in turn, and returns a function that reads the value of any atom. */
export const walk = <T>(
  program: Program,
  inputs: readonly T[],
  constant: (value: Value) => T,
  step: (equation: Equation, inputs: readonly T[]) => readonly T[],
): Environment<T> => {
  const environment = new Array<T | undefined>(program.count)
  const read = (atom: Atom): T =>
    atom.kind === 'constant' ? constant(concrete(atom.sizes, atom.dtype, atom.value)) : (environment[atom.id] ?? missing(atom.id))
  program.inputs.forEach((variable, i) => {
    environment[variable.id] = inputs[i]
  })
  for (const equation of program.equations) {
    const values = equation.inputs.map(read)
    const outputs = equation.origin ? madeFor(equation.origin, () => step(equation, values)) : step(equation, values)
    equation.outputs.forEach((variable, i) => {
      environment[variable.id] = outputs[i]
    })
  }
  return read
}
