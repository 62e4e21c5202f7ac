/**
 * Trees of tensors as values: when two are equal, how one is shown, and fp-ts' instances of both.
 *
 * @example
 * import { equals, tensor, tree, zeros } from 'pullback'
 * import * as A from 'fp-ts/lib/Array.js'
 *
 * assert.ok(equals({ w: zeros('2') }, { w: tensor([0, 0]) }))
 * assert.equal(A.uniq(tree.Eq)([tensor([1]), tensor([2]), tensor([1])]).length, 2)
 * assert.equal(tree.Show.show({ w: tensor([1, 2]) }), "{ w: Tensor<'2'> [1, 2] }")
 */
import type { Eq as EqOf } from 'fp-ts/lib/Eq.js'
import type { Functor1 } from 'fp-ts/lib/Functor.js'
import type { Show as ShowOf } from 'fp-ts/lib/Show.js'
import { at } from './dtype.js'
import { reading } from './either.js'
import { calledAs } from './error.js'
import { checkFunction, checkList } from './given.js'
import { bufferOf, payload, sizeOf, uniformValue, type Value } from './tensor.js'
import { type Flat, flatten, type Structure, sameStructure } from './tree.js'

/** Reads the number at a place; a uniform tensor needs no array for that. */
const numbersOf = (x: Value): ((place: number) => number) => {
  const value = uniformValue(x)
  const buffer = value === undefined ? bufferOf('equals', x) : undefined
  return place => value ?? at(buffer ?? [], place)
}

const sameTensor = (x: Value, y: Value): boolean => {
  if (x.shape !== y.shape || x.dtype !== y.dtype || x.sizes.some((size, axis) => size !== y.sizes[axis])) return false
  if (x[payload] === y[payload]) return true
  const [left, right] = [numbersOf(x), numbersOf(y)]
  const distinct = uniformValue(x) !== undefined && uniformValue(y) !== undefined ? 1 : Number.POSITIVE_INFINITY
  const length = Math.min(sizeOf(x.sizes), distinct)
  for (let place = 0; place < length; place += 1) if (!Object.is(left(place), right(place))) return false
  return true
}

/**
 * Whether two trees of tensors are the same: their forms, and of each tensor the shape, names included, the sizes, the dtype and every number.
 * Numbers are compared as `Object.is` does: NaN is NaN, and -0 is not 0. How the numbers are stored makes no difference. Within a tolerance
 * they are compared by `assertAllClose` and `toBeAllClose` of `pullback/testing`.
 *
 * **Errors**: a traced value, which has no numbers yet; something that is no tree of tensors.
 *
 * @example
 * import { equals, tensor, zeros } from 'pullback'
 *
 * assert.ok(equals(zeros('3'), tensor([0, 0, 0])))
 * assert.ok(!equals({ w: tensor([1, 2]) }, { w: tensor([1, 3]) }))
 * assert.ok(equals(tensor([Number.NaN]), tensor([Number.NaN])) && !equals(tensor([0]), tensor([-0])))
 *
 * @category instances
 */
export const equals = <T extends object>(x: T, y: NoInfer<T>): boolean => {
  const [a, b] = [flatten('equals', x), flatten('equals', y)]
  return sameStructure(a.structure, b.structure) && a.leaves.every((leaf, i) => sameTensor(leaf, b.leaves[i] ?? leaf))
}

/** fp-ts' Eq of all trees. @category type-level */
export interface TreeEq extends EqOf<object> {}

/**
 * Equality of tensors and of trees of them: `equals`.
 *
 * @example
 * import { tensor, tree, zeros } from 'pullback'
 *
 * assert.ok(tree.Eq.equals({ w: zeros('2') }, { w: tensor([0, 0]) }))
 *
 * @category instances
 */
export const Eq: TreeEq = { equals: (x, y) => calledAs('tree.Eq.equals', () => equals(x, y)) }

const shown = (structure: Structure, leaves: Iterator<Value>): string => {
  switch (structure.kind) {
    case 'leaf': {
      const { value } = leaves.next()
      return String(value).replaceAll(/\n+\s*/g, ' ')
    }
    case 'tuple':
      return `[${structure.children.map(child => shown(child, leaves)).join(', ')}]`
    case 'record': {
      const entries = structure.children.map((child, i) => `${structure.keys[i]}: ${shown(child, leaves)}`)
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
  }
}

/** fp-ts' Show of all trees. @category type-level */
export interface TreeShow extends ShowOf<object> {}

/**
 * A tree in one line, its tensors as `toString` prints them, long ones elided; keys in their sorted order.
 *
 * @example
 * import { tensor, tree } from 'pullback'
 *
 * assert.match(tree.Show.show({ w: tensor([1, 2]) }), /^\{ w: .*\}$/)
 *
 * @category instances
 */
export const Show: TreeShow = {
  show: x => {
    const { structure, leaves } = flatten('tree.Show.show', x)
    return shown(structure, leaves[Symbol.iterator]())
  },
}

/** @category type-level */
export type URI = 'pullback/Flat'

declare module 'fp-ts/HKT' {
  interface URItoKind<A> {
    readonly 'pullback/Flat': Flat<A>
  }
}

/** fp-ts' Functor of leaves apart from their form. @category type-level */
export interface FlatFunctor extends Functor1<URI> {}

/**
 * The functor of trees, for what `tree.flatten` gives: a list of leaves of any type, and the form that they stand in. Trees themselves have
 * no functor that keeps the laws: a function may give a list for each tensor, whose entries would be taken for leaves of the result.
 *
 * @example
 * import { tensor, tree } from 'pullback'
 *
 * const flat = tree.flatten('example', { w: tensor([1, 2]), b: [tensor(3)] })
 * const { structure, leaves } = tree.Functor.map(flat, x => x.shape)
 * assert.deepEqual(tree.unflatten(structure, leaves), { w: '2', b: [''] })
 *
 * @category instances
 */
export const Functor: FlatFunctor = {
  URI: 'pullback/Flat',
  map: (flat, f) => {
    const op = 'tree.Functor.map'
    checkFunction(op, f, 'give one of a leaf')
    const { structure, leaves } = reading(op, () => ({ ...flat }))
    checkList(op, leaves, 'give what tree.flatten makes, { structure, leaves }')
    return { structure, leaves: leaves.map(leaf => f(leaf)) }
  },
}
