/** The derivatives of a case as functions of lists of tensors, for laws about functions that are no primitives themselves. */
import * as fc from 'fast-check'
import { type Range, treesLike } from '../../src/laws/index.js'
import type { Value } from '../../src/tensor/index.js'
import type { Case } from '../../src/trace/index.js'
import { jvp, vjp } from '../../src/transform/index.js'
import { ofFloats } from './cases.js'

export type Flat = (...inputs: readonly Value[]) => readonly Value[]

interface Derived {
  /** From the float arguments and the cotangents of the results to the results and the cotangents of the arguments. */
  readonly pulled: readonly [f: Flat, inputs: readonly Value[]]
  /** From the float arguments and their tangents to the results and their tangents. */
  readonly pushed: readonly [f: Flat, inputs: readonly Value[]]
}

/** Both derivatives of a case, and inputs to try them on. */
export const derivedFrom = (sample: Case, all: fc.Arbitrary<readonly Value[]>, range: Range = {}): fc.Arbitrary<Derived> =>
  all.chain(inputs => {
    const { f, x } = ofFloats(sample, inputs)
    const pull: Flat = (...values) => {
      const [y, pullback] = vjp(f)(values.slice(0, x.length))
      return [...y, ...pullback(values.slice(x.length))]
    }
    const push: Flat = (...values) => jvp(f)(values.slice(0, x.length), values.slice(x.length)).flat()
    return fc
      .tuple(treesLike(x, range), treesLike(f(x), range))
      .map(([tangent, ct]) => ({ pulled: [pull, [...x, ...ct]], pushed: [push, [...x, ...tangent]] }) as const)
  })
