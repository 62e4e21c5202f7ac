/** Checks that a program is well formed. Tests run it on what every transformation makes. */
import { fail } from '../tensor/index.js'
import { type Atom, describe, type Program, sameAval, type Variable } from './program.js'

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `invalid program: ${detail}` })

/**
 * Returns the program, or throws an InternalError: every variable is defined once and before its use, ids are below the count, and every
 * operation's shape rule gives the shapes that its outputs claim.
 */
export const check = (program: Program): Program => {
  const defined = new Map<number, Variable>()
  const define = (variable: Variable): void => {
    if (defined.has(variable.id)) defect(`variable ${variable.id} is defined twice`)
    if (!(variable.id >= 0 && variable.id < program.count)) defect(`variable ${variable.id} is outside 0 to ${program.count - 1}`)
    defined.set(variable.id, variable)
  }
  const use = (atom: Atom, where: string): void => {
    if (atom.kind === 'constant') return
    const definition = defined.get(atom.id) ?? defect(`${where} reads variable ${atom.id} before it is defined`)
    if (!sameAval(definition, atom)) defect(`${where} reads variable ${atom.id} as ${describe(atom)}, it is ${describe(definition)}`)
  }
  program.inputs.forEach(define)
  for (const { operation, inputs, outputs } of program.equations) {
    for (const atom of inputs) use(atom, operation.name)
    operation.programs.forEach(check)
    const avals = operation.shape(inputs)
    if (avals.length !== outputs.length) defect(`${operation.name} has ${avals.length} outputs, not ${outputs.length}`)
    outputs.forEach((variable, i) => {
      const aval = avals[i]
      if (aval && !sameAval(aval, variable)) defect(`${operation.name} yields ${describe(aval)}, not ${describe(variable)}`)
      define(variable)
    })
  }
  for (const atom of program.outputs) use(atom, 'the result')
  return program
}
