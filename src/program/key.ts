/**
 * Operations, programs and atoms as text: two texts are equal exactly where the operations, programs or atoms are. Equal equations are joined by
 * these texts, and engines keep what they have compiled under them.
 */
import type { Operation, Param } from './operation.js'
import type { Atom, Program } from './program.js'

/** Object.is on numbers, as text: -0 is not 0. */
const numberKey = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

const paramKey = (param: Param): string =>
  Array.isArray(param) ? `[${param.map(paramKey).join()}]` : typeof param === 'number' ? numberKey(param) : `${typeof param}:${param}`

/** Numbers objects in the order in which they are first met. */
const numbered = (): ((thing: object) => number) => {
  const numbers = new WeakMap<object, number>()
  let count = 0
  return thing => {
    const known = numbers.get(thing)
    if (known !== undefined) return known
    count += 1
    numbers.set(thing, count)
    return count
  }
}
const identityKey = numbered()

/** Keys are made at every call of an operation, so with as little as it takes. */
export const operationKey = ({ name, params, programs, identity }: Operation): string => {
  let key = name
  for (const param in params) key += ` ${param}=${paramKey(params[param] ?? [])}`
  for (const program of programs) key += ` {${programKey(program)}}`
  return identity === undefined ? key : `${key} #${identityKey(identity)}`
}

/** An atom, where `place` says which variable stands for it. */
const atomKeyBy = (atom: Atom, place: (id: number) => number): string =>
  atom.kind === 'variable' ? `%${place(atom.id)}` : `${numberKey(atom.value)}:${atom.dtype}[${atom.sizes.join()}]`

export const atomKey = (atom: Atom): string => atomKeyBy(atom, id => id)

/** A program's text is as long as the program, so it is written once for each. */
const programKeys = new WeakMap<Program, string>()

/**
 * The structure of a program: which operations it applies to what. Variables are numbered by their place, so that two programs are equal
 * whatever the numbers of their variables are.
 */
export const programKey = (program: Program): string => {
  const known = programKeys.get(program)
  if (known !== undefined) return known
  const places = new Map<number, number>()
  const define = (id: number): void => {
    places.set(id, places.size)
  }
  const key = (atom: Atom): string => atomKeyBy(atom, id => places.get(id) ?? -1)
  for (const { id } of program.inputs) define(id)
  const inputs = program.inputs.map(({ dtype, sizes }) => `${dtype}[${sizes.join()}]`)
  const equations = program.equations.map(({ operation, inputs, outputs }) => {
    const equation = `${operationKey(operation)}(${inputs.map(key).join()})${outputs.length}`
    for (const { id } of outputs) define(id)
    return equation
  })
  const text = `${inputs.join()};${equations.join(';')};${program.outputs.map(key).join()}`
  programKeys.set(program, text)
  return text
}
