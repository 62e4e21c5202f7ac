/**
 * Programs as text: one equation a line, in a form that does not change from run to run.
 *
 *   program (a: float32 '3', b: float32 '') {
 *     c: float32 '3' = broadcast[sizes=3 axes=] b
 *     d: float32 '3' = mul a c
 *     return d
 *   }
 *
 * The programs that an operation holds, such as the body of a scan, stand below its equation.
 */
import type { Operation, Param } from './operation.js'
import { type Atom, describe, type Equation, type Program } from './program.js'

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** 0, 1, … 25, 26 as a, b, … z, aa. */
export const variableName = (id: number): string =>
  id < letters.length ? letters.charAt(id) : variableName(Math.floor(id / letters.length) - 1) + letters.charAt(id % letters.length)

const showNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

const showParam = (param: Param): string =>
  Array.isArray(param) ? param.map(showParam).join(',') : typeof param === 'number' ? showNumber(param) : String(param)

export const showAtom = (atom: Atom): string =>
  atom.kind === 'variable'
    ? variableName(atom.id)
    : atom.sizes.length === 0
      ? showNumber(atom.value)
      : `${showNumber(atom.value)}:'${atom.sizes.join(' ')}'`

export const showOperation = ({ name, params }: Operation): string => {
  const entries = Object.entries(params)
  return entries.length === 0 ? name : `${name}[${entries.map(([key, param]) => `${key}=${showParam(param)}`).join(' ')}]`
}

const declare = (atom: Atom): string => `${showAtom(atom)}: ${describe(atom)}`

/** An equation without the programs that it holds. */
export const printEquation = ({ operation, inputs, outputs }: Equation): string =>
  `${outputs.length === 0 ? '' : `${outputs.map(declare).join(', ')} = `}${[showOperation(operation), ...inputs.map(showAtom)].join(' ')}`

export const print = (program: Program): string => {
  const lines = program.equations.flatMap(equation => [
    `  ${printEquation(equation)}`,
    ...equation.operation.programs.flatMap(held => print(held).trimEnd().split('\n')).map(line => `    ${line}`),
  ])
  return [
    `program (${program.inputs.map(declare).join(', ')}) {`,
    ...lines,
    `  return ${program.outputs.map(showAtom).join(', ')}`,
    '}',
    '',
  ].join('\n')
}
