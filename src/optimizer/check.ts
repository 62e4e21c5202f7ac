/** Checks of what an optimizer is given: parameters that can be trained, gradients like them, and a state that it has made for them. */
import { sameAval } from '../program/index.js'
import { type Aval, fail, flatten, formDifference, isFloat, nodeText, numerals, show, tree, typed, type Value } from '../tensor/index.js'
import type { GradientTransformation, StateOf } from './transformation.js'

const describe = ({ dtype, sizes }: Aval): string => `${dtype} '${numerals(sizes)}'`

/**
 * Checks that a tree has the form of another and, leaf by leaf, its sizes and dtypes. A TreeError names the first place where it has not.
 */
export const checkLike = (op: string, name: string, given: unknown, needed: object, advice: string): void => {
  const refuse = (path: string, is: string, wanted: string): never =>
    fail({ _tag: 'TreeError', op, path, detail: `is ${is} where ${wanted} is needed: ${advice}` })
  const theirs = flatten(op, { [name]: needed })
  const needs = theirs.structure.kind === 'record' ? theirs.structure.children[0] : undefined
  if (typeof given !== 'object' || given === null) refuse(name, String(given), needs ? nodeText(needs) : 'a tree')
  const ours = flatten(op, { [name]: given })
  const difference = formDifference(ours.structure, theirs.structure)
  if (difference) refuse(difference.path, difference.first, difference.second)
  ours.leaves.forEach((leaf, i) => {
    const other = theirs.leaves[i]
    if (other && !sameAval(leaf, other)) refuse(tree.paths({ [name]: needed })[i] ?? name, describe(leaf), describe(other))
  })
}

/** Checks that parameters are floats, because a whole number cannot change by a little. */
const checkTrainable = (op: string, params: object): void => {
  const { leaves } = flatten(op, params)
  const i = leaves.findIndex(({ dtype }) => !isFloat(dtype))
  const leaf: Value | undefined = leaves[i]
  if (leaf)
    fail({
      _tag: 'TreeError',
      op,
      path: tree.paths(params)[i] ?? '',
      detail: `is ${leaf.dtype}: only floats are trained, so keep it apart from the parameters`,
    })
}

/** A transformation with a name: its errors carry that name when it is given what it cannot use. */
export const checked = <F extends StateOf>(op: string, transformation: GradientTransformation<F>): GradientTransformation<F> => ({
  init: params => {
    checkTrainable(op, params)
    return transformation.init(params)
  },
  update: (gradients, state, params) => {
    checkTrainable(op, params)
    checkLike(op, 'gradients', gradients, params, 'give gradients like the parameters')
    checkLike(
      op,
      'state',
      state,
      typed<object>(transformation.init(params)),
      `give the state that ${op} has made for these parameters, by init or by its last update`,
    )
    return transformation.update(gradients, state, params)
  },
})

export const checkFinite = (op: string, what: string, value: number): void => {
  if (!Number.isFinite(value)) fail({ _tag: 'ArgumentError', op, detail: `${what} is ${show(value)}: give a finite number` })
}

/** Checks a learning rate, which is 0 or more: a step goes against the gradient, or nowhere. */
export const checkLearningRate = (op: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0))
    fail({
      _tag: 'ArgumentError',
      op,
      detail: `the learning rate is ${show(value)}: give a finite number from 0 up; to go uphill, negate what is minimised`,
    })
}

/** Checks the decay of a running mean: from 0 up to, but not including, 1. */
export const checkDecay = (op: string, what: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0 && value < 1))
    fail({ _tag: 'ArgumentError', op, detail: `${what} is ${show(value)}: give a number from 0 up to, not including, 1` })
}
