/** This library: a step folded over batches that are taken in turn. */
import { pullback } from '../ours.js'
import type { Run } from '../workload.js'
import { distances, type Training, valuesOf } from './spec.js'

const { toArray, toNumber, tree } = pullback

/** `count` batches, the first again after the last. */
export function* inTurn<B>(batches: readonly B[], count: number): Iterable<B> {
  for (let i = 0; i < count; i += 1) {
    const batch = batches[i % batches.length]
    if (batch !== undefined) yield batch
  }
}

/** The first values of a parameter, by its name. */
export const valuesFor = (training: Training): ((name: string) => Float32Array) => {
  const parameters = training.parameters()
  return name => {
    const found = parameters.find(parameter => parameter.name === name)
    if (!found) throw new Error(`no parameter ${name}`)
    return found.values
  }
}

type Folded = readonly [
  /** The paths of the parameters in their tree are their names. */
  state: { readonly params: object },
  history: readonly { readonly loss: pullback.Tensor<''> }[],
]

/** `fold` takes so many steps from the initial state. */
export const foldRun = (training: Training, fold: (count: number) => Folded): Run => ({
  values: async () => {
    const [{ params }, history] = fold(training.checked)
    const [names, leaves] = [tree.paths(params), tree.leaves(params)]
    const values = training.parameters().map(({ name }) => {
      const leaf = leaves[names.indexOf(name)]
      return leaf ? toArray(leaf) : []
    })
    return [...history.map(({ loss }) => toNumber(loss)), ...distances(training.rate, valuesOf(training), values)]
  },
  round: async count => {
    fold(count)
  },
})
