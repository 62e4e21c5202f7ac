/** This library: a step folded over batches that are taken in turn. */
import { pullback } from '../ours.js'
import type { Run } from '../workload.js'
import { distances, type Training } from './spec.js'

const { toArray, toNumber, tree } = pullback

/** `count` batches, the first again after the last. */
export function* inTurn<B>(batches: readonly B[], count: number): Iterable<B> {
  for (let i = 0; i < count; i += 1) {
    const batch = batches[i % batches.length]
    if (batch !== undefined) yield batch
  }
}

interface Folded {
  /** Tensors whose paths in the tree are the names of the parameters. */
  readonly params: object
  readonly losses: readonly pullback.Tensor<''>[]
}

/** `fold` takes so many steps from the initial state. */
export const foldRun = (training: Training, fold: (count: number) => Folded): Run => ({
  values: async () => {
    const { params, losses } = fold(training.checked)
    const [names, leaves] = [tree.paths(params), tree.leaves(params)]
    const values = training.parameters.map(({ name }) => {
      const leaf = leaves[names.indexOf(name)]
      return leaf ? toArray(leaf) : []
    })
    return [...losses.map(toNumber), ...distances(training, values)]
  },
  round: async count => {
    fold(count)
  },
})
