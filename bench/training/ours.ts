/** This library: a step folded over batches that are taken in turn. */
import { pullback } from '../ours.js'
import type { Run } from '../workload.js'
import { distances, type Named, named, namesOf, type Training, valuesOf } from './spec.js'

const { toArray, toNumber, tree } = pullback

/** `count` batches, the first again after the last. */
export function* inTurn<B>(batches: readonly B[], count: number): Iterable<B> {
  for (let i = 0; i < count; i += 1) {
    const batch = batches[i % batches.length]
    if (batch !== undefined) yield batch
  }
}

/** The first values of a parameter, by its name. */
export const valuesFor = (training: Training): Named<Float32Array> => named(namesOf(training), valuesOf(training))

type Folded = readonly [
  /** The paths of the parameters in their tree are their names. */
  state: { readonly params: object },
  history: readonly { readonly loss: pullback.Tensor<''> }[],
]

/** `fold` takes so many steps from the initial state. */
export const foldRun = (training: Training, fold: (count: number) => Folded): Run => ({
  values: async () => {
    const [{ params }, history] = fold(training.checked)
    const leafOf = named(tree.paths(params), tree.leaves(params))
    const values = namesOf(training).map(name => toArray(leafOf(name)))
    return [...history.map(({ loss }) => toNumber(loss)), ...distances(training.rate, valuesOf(training), values)]
  },
  round: async count => {
    fold(count)
  },
})
