/**
 * Replaces every operation that is lowered to a program by the equations of that program. Simplification then sees all of them, so that what
 * several of these programs compute is computed once.
 */
import type { Atom, Equation, Program } from './program.js'
import { simplify } from './simplify.js'

const isCall = ({ operation, inputs }: Equation): boolean => operation.lower(inputs).kind === 'call'

/** The program with every call replaced by what it calls, and simplified where there was one. */
export const inlineCalls = (program: Program): Program => (program.equations.some(isCall) ? simplify(inlined(program)) : program)

const inlined = (program: Program): Program => {
  const equations: Equation[] = []
  let count = program.inputs.length
  const applied = (equation: Equation, given: readonly Atom[]): readonly Atom[] => {
    const defined = equation.outputs.map(variable => ({ ...variable, id: count++ }))
    equations.push({ ...equation, inputs: given, outputs: defined })
    return defined
  }
  const emit = (body: Program, inputs: readonly Atom[]): readonly Atom[] => {
    const environment = new Map<number, Atom>(body.inputs.flatMap((variable, i) => (inputs[i] ? [[variable.id, inputs[i]]] : [])))
    const read = (atom: Atom): Atom => (atom.kind === 'variable' ? (environment.get(atom.id) ?? atom) : atom)
    for (const equation of body.equations) {
      const { operation, inputs: atoms, outputs } = equation
      const given = atoms.map(read)
      const lowered = operation.lower(given)
      const defined = lowered.kind === 'call' ? emit(lowered.program, given) : applied(equation, given)
      outputs.forEach((variable, i) => {
        const atom = defined[i]
        if (atom) environment.set(variable.id, atom)
      })
    }
    return body.outputs.map(read)
  }
  const inputs = program.inputs.map((variable, id) => ({ ...variable, id }))
  const outputs = emit(program, inputs)
  return { inputs, equations, outputs, count }
}
