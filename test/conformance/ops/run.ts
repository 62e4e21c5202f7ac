/** What a conformance case runs: a function of the case's inputs. */
import { type DType, fail, type Tensor, type Value } from '../../../src/tensor/index.js'

/** A tensor of which the compiler knows nothing: the case says its shape. */
export type Real = Tensor<string, DType>
export type Run = (inputs: readonly Value[]) => Value

const given = (inputs: readonly Value[], i: number): Value =>
  inputs[i] ?? fail({ _tag: 'InternalError', detail: `the case has no input ${i}` })

export const run1 =
  (f: (x: Real) => Real): Run =>
  inputs =>
    f(given(inputs, 0))
export const run2 =
  (f: (x: Real, y: Real) => Real): Run =>
  inputs =>
    f(given(inputs, 0), given(inputs, 1))
export const run3 =
  (f: (x: Real, y: Real, z: Real) => Real): Run =>
  inputs =>
    f(given(inputs, 0), given(inputs, 1), given(inputs, 2))
