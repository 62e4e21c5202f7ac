/** What a conformance case runs: a function of the case's inputs. */
import { type DType, fail, type Tensor, type Value } from '../../../src/tensor/index.js'
import { flat, type Nested, tensorOf } from '../files.js'

/** A tensor of which the compiler knows nothing: the case says its shape. */
export type Real = Tensor<string, DType>
/** What a case gives beside the tensors that are differentiated: targets, labels, indices. */
export interface Arguments {
  readonly of: (name: string) => Nested | undefined
  /** The names that no run has asked for: they would be dropped in silence. */
  readonly unread: () => readonly string[]
}
export const argumentsOf = (given: { readonly [name: string]: Nested }): Arguments => {
  const read = new Set<string>()
  return {
    of: name => {
      read.add(name)
      return given[name]
    },
    unread: () => Object.keys(given).filter(name => !read.has(name)),
  }
}
export type Run = (inputs: readonly Value[], args: Arguments) => Value

/** How a case's name is read: the whole of it matches, and what is in its parentheses are the numbers of the run. */
export type Rule = readonly [name: RegExp, run: (...given: readonly string[]) => Run]

/** A number in a name. */
export const number = '(-?[0-9.]+(?:e-?[0-9]+)?)'
const literally = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A rule for names that hold numbers: `rule(['clip ', number, ' ', number], …)`; the parts that are not numbers stand as they are. */
export const rule = (parts: readonly string[], run: (...given: readonly number[]) => Run): Rule => [
  new RegExp(`^${parts.map(part => (part === number ? number : literally(part))).join('')}$`),
  (...given) => run(...given.map(Number)),
]
/** Rules for names without numbers. */
export const named = (runs: { readonly [name: string]: Run }): readonly Rule[] =>
  Object.entries(runs).map(([name, run]) => rule([name], () => run))

/** The run of a case by its name. */
export const runOf = (rules: readonly Rule[], name: string): Run | undefined => {
  for (const [pattern, run] of rules) {
    const match = pattern.exec(name)
    if (match !== null) return run(...match.slice(1))
  }
  return undefined
}

/** An argument of the case, of a dtype and of sizes that the operation knows; the case says how many rows there are. */
export const argument = (args: Arguments, name: string, dtype: DType, ...sizes: readonly number[]): Real => {
  const numbers = flat(args.of(name) ?? fail({ _tag: 'InternalError', detail: `the case has no ${name}` }))
  return tensorOf(sizes.length === 0 ? [numbers.length] : sizes, dtype, numbers)
}

const given = (inputs: readonly Value[], i: number): Value =>
  inputs[i] ?? fail({ _tag: 'InternalError', detail: `the case has no input ${i}` })

export const run1 =
  (f: (x: Real, args: Arguments) => Real): Run =>
  (inputs, args) =>
    f(given(inputs, 0), args)
export const run2 =
  (f: (x: Real, y: Real) => Real): Run =>
  inputs =>
    f(given(inputs, 0), given(inputs, 1))
export const run3 =
  (f: (x: Real, y: Real, z: Real) => Real): Run =>
  inputs =>
    f(given(inputs, 0), given(inputs, 1), given(inputs, 2))
