/** What some of a program's outputs are computed from. */
import { isEffectful } from './effects.js'
import type { Atom, Equation, Program } from './program.js'

/** The equations that the marked outputs need, and those that do something outside, in their order, and which of the inputs these and the outputs read. */
export const needed = (
  program: Program,
  marked: readonly boolean[],
): { readonly equations: readonly Equation[]; readonly inputs: readonly boolean[] } => {
  const live = new Set<number>()
  const mark = (atom: Atom): void => {
    if (atom.kind === 'variable') live.add(atom.id)
  }
  program.outputs.forEach((atom, i) => {
    if (marked[i]) mark(atom)
  })
  const equations: Equation[] = []
  for (const equation of program.equations.toReversed()) {
    if (!(equation.outputs.some(({ id }) => live.has(id)) || isEffectful(equation.operation))) continue
    equation.inputs.forEach(mark)
    equations.push(equation)
  }
  return { equations: equations.reverse(), inputs: program.inputs.map(({ id }) => live.has(id)) }
}
