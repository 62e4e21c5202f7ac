/** A program in two parts: what can be computed before its late inputs are known, and the rest. */
import type { Atom, Equation, Program, Variable } from './program.js'

export interface SplitProgram {
  /** From the early inputs to the first outputs, and after them what the later part needs. */
  readonly now: Program
  /** From the late inputs, and after them what the first part has left for it, to the last outputs. */
  readonly later: Program
}

/** Both parts of a program some of whose inputs come late; `early` is how many of its outputs, the first ones, depend on none of those. */
export const split = (program: Program, isLateInput: (input: number) => boolean, early: number): SplitProgram => {
  const lateInputs = program.inputs.filter((_, i) => isLateInput(i))
  const late = new Set(lateInputs.map(({ id }) => id))
  const now: Equation[] = []
  const later: Equation[] = []
  for (const equation of program.equations) {
    const waits = equation.inputs.some(atom => atom.kind === 'variable' && late.has(atom.id))
    if (waits) for (const { id } of equation.outputs) late.add(id)
    const part = waits ? later : now
    part.push(equation)
  }
  const left = new Map<number, Variable>()
  const leave = (atom: Atom): void => {
    if (atom.kind === 'variable' && !late.has(atom.id)) left.set(atom.id, atom)
  }
  const lastOutputs = program.outputs.slice(early)
  for (const { inputs } of later) inputs.forEach(leave)
  lastOutputs.forEach(leave)
  const { count } = program
  const inputs = program.inputs.filter((_, i) => !isLateInput(i))
  return {
    now: { inputs, equations: now, outputs: [...program.outputs.slice(0, early), ...left.values()], count },
    later: { inputs: [...lateInputs, ...left.values()], equations: later, outputs: lastOutputs, count },
  }
}
