/**
 * Choices between two expressions (`select`). Some are a single instruction, such as the greater of a number and a limit. Of others, one side
 * can often be skipped because no lane takes it.
 */
import { scalars } from '../../kernel/index.js'
import type { Expression } from '../fusion/expression.js'

/** A choice by a comparison of the two things chosen between, as the greater of a number and a limit is one: it has an instruction of its own. */
export interface Choice {
  readonly name: 'pmax' | 'pmin'
  readonly operands: readonly [Expression, Expression]
}

export const choiceOf = (node: Expression): Choice | undefined => {
  if (node.kind !== 'apply' || node.name !== 'select' || !(node.dtype === 'float32' || node.dtype === 'float64')) return undefined
  const [condition, then, otherwise] = node.operands
  if (condition?.kind !== 'apply' || condition.name !== 'less') return undefined
  const [less, more] = condition.operands
  if (less === undefined || more === undefined) return undefined
  // pmax(a, b) is b where a < b, else a; pmin(a, b) is b where b < a, else a.
  if (then === more && otherwise === less) return { name: 'pmax', operands: [less, more] }
  if (then === less && otherwise === more) return { name: 'pmin', operands: [more, less] }
  return undefined
}

/** A number whose bits are all 0. */
export const isZero = (node: Expression): boolean => node.kind === 'constant' && Object.is(node.value, 0)

/** The expressions whose values a node's code pushes before its own instruction. */
export const operandsOf = (node: Expression): readonly Expression[] =>
  choiceOf(node)?.operands ?? (node.kind === 'apply' ? node.operands : [])

export interface OwnParts {
  /** The parts of an expression that nothing outside it will read, itself included; none if it is read elsewhere. */
  readonly own: ReadonlySet<Expression>
  /** The operands of these that are not among them, and have no value yet. */
  readonly shared: readonly Expression[]
}

/**
 * Finds these parts for an expression that is about to be read, given how many readers each part has left and which parts a local already
 * holds.
 */
export const ownParts = (root: Expression, readersLeft: (node: Expression) => number, isKept: (node: Expression) => boolean): OwnParts => {
  const own = new Set<Expression>()
  const readers = new Map<Expression, number>()
  const visit = (node: Expression): void => {
    const count = (readers.get(node) ?? 0) + 1
    readers.set(node, count)
    if (isKept(node) || count < readersLeft(node)) return
    own.add(node)
    operandsOf(node).forEach(visit)
  }
  visit(root)
  return { own, shared: [...readers.keys()].filter(node => !(own.has(node) || isKept(node) || node.kind === 'constant')) }
}

/** Whether computing these parts takes longer than asking whether any lane needs them. */
export const isLong = ({ own }: OwnParts): boolean =>
  [...own].some(part => part.kind === 'apply' && scalars[part.name].cost === 'elementary')
