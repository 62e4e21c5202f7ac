/**
 * Looking up and putting in order by rows.
 *
 * @example
 * import { searchsorted, sortBy, tensor, toNested, unique } from 'pullback'
 *
 * assert.deepEqual(toNested(searchsorted(tensor([1, 3, 5]))(tensor([0, 3, 9]))), [0, 1, 3])
 * const people = { age: tensor([40, 20]), height: tensor([[1.5], [2]]) }
 * assert.deepEqual(toNested(sortBy(people.age)(people).height), [[2], [1.5]])
 * assert.deepEqual(toNested(unique(2)(tensor([5, 3, 5])).values), [3, 5])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  type CountOf,
  countOf,
  type Err,
  type Expect,
  isErr,
  type LedBy,
  ledBy,
  type Ok,
  ok,
  type VectorShape,
  vectorShape,
} from '../shape/index.js'
import {
  checkSizes,
  type DType,
  fail,
  failAs,
  flatten,
  heldArgument,
  heldDType,
  heldFlag,
  heldOptions,
  type NumericDType,
  numericDType,
  relabel,
  type SameDType,
  sameDType,
  show,
  storeExactly,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import type { OrderOptions } from './sort.js'

/** @category type-level */
export interface SearchOptions {
  /** Before the entries that equal the query, or after them; 'left' unless given. */
  readonly side?: 'left' | 'right' | undefined
}

/**
 * Where each entry would be put into a sorted tensor of one axis, so that it stays sorted: how many of its entries are less (left), or less
 * or equal (right); int32. NaN counts as greater than every number. Of a tensor that is not sorted the result is some position.
 *
 * Rows of their own for each query are had by `vmap`.
 *
 * **Shapes**: `(sorted: 'n') → (x: S) → S`.
 * **Errors**: a sorted tensor of another number of axes than one; dtypes that differ; bools.
 * **Source**: `jax.numpy.searchsorted`.
 *
 * @example
 * import { searchsorted, tensor, toNested } from 'pullback'
 *
 * const edges = tensor([1, 2, 2, 3])
 * assert.deepEqual(toNested(searchsorted(edges)(tensor([[2, 0], [2.5, 9]]))), [[1, 0], [3, 4]])
 * assert.deepEqual(toNested(searchsorted(edges, { side: 'right' })(tensor([2]))), [3])
 *
 * @category primitives
 */
export const searchsorted: <N extends string, D extends DType>(
  sorted: Expect<NumericDType<'searchsorted', D>, Expect<VectorShape<'searchsorted', 'the sorted tensor', N>, Tensor<N, D>>>,
  options?: SearchOptions,
) => <S extends string, E extends DType>(x: Expect<SameDType<'searchsorted', E, D>, Tensor<S, E>>) => Tensor<S, 'int32'> = typed(
  (sorted: Value, options?: SearchOptions) => {
    const op = 'searchsorted'
    checkTensor(op, sorted)
    heldDType(numericDType(op, sorted.dtype))
    held(vectorShape(op, 'the sorted tensor', sorted.shape))
    const { side = 'left' } = heldOptions(op, options, ['side'])
    if (side !== 'left' && side !== 'right') fail({ _tag: 'ArgumentError', op, detail: `side is ${show(side)}: give 'left' or 'right'` })
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(sameDType(op, x.dtype, sorted.dtype))
      checkSizes(op, [sorted, x])
      return relabel(x.shape, primitive.searchsorted(sorted, x, { batch: 0, right: side === 'right' }))
    }
  },
)

/** The shapes of a tree's tensors. @category type-level */
export type TreeShape<T> =
  T extends Tensor<infer S, DType> ? S : T extends readonly (infer E)[] ? TreeShape<E> : { [K in keyof T]: TreeShape<T[K]> }[keyof T]

/** The rule that the first axis of every tensor of a tree is that of the key. @category type-level */
export type RowsByKey<N extends string, T> = TreeShape<T> extends infer S extends string ? LedBy<'sortBy', 'the key', N, S> : never

/**
 * The rows of a tree of tensors in the order of a key that each row has: ascending or descending, rows of equal keys in their order, NaN as
 * in `sort`.
 *
 * **Shapes**: the key is 'n', and every tensor has 'n' as its first axis, which it keeps.
 * **Gradient**: the cotangent of each row goes back to the row that it came from; none to the key.
 * **Errors**: a key of another number of axes than one; a tensor that does not begin with the axis of the key; keys of bools.
 *
 * @example
 * import { sortBy, tensor, toNested } from 'pullback'
 *
 * const sorted = sortBy(tensor([2, 0, 1]))({ x: tensor([[1, 1], [2, 2], [3, 3]]), y: tensor([5, 6, 7], 'int32') })
 * assert.deepEqual([toNested(sorted.x), toNested(sorted.y)], [[[2, 2], [3, 3], [1, 1]], [6, 7, 5]])
 */
export const sortBy: <N extends string, D extends DType>(
  key: Expect<NumericDType<'sortBy', D>, Expect<VectorShape<'sortBy', 'the key', N>, Tensor<N, D>>>,
  options?: OrderOptions,
) => <T extends object>(rows: Expect<RowsByKey<N, T>, T>) => T = typed((key: Value, options?: OrderOptions) => {
  const op = 'sortBy'
  checkTensor(op, key)
  heldDType(numericDType(op, key.dtype))
  const axis = held(vectorShape(op, 'the key', key.shape))
  const descending = heldFlag(op, 'descending', heldOptions(op, options, ['descending']).descending, false)
  return (rows: object): unknown => {
    const { leaves, structure } = flatten(op, rows)
    for (const leaf of leaves) held(ledBy(op, 'the key', axis, leaf.shape))
    checkSizes(op, [key, ...leaves])
    const places = primitive.argsortAxis(key, 0, descending)
    return unflatten(
      structure,
      leaves.map(leaf => relabel(leaf.shape, derived.rowsAt(op, leaf, places))),
    )
  }
})

/** @category type-level */
export interface UniqueOptions {
  /** The value in the places that are left where there are fewer kinds; the least entry unless given. */
  readonly fill?: number | undefined
}

/** A count as an axis; any text where the compiler does not know the count. */
type Counted<K extends number> = number extends K ? string : `${K}`

/** The kinds of entries of a tensor of shape `S`, `K` of them. @category type-level */
export interface Unique<K extends number, S extends string, D extends DType> {
  /** The entries, each once, in ascending order. */
  readonly values: Tensor<Counted<K>, D>
  /** The position of the first entry of each kind among all entries. */
  readonly indices: Tensor<Counted<K>, 'int32'>
  /** Of each entry the number of its kind. */
  readonly inverse: Tensor<S, 'int32'>
  /** How many entries are of each kind; 0 in places that are left. */
  readonly counts: Tensor<Counted<K>, 'int32'>
}

/**
 * The first so many of the entries' kinds, in ascending order: each once, where it is found first, how often, and which kind each entry is.
 * The number of kinds is not known before the entries are, and a shape is, so the caller gives the size, as under `jit` in JAX. NaNs are one kind.
 *
 * Places that are left have the least entry and its position, and the count 0. Where there are more kinds than places, the greatest are left
 * out, and `inverse` has numbers from the size on for them.
 *
 * **Gradient**: of the values, to the entries that they are.
 * **Errors**: a size that is no whole number from 1 up; a tensor without entries; bools; a fill that the dtype does not hold.
 * **Source**: `jax.numpy.unique` with `size`.
 *
 * @example
 * import { tensor, toNested, unique } from 'pullback'
 *
 * const { values, indices, inverse, counts } = unique(3, { fill: -1 })(tensor([7, 4, 7]))
 * assert.deepEqual([toNested(values), toNested(counts)], [[4, 7, -1], [1, 2, 0]])
 * assert.deepEqual([toNested(indices), toNested(inverse)], [[1, 0, 1], [1, 0, 1]])
 */
export const unique: <const K extends number>(
  size: Expect<number extends K ? Ok<K> : CountOf<'unique', K> extends Err<string> ? CountOf<'unique', K> : Ok<K>, K>,
  options?: UniqueOptions,
) => <S extends string, D extends DType>(x: Expect<NumericDType<'unique', D>, Tensor<S, D>>) => Unique<K, S, D> = typed(
  (size: number, options?: UniqueOptions) => {
    const op = 'unique'
    const count = countOf(op, size)
    const shape = heldArgument(op, isErr(count) ? count : ok(count))
    const { fill } = heldOptions(op, options, ['fill'])
    return (x: Value): object => {
      checkTensor(op, x)
      heldDType(numericDType(op, x.dtype))
      const stored = fill === undefined ? undefined : storeExactly(op, x.dtype, fill, 'give a fill that it holds')
      if (x.sizes.includes(0)) return fail({ _tag: 'ShapeError', detail: `${op}: '${x.shape}' has no entries` })
      try {
        const { values, indices, inverse, counts } = derived.unique(x, size, stored)
        const kinds = (each: Value): Value => relabel(shape, each)
        return { values: kinds(values), indices: kinds(indices), inverse: relabel(x.shape, inverse), counts: kinds(counts) }
      } catch (error) {
        return failAs(op, error)
      }
    }
  },
)
