/** Traces a function over trees of tensors to a program over their leaves. Every transformation begins with this. */

import { fail, flatten, isFloat, relabel, type Structure, tree, unflatten, type Value } from '../tensor/index.js'
import { type TraceResult, trace } from '../trace/index.js'

export interface TracedTree extends TraceResult {
  /** The form of the function's result. */
  readonly structure: Structure
  /** The dimension strings of its leaves. */
  readonly shapes: readonly string[]
}

/** What a transformation needs of a leaf to trace at its shape. */
export interface LeafShape {
  readonly shape: string
  readonly sizes: readonly number[]
  readonly dtype: Value['dtype']
}

/** Traces a function of a tree at the shapes of the tree's leaves. `op` names the transformation in errors. */
export const traceTree = (op: string, f: (tree: unknown) => unknown, leaves: readonly LeafShape[], structure: Structure): TracedTree => {
  let result: Structure = { kind: 'leaf' }
  const traced = trace(inputs => {
    const flat = flatten(`${op}: the function's result`, f(unflatten(structure, inputs)))
    result = flat.structure
    return flat.leaves
  }, leaves)
  return { ...traced, structure: result, shapes: traced.outputs.map(x => x.shape) }
}

/** Values in the place of a traced function's results, with their names. */
export const resultOf = ({ structure, shapes }: TracedTree, values: readonly Value[]): unknown =>
  unflatten(
    structure,
    values.map((value, i) => relabel(shapes[i] ?? value.shape, value)),
  )

/** Values in the place of tensors, with the names of those: a cotangent of an argument is of the argument's type. */
export const inPlaceOf = (structure: Structure, leaves: readonly LeafShape[], values: readonly Value[]): unknown =>
  unflatten(
    structure,
    values.map((value, i) => relabel(leaves[i]?.shape ?? value.shape, value)),
  )

/** Only floats have derivatives: an error that names the first leaf that is none. */
export const checkFloats = (op: string, argument: object, leaves: readonly Value[]): void => {
  const i = leaves.findIndex(x => !isFloat(x.dtype))
  const leaf = leaves[i]
  if (leaf)
    fail({
      _tag: 'TreeError',
      op,
      path: tree.paths(argument)[i] ?? '',
      detail: `is ${leaf.dtype}: only floats have derivatives, let the function close over it or take it as a further argument`,
    })
}
