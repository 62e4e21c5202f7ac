/** Everything that `tree` exports: the functions on trees, and their instances. Functions that are given a form check it first. */
import { reading } from './either.js'
import { fail } from './error.js'
import { checkList } from './given.js'
import { show } from './show.js'
import type { Value } from './tensor.js'
import * as own from './tree.js'

export { Eq, type FlatFunctor, Functor, Show, type TreeEq, type TreeShow, type URI } from './instances.js'
export type { Flat, Structure, Tree } from './tree.js'
export { type Collected, collect, fold, leaves, map, paths, size, zipWith } from './tree-functions.js'

/** Checks at its root that a value is a form, and applies a function to it. */
const ofForm = <A>(op: string, structure: unknown, f: () => A): A => {
  const isForm = typeof structure === 'object' && structure !== null && reading(op, () => 'kind' in structure)
  if (!isForm)
    return fail({
      _tag: 'ArgumentError',
      op,
      detail: `${show(structure)} is no form of a tree: give the structure that tree.flatten has found`,
    })
  return reading(op, f)
}

/**
 * The tensors of a tree in a fixed order, and its form. `op` names the caller in the error for something that is not a tree.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * const { leaves } = tree.flatten('example', { b: zeros('2'), a: [ones('')] })
 * assert.deepEqual(leaves.map(x => x.shape), ['', '2'])
 *
 * @category destructors
 */
export const flatten = (op: string, tree: unknown): own.Flat => own.flatten(typeof op === 'string' && op !== '' ? op : 'tree.flatten', tree)

/**
 * The leaves of a tree of a known form; undefined for a tree of another form.
 *
 * @example
 * import { tree, zeros } from 'pullback'
 *
 * const { structure } = tree.flatten('example', [zeros('2')])
 * assert.equal(tree.leavesAlong(structure, [zeros('3')])?.length, 1)
 * assert.equal(tree.leavesAlong(structure, zeros('2')), undefined)
 *
 * @category destructors
 */
export const leavesAlong = (structure: own.Structure, tree: unknown): readonly Value[] | undefined =>
  ofForm('tree.leavesAlong', structure, () => own.leavesAlong(structure, tree))

/**
 * The tree of a form with other leaves in it, of any type.
 *
 * @example
 * import { tree, zeros } from 'pullback'
 *
 * const { structure } = tree.flatten('example', { w: zeros('2') })
 * assert.deepEqual(tree.unflatten(structure, [7]), { w: 7 })
 *
 * @category constructors
 */
export const unflatten = (structure: own.Structure, leaves: readonly unknown[]): unknown => {
  checkList('tree.unflatten', leaves, 'give the leaves in their order')
  return ofForm('tree.unflatten', structure, () => own.unflatten(structure, leaves))
}

/**
 * Whether two forms are the same.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * const form = (x: object) => tree.flatten('example', x).structure
 * assert.ok(tree.sameStructure(form([zeros('2')]), form([ones('')])))
 *
 * @category guards
 */
export const sameStructure = (a: own.Structure, b: own.Structure): boolean =>
  ofForm('tree.sameStructure', a, () => ofForm('tree.sameStructure', b, () => own.sameStructure(a, b)))
