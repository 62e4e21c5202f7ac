/**
 * Trees of tensors: a tensor, a tuple or a record of trees. Parameters, batches, gradients and optimizer states are all trees.
 *
 * @example
 * import { mul, pipe, tensor, toArray, tree } from 'pullback'
 *
 * const params = { weight: tensor([1, 2]), bias: tensor(3) }
 * const doubled = tree.map(mul(2))(params)
 * assert.deepEqual([...toArray(doubled.weight)], [2, 4])
 * assert.deepEqual(tree.paths(params), ['bias', 'weight'])
 */
import type { DType } from './dtype.js'
import { reading } from './either.js'
import { fail } from './error.js'
import { isMarked, kindOf } from './show.js'
import { isTensor, notTensor, type Tensor, type Value } from './tensor.js'

/** @category model */
export type Tree = Tensor<string, DType> | readonly Tree[] | { readonly [key: string]: Tree }

/** A tree's form without its tensors. Records are in the order of their sorted keys, so that equal trees have equal leaves. */
export type Structure =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'tuple'; readonly children: readonly Structure[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly children: readonly Structure[] }

const leaf: Structure = { kind: 'leaf' }

/**
 * Whether a value is a plain record, as written in braces. A record of another realm (of `vm`, or of a test runner that gives each file a
 * context of its own) has the Object.prototype of that realm. That is recognised as an object without a prototype of its own that has a
 * method which every such prototype has.
 */
export const isRecord = (x: unknown): x is { readonly [key: string]: unknown } => {
  if (typeof x !== 'object' || x === null) return false
  const prototype: unknown = Object.getPrototypeOf(x)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(Object(prototype), 'isPrototypeOf')
}

/** The path of a part. */
export const join = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${key}`)

/** The most levels of a tree. A deeper one is a mistake, most often a tree that contains itself. */
export const deepest = 1000

/** A long path cut in the middle. */
const shortPath = (path: string): string => (path.length <= 80 ? path : `${path.slice(0, 40)}…${path.slice(-30)}`)

const noTree = (node: unknown): string => {
  if (isMarked(node)) return notTensor(node)
  const advice = node === undefined ? ': leave it out' : ''
  return `is ${kindOf(node)}, not a tensor or a record or tuple of tensors${advice}`
}

/** A tree taken apart: its leaves in a fixed order, and its form. */
export interface Flat<A = Value> {
  readonly leaves: readonly A[]
  readonly structure: Structure
}

/** The tensors of a tree in a fixed order, and its form. `op` names the caller in the error for something that is not a tree. */
export const flatten = (op: string, tree: unknown): Flat => {
  const leaves: Value[] = []
  const walk = (node: unknown, path: string, level: number): Structure => {
    if (isTensor(node)) {
      leaves.push(node)
      return leaf
    }
    if (level > deepest)
      return fail({
        _tag: 'TreeError',
        op,
        path: shortPath(path),
        detail: `is more than ${deepest} levels deep: does the tree hold itself?`,
      })
    // Every place is looked at, also one that was left out of a list.
    if (Array.isArray(node))
      return { kind: 'tuple', children: Array.from(node, (child: unknown, i) => walk(child, join(path, i), level + 1)) }
    if (isRecord(node)) {
      const keys = Object.keys(node).sort()
      return { kind: 'record', keys, children: keys.map(key => walk(node[key], join(path, key), level + 1)) }
    }
    return fail({ _tag: 'TreeError', op, path: shortPath(path), detail: noTree(node) })
  }
  return { structure: reading(op, () => walk(tree, '', 0)), leaves }
}

/**
 * The leaves of a tree of a known form; undefined for a tree of another form. This is faster than `flatten`, because it does not find the
 * form out but only checks it.
 */
export const leavesAlong = (structure: Structure, tree: unknown): readonly Value[] | undefined => {
  const leaves: Value[] = []
  const walk = (node: unknown, form: Structure): boolean => {
    if (form.kind === 'leaf') return isTensor(node) && leaves.push(node) > 0
    const { children } = form
    if (form.kind === 'tuple') {
      if (!Array.isArray(node) || node.length !== children.length) return false
      for (let i = 0; i < children.length; i += 1) if (!walk(node[i], children[i] ?? leaf)) return false
      return true
    }
    if (isTensor(node) || !isRecord(node) || Object.keys(node).length !== form.keys.length) return false
    for (let i = 0; i < children.length; i += 1) {
      const key = form.keys[i] ?? ''
      if (!Object.hasOwn(node, key) || !walk(node[key], children[i] ?? leaf)) return false
    }
    return true
  }
  try {
    return walk(tree, structure) ? leaves : undefined
  } catch {
    // A getter or a proxy of the caller's has thrown. The caller of this function then calls `flatten`, which reports that.
    return undefined
  }
}

/** The tree of a form with other leaves in it, of any type. */
export const unflatten = (structure: Structure, leaves: readonly unknown[]): unknown => {
  let next = 0
  const build = (node: Structure): unknown => {
    switch (node.kind) {
      case 'leaf':
        next += 1
        return leaves[next - 1]
      case 'tuple':
        return node.children.map(build)
      case 'record': {
        const record: { [key: string]: unknown } = {}
        node.keys.forEach((key, i) => {
          const child = build(node.children[i] ?? leaf)
          // A plain assignment to this key would set the prototype.
          if (key === '__proto__')
            Object.defineProperty(record, key, { value: child, enumerable: true, writable: true, configurable: true })
          else record[key] = child
        })
        return record
      }
    }
  }
  return build(structure)
}

export const sameStructure = (a: Structure, b: Structure): boolean => {
  if (a === b) return true
  if (a.kind === 'leaf' || b.kind === 'leaf') return a.kind === b.kind
  if (a.kind !== b.kind || a.children.length !== b.children.length) return false
  if (a.kind === 'record' && b.kind === 'record' && a.keys.some((key, i) => key !== b.keys[i])) return false
  return a.children.every((child, i) => sameStructure(child, b.children[i] ?? leaf))
}
