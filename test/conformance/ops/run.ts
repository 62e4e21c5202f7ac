/** What a conformance case runs: a function of the case's inputs. */
import { type DType, fail, type Tensor, type Value } from '../../../src/tensor/index.js'
import { flat, type Nested, tensorOf } from '../files.js'

/** A tensor of which the compiler knows nothing: the case says its shape. */
export type Real = Tensor<string, DType>
/** What a case gives beside the tensors that are differentiated: targets, labels, indices. */
export interface Arguments {
  readonly [name: string]: Nested
}
export type Run = (inputs: readonly Value[], args: Arguments) => Value

/** An argument of the case, of a dtype and of sizes that the operation knows; the case says how many rows there are. */
export const argument = (args: Arguments, name: string, dtype: DType, ...sizes: readonly number[]): Real => {
  const numbers = flat(args[name] ?? fail({ _tag: 'InternalError', detail: `the case has no ${name}` }))
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
