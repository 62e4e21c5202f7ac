/**
 * Simplification: constants, common subexpressions, dead code. It never changes a bit of any result, so there is no `x + 0` and no
 * `x * 0` here: neither is the identity on floats (-0, NaN, infinities).
 */
import { fail } from '../tensor/index.js'
import { atomKey, operationKey } from './key.js'
import type { Atom, Constant, Equation, Program, Variable } from './program.js'

const foldConstants = ({ operation, inputs, outputs }: Equation): Constant | undefined => {
  const [output] = outputs
  if (output === undefined || outputs.length !== 1) return undefined
  const constants = inputs.filter(atom => atom.kind === 'constant')
  if (constants.length !== inputs.length) return undefined
  const value = operation.uniform(
    constants.map(constant => constant.value),
    constants.map(constant => constant.dtype),
  )
  return value === undefined ? undefined : { kind: 'constant', value, sizes: output.sizes, dtype: output.dtype }
}

/** Joins equal equations and evaluates those whose inputs are all constants. */
const join = (program: Program): Program => {
  const replaced = new Map<number, Atom>()
  const known = new Map<string, readonly Variable[]>()
  const current = (atom: Atom): Atom => (atom.kind === 'variable' ? (replaced.get(atom.id) ?? atom) : atom)
  const equations: Equation[] = []
  for (const original of program.equations) {
    const equation = { ...original, inputs: original.inputs.map(current) }
    const constant = foldConstants(equation)
    const key = `${operationKey(equation.operation)}(${equation.inputs.map(atomKey).join()})`
    const twin = known.get(key)
    equation.outputs.forEach((variable, i) => {
      const atom = constant ?? twin?.[i]
      if (atom) replaced.set(variable.id, atom)
    })
    if (constant || twin) continue
    known.set(key, equation.outputs)
    equations.push(equation)
  }
  return { ...program, equations, outputs: program.outputs.map(current) }
}

/** Drops equations that no output depends on and numbers the variables anew. Inputs stay: they are the program's signature. */
const prune = (program: Program): Program => {
  const live = new Set<number>()
  const mark = (atom: Atom): void => {
    if (atom.kind === 'variable') live.add(atom.id)
  }
  program.outputs.forEach(mark)
  const kept = program.equations
    .toReversed()
    .filter(({ inputs, outputs }) => {
      const needed = outputs.some(variable => live.has(variable.id))
      if (needed) inputs.forEach(mark)
      return needed
    })
    .toReversed()
  const renamed = new Map<number, Variable>()
  const define = (variable: Variable): Variable => {
    const fresh = { ...variable, id: renamed.size }
    renamed.set(variable.id, fresh)
    return fresh
  }
  const rename = (atom: Atom): Atom =>
    atom.kind === 'constant' ? atom : (renamed.get(atom.id) ?? fail({ _tag: 'InternalError', detail: `variable ${atom.id} is undefined` }))
  const inputs = program.inputs.map(define)
  const equations = kept.map(({ operation, inputs, outputs }) => ({
    operation,
    inputs: inputs.map(rename),
    outputs: outputs.map(define),
  }))
  return { inputs, equations, outputs: program.outputs.map(rename), count: renamed.size }
}

export const simplify = (program: Program): Program => prune(join(program))
