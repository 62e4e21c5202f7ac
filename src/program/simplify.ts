/**
 * Simplification: constants, common subexpressions, dead code. It never changes a bit of any result, so there is no `x + 0` and no
 * `x * 0` here: neither is the identity on floats (-0, NaN, infinities).
 *
 * The programs that operations hold are simplified too: the body of a scan, and all that a scan computes of which nothing is used.
 */
import { fail } from '../tensor/index.js'
import { isEffectful } from './effects.js'
import { atomKey, operationKey } from './key.js'
import type { Operation } from './operation.js'
import type { Atom, Constant, Equation, Program, Variable } from './program.js'

/** Simplifies the programs that an operation holds. */
type Within = (operation: Operation) => Operation

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
const join = (program: Program, within: Within): Program => {
  const replaced = new Map<number, Atom>()
  const known = new Map<string, readonly Variable[]>()
  const current = (atom: Atom): Atom => (atom.kind === 'variable' ? (replaced.get(atom.id) ?? atom) : atom)
  const equations: Equation[] = []
  for (const original of program.equations) {
    const equation = { ...original, operation: within(original.operation), inputs: original.inputs.map(current) }
    const constant = foldConstants(equation)
    const key = `${operationKey(equation.operation)}(${equation.inputs.map(atomKey).join()})`
    const twin = isEffectful(equation.operation) ? undefined : known.get(key)
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

/** An equation without the results that are not live, and without the inputs that only those need. */
const narrowed = (equation: Equation, isLive: (variable: Variable) => boolean, within: Within): Equation => {
  const kept = equation.operation.narrow?.(equation.outputs.map(isLive))
  if (kept === undefined) return equation
  return {
    ...equation,
    operation: within(kept.operation),
    inputs: equation.inputs.filter((_, i) => kept.inputs[i]),
    outputs: equation.outputs.filter((_, i) => kept.outputs[i]),
  }
}

/** Drops equations that no output depends on and that do nothing outside, and numbers the variables anew. Inputs stay: they are the program's signature. */
const prune = (program: Program, within: Within): Program => {
  const live = new Set<number>()
  const isLive = ({ id }: Variable): boolean => live.has(id)
  const mark = (atom: Atom): void => {
    if (atom.kind === 'variable') live.add(atom.id)
  }
  program.outputs.forEach(mark)
  const kept: Equation[] = []
  for (const equation of program.equations.toReversed()) {
    if (!(equation.outputs.some(isLive) || isEffectful(equation.operation))) continue
    const alone = narrowed(equation, isLive, within)
    alone.inputs.forEach(mark)
    kept.push(alone)
  }
  const renamed = new Map<number, Variable>()
  const define = (variable: Variable): Variable => {
    const fresh = { ...variable, id: renamed.size }
    renamed.set(variable.id, fresh)
    return fresh
  }
  const rename = (atom: Atom): Atom =>
    atom.kind === 'constant' ? atom : (renamed.get(atom.id) ?? fail({ _tag: 'InternalError', detail: `variable ${atom.id} is undefined` }))
  const inputs = program.inputs.map(define)
  const equations = kept.reverse().map(equation => ({
    ...equation,
    inputs: equation.inputs.map(rename),
    outputs: equation.outputs.map(define),
  }))
  return { inputs, equations, outputs: program.outputs.map(rename), count: renamed.size }
}

/** The simplified forms of programs that are held, which are simplified again with each program around them. */
const known = new WeakMap<Program, Program>()

/** The program simplified. What it computes is the same, bit by bit, and so are its inputs and outputs. */
export const simplify = (program: Program): Program => {
  const held = (body: Program): Program => {
    const before = known.get(body)
    if (before) return before
    const after = prune(join(body, within), within)
    known.set(body, after).set(after, after)
    return after
  }
  const within: Within = operation => {
    const { programs } = operation
    if (programs.length === 0) return operation
    const simplified = programs.map(held)
    return simplified.every((body, i) => body === programs[i]) ? operation : operation.withPrograms(simplified)
  }
  return prune(join(program, within), within)
}
