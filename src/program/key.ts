/** Operations and atoms as text: two texts are equal exactly where the operations or atoms are. */
import type { Operation, Param } from './operation.js'
import type { Atom } from './program.js'

/** Object.is on numbers, as text: -0 is not 0. */
const numberKey = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

const paramKey = (param: Param): string =>
  Array.isArray(param) ? `[${param.map(paramKey).join()}]` : typeof param === 'number' ? numberKey(param) : `${typeof param}:${param}`

/** Keys are made at every call of an operation, so with as little as it takes. */
export const operationKey = ({ name, params }: Operation): string => {
  let key = name
  for (const param in params) key += ` ${param}=${paramKey(params[param] ?? [])}`
  return key
}

export const atomKey = (atom: Atom): string =>
  atom.kind === 'variable' ? `%${atom.id}` : `${numberKey(atom.value)}:${atom.dtype}[${atom.sizes.join()}]`
