/** Functions of the leaves of trees that have one form, such as parameters, gradients and states. */
import { filled } from '../primitives/index.js'
import { flatten, relabel, typed, unflatten, type Value } from '../tensor/index.js'

/** Applies a function to corresponding leaves of trees of one form; its results make several trees of that form. */
export const zipLeaves = <P extends object>(
  trees: readonly P[],
  f: (...leaves: readonly Value[]) => readonly Value[],
  count: number,
): readonly P[] => {
  const [first, ...others] = trees.map(tree => flatten('update', tree))
  if (first === undefined) return []
  const results = first.leaves.map((leaf, i) =>
    f(leaf, ...others.map(({ leaves }) => leaves[i] ?? leaf)).map(result => relabel(leaf.shape, result)),
  )
  return Array.from({ length: count }, (_, k) =>
    typed<P>(
      unflatten(
        first.structure,
        results.map(result => result[k]),
      ),
    ),
  )
}

/** Applies a function to every leaf of a tree. */
export const mapLeaves = <P extends object>(tree: P, f: (leaf: Value) => Value): P => zipLeaves([tree], leaf => [f(leaf)], 1)[0] ?? tree

/** Zeros in the place of every leaf. */
export const zerosLike = <P extends object>(tree: P): P => mapLeaves(tree, leaf => filled(leaf, 0))
