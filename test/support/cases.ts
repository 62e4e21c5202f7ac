/** Every case of every primitive in the registry, of every operation that holds programs and of every collective, and the operation of a case as a function of some of its inputs. */

import { holders } from '../../src/control/registry.js'
import { registry } from '../../src/primitives/registry.js'
import { showOperation } from '../../src/program/print.js'
import { isFloat, type Value } from '../../src/tensor/index.js'
import { bind, type Case, type SampleInput } from '../../src/trace/index.js'
import { collectiveCases } from './collectives.js'

export interface NamedCase extends Case {
  readonly title: string
}

const titleOf = ({ operation, inputs }: Case): string =>
  [showOperation(operation), ...inputs.map(({ dtype, sizes }) => `${dtype} '${sizes.join(' ')}'`)].join(' ')

export const cases: readonly NamedCase[] = [...[...registry, ...holders].flatMap(entry => entry.cases), ...collectiveCases].map(sample => ({
  ...sample,
  title: titleOf(sample),
}))

/** The same cases with float32 in the place of float64. */
export const singleCases: readonly NamedCase[] = cases
  // A program is one of its own dtypes.
  .filter(({ operation, inputs }) => operation.programs.length === 0 && inputs.some(({ dtype }) => dtype === 'float64'))
  .map(({ operation, inputs }) => {
    const single = {
      operation,
      inputs: inputs.map((input): SampleInput => (input.dtype === 'float64' ? { ...input, dtype: 'float32' } : input)),
    }
    return { ...single, title: titleOf(single) }
  })

/**
 * Cases that can be differentiated: those with a float64 input. Left out are primitives whose derivative is not that of their values, as of
 * `stopGradient`.
 */
export const differentiableCases: readonly NamedCase[] = cases.filter(({ inputs }) => inputs.some(({ dtype }) => dtype === 'float64'))

/** The operation as a function of the inputs that are marked, the others held. */
export const partial =
  ({ operation }: Case, all: readonly Value[], free: readonly boolean[]) =>
  (...some: readonly Value[]): readonly Value[] => {
    const next = some[Symbol.iterator]()
    return bind(
      operation,
      all.map((x, i) => (free[i] ? (next.next().value ?? x) : x)),
    )
  }

/** The operation as a function of the tuple of its float inputs, and that tuple. */
export const ofFloats = (
  sample: Case,
  all: readonly Value[],
): { readonly f: (x: readonly Value[]) => readonly Value[]; readonly x: readonly Value[] } => {
  const free = all.map(x => isFloat(x.dtype))
  return { f: x => partial(sample, all, free)(...x), x: all.filter((_, i) => free[i]) }
}
