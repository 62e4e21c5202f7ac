/**
 * A tree of tensors as one vector, and back: for optimizers and solvers that want a vector, and for comparing and storing parameters.
 *
 * @example
 * import { pipe, mul, ravel, tensor, toNested, unravel } from 'pullback'
 *
 * const params = { bias: tensor(1), weight: tensor([[2, 3], [4, 5]]) }
 * const doubled = pipe(params, ravel('n'), mul(2), unravel(params))
 * assert.deepEqual(toNested(doubled.weight), [[4, 6], [8, 10]])
 */
import { concatAxis, reshapeTo, sliceAxis } from '../primitives/index.js'
import { dims, type Err, type Expect, err, type Ok, type OneAxis, ok, oneAxis, type Wide } from '../shape/index.js'
import {
  concrete,
  type DType,
  type DTypeText,
  dtypes,
  fail,
  flatten,
  heldArgument,
  heldDType,
  labelled,
  relabel,
  sameDType,
  sizeOf,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import type { IsOne } from './tuple.js'

/** The dtypes of a tree's tensors. @category type-level */
export type TreeDType<T> =
  T extends Tensor<string, infer D> ? D : T extends readonly (infer E)[] ? TreeDType<E> : { [K in keyof T]: TreeDType<T[K]> }[keyof T]

/** The numbers of a tree as a vector. @category type-level */
export type VectorOf<N extends string, T> = TreeDType<T> extends infer D extends DType ? Tensor<N, D> : never

/** All tensors of a tree have one dtype, as a vector of their numbers has. @category type-level */
export type Ravelled<Op extends string, D> = [D] extends [never]
  ? Ok<''>
  : true extends ([DType] extends [D] ? true : IsOne<D>)
    ? Ok<''>
    : Err<`${Op}: the tree has tensors of ${DTypeText<Extract<D, DType>>}: a vector has one dtype, cast some of them`>

/** A vector has one axis. @category type-level */
export type VectorRule<Op extends string, S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<S>
    : S extends '' | `${string} ${string}`
      ? Err<`${Op}: '${S}' is not a vector: give a tensor of one axis, as ravel makes it`>
      : Ok<S>
  : never

const vectorRule = (op: string, shape: string): Ok<string> | Err<string> =>
  dims(shape).length === 1 ? ok(shape) : err(`${op}: '${shape}' is not a vector: give a tensor of one axis, as ravel makes it`)

const ravelled = (op: string, given: readonly DType[]): Ok<DType> | Err<string> =>
  given.length < 2
    ? ok(given[0] ?? 'float32')
    : err(`${op}: the tree has tensors of ${given.join(' or ')}: a vector has one dtype, cast some of them`)

/** The dtype of all tensors of a tree; float32 where it has none. */
const oneDType = (op: string, leaves: readonly Value[]): DType =>
  heldDType(
    ravelled(
      op,
      dtypes.filter(dtype => leaves.some(leaf => leaf.dtype === dtype)),
    ),
  )

/**
 * All numbers of a tree as a vector along an axis that the caller names: the tensors in the order of `tree.leaves`, each row by row.
 *
 * **Shapes**: any tree to 'n', the name given; a number instead of a name must be how many numbers there are. A tree without tensors gives an empty
 * vector of float32.
 * **Errors**: tensors of several dtypes; a number that is not the count.
 * The function is `ravel_pytree` of JAX; its inverse is `unravel`.
 *
 * @example
 * import { ravel, tensor, toNested } from 'pullback'
 *
 * const vector = ravel('n')({ b: tensor([[3, 4], [5, 6]]), a: tensor([1, 2]) })
 * assert.equal(vector.shape, 'n')
 * assert.deepEqual(toNested(vector), [1, 2, 3, 4, 5, 6])
 *
 * @category constructors
 */
export const ravel = <const N extends string>(axis: Expect<OneAxis<'ravel', N, ''>, N>) => {
  const name = heldArgument('ravel', oneAxis('ravel', typed<string>(axis), ''))
  return <T extends object>(tree: Expect<Ravelled<'ravel', TreeDType<T>>, T>): VectorOf<N, T> => {
    const { leaves } = flatten('ravel', typed<object>(tree))
    const dtype = oneDType('ravel', leaves)
    const vectors = leaves.map(x => reshapeTo(x, [sizeOf(x.sizes)]))
    const [first = concrete([0], dtype, 0)] = vectors
    return typed<VectorOf<N, T>>(labelled('ravel', name, vectors.length > 1 ? concatAxis(vectors, 0) : first))
  }
}

/**
 * A vector cut into stretches of these lengths: into two first, and each of the two in the same way. Reverse mode joins the cotangents of two
 * stretches in a vector as long as both, so that it goes through all numbers as often as halves are halved, and not once for each stretch.
 */
const stretches = (x: Value, lengths: readonly number[]): readonly Value[] => {
  if (lengths.length < 2) return lengths.map(() => x)
  const half = lengths.length >> 1
  const length = (of: readonly number[]): number => of.reduce((sum, n) => sum + n, 0)
  const middle = length(lengths.slice(0, half))
  return [
    ...stretches(sliceAxis(x, 0, 0, middle), lengths.slice(0, half)),
    ...stretches(sliceAxis(x, 0, middle, middle + length(lengths.slice(half))), lengths.slice(half)),
  ]
}

/**
 * The tree of which a vector has the numbers, in the form and with the shapes of another tree, whose numbers are not looked at: the inverse of `ravel`.
 *
 * **Shapes**: 'n' to the tree's own shapes; the vector has as many numbers as the tree.
 * **Errors**: a vector of another length or dtype, a tensor of more axes or none.
 *
 * @example
 * import { tensor, toNested, unravel, zeros } from 'pullback'
 *
 * const tree = unravel([zeros('2'), zeros('')] as const)(tensor([1, 2, 3]))
 * assert.deepEqual(tree.map(x => toNested(x)), [[1, 2], 3])
 *
 * @category constructors
 */
export const unravel = <T extends object>(like: Expect<Ravelled<'unravel', TreeDType<T>>, T>) => {
  const { leaves, structure } = flatten('unravel', typed<object>(like))
  const dtype = oneDType('unravel', leaves)
  const forms = leaves.map(({ shape, sizes }) => ({ shape, sizes }))
  const count = forms.reduce((sum, { sizes }) => sum + sizeOf(sizes), 0)
  return <S extends string>(vector: Expect<VectorRule<'unravel', S>, VectorOf<S, T>>): T => {
    const x: Value = typed(vector)
    checkTensor('unravel', x)
    held(vectorRule('unravel', x.shape))
    if (leaves.length > 0) heldDType(sameDType('unravel', dtype, x.dtype))
    if (sizeOf(x.sizes) !== count)
      fail({ _tag: 'ShapeError', detail: `unravel: the vector has ${sizeOf(x.sizes)} numbers, the tree has ${count}` })
    const parts = stretches(
      x,
      forms.map(({ sizes }) => sizeOf(sizes)),
    )
    return typed<T>(
      unflatten(
        structure,
        forms.map(({ shape, sizes }, i) => relabel(shape, reshapeTo(parts[i] ?? x, sizes))),
      ),
    )
  }
}
