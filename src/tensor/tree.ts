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
import { checkFunction } from './given.js'
import { described } from './print.js'
import { isMarked, kindOf } from './show.js'
import { isTensor, notTensor, sizeOf, type Tensor, typed, type Value } from './tensor.js'

/** @category model */
export type Tree = Tensor<string, DType> | readonly Tree[] | { readonly [key: string]: Tree }

/** A tree's form without its tensors. Records are in the order of their sorted keys, so that equal trees have equal leaves. */
export type Structure =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'tuple'; readonly children: readonly Structure[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly children: readonly Structure[] }

const leaf: Structure = { kind: 'leaf' }

/**
 * Whether a value is a plain record, as braces write it. One of another realm (of `vm`, of a test runner that has each file in a context of its
 * own) has that realm's Object.prototype: an object behind which there is nothing, and with a method that every such prototype has.
 */
const isRecord = (x: unknown): x is { readonly [key: string]: unknown } => {
  if (typeof x !== 'object' || x === null) return false
  const prototype: unknown = Object.getPrototypeOf(x)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(Object(prototype), 'isPrototypeOf')
}

const join = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${key}`)

/** Levels of a tree: more are a mistake, most often a tree that holds itself. */
export const deepest = 1000

/** A long path by its ends. */
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

/** The leaves of a tree of a known form; undefined for a tree of another form. What `flatten` finds out, this only looks at. */
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
    // A getter or a proxy of the caller's has thrown: what `flatten` then says of the tree says so.
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

const pathsOf = (structure: Structure, path: string): readonly string[] => {
  switch (structure.kind) {
    case 'leaf':
      return [path]
    case 'tuple':
      return structure.children.flatMap((child, i) => pathsOf(child, join(path, i)))
    case 'record':
      return structure.children.flatMap((child, i) => pathsOf(child, join(path, structure.keys[i] ?? '')))
  }
}

/**
 * The tensors of a tree, records in the order of their sorted keys.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * assert.deepEqual(tree.leaves({ b: zeros('2'), a: ones('3') }).map(x => x.shape), ['3', '2'])
 *
 * @category destructors
 */
export const leaves = (tree: object): readonly Value[] => flatten('tree.leaves', tree).leaves

/**
 * The name of each leaf: keys and positions joined by dots, '' for a lone tensor.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * assert.deepEqual(tree.paths({ b: [zeros('2')], a: ones('3') }), ['a', 'b.0'])
 *
 * @category destructors
 */
export const paths = (tree: object): readonly string[] => pathsOf(flatten('tree.paths', tree).structure, '')

const formOf = (structure: Structure): string =>
  structure.kind === 'leaf' ? 'a lone tensor' : `the leaves (${pathsOf(structure, '').join(', ')})`

/** A result in the place of a tensor: a tensor of its shape and dtype, or a TreeError that names the place. */
const inPlaceOf = (op: string, x: Value, path: string, result: Value): Value =>
  isTensor(result) && result.shape === x.shape && result.dtype === x.dtype && result.sizes.every((size, axis) => size === x.sizes[axis])
    ? result
    : fail({
        _tag: 'TreeError',
        op,
        path,
        detail: `was ${described(x)} and became ${isTensor(result) ? described(result) : kindOf(result)}: use collect for results of another type`,
      })

/**
 * Applies a function that keeps shape and dtype to every tensor.
 *
 * **Errors**: a result of another shape or dtype than the tensor had.
 *
 * @example
 * import { mul, tensor, toNested, tree } from 'pullback'
 *
 * const halved = tree.map(mul(0.5))([tensor([2, 4]), tensor(6)] as const)
 * assert.deepEqual([toNested(halved[0]), toNested(halved[1])], [[1, 2], 3])
 *
 * @category combinators
 */
export const map = (f: (x: Value) => Value): (<T extends object>(tree: T) => T) => {
  checkFunction('tree.map', f, 'give one of a tensor, such as mul(2)')
  return <T extends object>(tree: T): T => {
    const { leaves, structure } = flatten('tree.map', tree)
    const names = pathsOf(structure, '')
    return typed<T>(
      unflatten(
        structure,
        leaves.map((x, i) => inPlaceOf('tree.map', x, names[i] ?? '', f(x))),
      ),
    )
  }
}

/** The type of `collect`: each tensor's place holds an `R`. */
export type Collected<T, R> = T extends Tensor<string, DType> ? R : { readonly [K in keyof T]: Collected<T[K], R> }

/**
 * Applies a function of any result to every tensor; the tree keeps its form.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * const shapes = tree.collect(x => x.shape)
 * assert.deepEqual(shapes({ w: zeros('2'), b: [ones('')] }), { w: '2', b: [''] })
 *
 * @category combinators
 */
export const collect = <R>(f: (x: Value, path: string) => R): (<T extends object>(tree: T) => Collected<T, R>) => {
  checkFunction('tree.collect', f, 'give one of a tensor and its path')
  return <T extends object>(tree: T): Collected<T, R> => {
    const { leaves, structure } = flatten('tree.collect', tree)
    const names = pathsOf(structure, '')
    return typed<Collected<T, R>>(
      unflatten(
        structure,
        leaves.map((x, i) => f(x, names[i] ?? '')),
      ),
    )
  }
}

/**
 * Joins two trees of one type, leaf by leaf.
 *
 * **Errors**: trees of different forms, a result of another shape or dtype than the left tensor has.
 *
 * @example
 * import { add, pipe, tensor, toNumber, tree } from 'pullback'
 *
 * const added = tree.zipWith((x, y) => pipe(x, add(y)))({ a: tensor(1) }, { a: tensor(2) })
 * assert.equal(toNumber(added.a), 3)
 *
 * @category combinators
 */
export const zipWith = (f: (x: Value, y: Value) => Value): (<T extends object>(a: T, b: T) => T) => {
  checkFunction('tree.zipWith', f, 'give one of two tensors, such as (x, y) => add(y)(x)')
  return <T extends object>(a: T, b: T): T => {
    const left = flatten('tree.zipWith', a)
    const right = flatten('tree.zipWith', b)
    if (!sameStructure(left.structure, right.structure))
      return fail({
        _tag: 'TreeError',
        op: 'tree.zipWith',
        path: '',
        detail: `has ${formOf(left.structure)} on the left and ${formOf(right.structure)} on the right: give two trees of one form`,
      })
    const names = pathsOf(left.structure, '')
    return typed<T>(
      unflatten(
        left.structure,
        left.leaves.map((x, i) => inPlaceOf('tree.zipWith', x, names[i] ?? '', f(x, right.leaves[i] ?? x))),
      ),
    )
  }
}

/**
 * Folds the tensors of a tree from its first leaf to its last.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * const rank = tree.fold(0, (most, x) => Math.max(most, x.sizes.length))
 * assert.equal(rank({ w: zeros('2 3'), b: ones('3') }), 2)
 *
 * @category destructors
 */
export const fold = <R>(initial: R, f: (accumulated: R, x: Value, path: string) => R): ((tree: object) => R) => {
  checkFunction('tree.fold', f, 'give one of what is accumulated, a tensor and its path')
  return (tree: object): R => {
    const { leaves, structure } = flatten('tree.fold', tree)
    const names = pathsOf(structure, '')
    return leaves.reduce<R>((accumulated, x, i) => f(accumulated, x, names[i] ?? ''), initial)
  }
}

/**
 * How many numbers a tree holds.
 *
 * @example
 * import { ones, tree, zeros } from 'pullback'
 *
 * assert.equal(tree.size({ w: zeros('2 3'), b: ones('3') }), 9)
 *
 * @category destructors
 */
export const size = (tree: object): number => flatten('tree.size', tree).leaves.reduce((count, x) => count + sizeOf(x.sizes), 0)
