/**
 * The intermediate representation: a `Program` is a closed, typed list of equations, each applying one operation to earlier values.
 *
 *   program   ::= inputs equations outputs
 *   equation  ::= outputs = operation inputs
 *   atom      ::= variable | constant
 */
import type { Aval, DType } from '../tensor/index.js'
import type { Operation } from './operation.js'
import type { Origin } from './origin.js'

export interface Variable extends Aval {
  readonly kind: 'variable'
  /** Its place in an environment: variables of a program are numbered from 0 in the order of their definition. */
  readonly id: number
}

/** A uniform tensor written into the program: zeros, a scalar, a number broadcast. */
export interface Constant extends Aval {
  readonly kind: 'constant'
  readonly value: number
}

export type Atom = Variable | Constant

export interface Equation {
  readonly operation: Operation
  readonly inputs: readonly Atom[]
  readonly outputs: readonly Variable[]
  /** Which line of the user's wrote it, where somebody wants to know. */
  readonly origin?: Origin | undefined
}

export interface Program {
  readonly inputs: readonly Variable[]
  readonly equations: readonly Equation[]
  readonly outputs: readonly Atom[]
  /** How many variables there are: the length of an environment. */
  readonly count: number
}

export const sameAval = (a: Aval, b: Aval): boolean =>
  a.dtype === b.dtype && (a.sizes === b.sizes || (a.sizes.length === b.sizes.length && a.sizes.every((size, i) => size === b.sizes[i])))

export const describe = (aval: { readonly sizes: readonly number[]; readonly dtype: DType }): string =>
  `${aval.dtype} '${aval.sizes.join(' ')}'`
