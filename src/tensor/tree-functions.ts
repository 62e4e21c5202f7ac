/** Functions of trees for users: over their tensors, or over those of two trees of one form. */
import type { DType } from './dtype.js'
import { fail } from './error.js'
import { checkFunction } from './given.js'
import { described } from './print.js'
import { kindOf } from './show.js'
import { isTensor, sizeOf, type Tensor, typed, type Value } from './tensor.js'
import { flatten, join, type Structure, sameStructure, unflatten } from './tree.js'

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

/** Checks a result that takes the place of a tensor: it must be a tensor of the same shape and dtype. Else a TreeError names the place. */
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
