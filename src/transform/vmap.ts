/**
 * `vmap` lifts a function of one example to a batch along a named axis.
 *
 * @example
 * import { dot, tensor, toNested, vmap, type Tensor } from 'pullback'
 *
 * const pairwise = vmap('2')((x: Tensor<'2'>, y: Tensor<'2'>) => dot(y)(x))
 * const ones = tensor([[1, 1], [1, 1]])
 * assert.deepEqual(toNested(pairwise(tensor([[1, 2], [3, 4]]), ones)), [3, 7])
 */
import type { Expect, OneAxis, Options } from '../shape/index.js'
import { checkFunction, heldOptions, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { type Batched, type BatchedArguments, checkAxis, mapped } from './batching.js'
import {
  checkPlaces,
  mappedAt,
  type PlacedArguments,
  type PlacedTree,
  type PlacesIn,
  type PlacesRule,
  type SomePlace,
  type VmapOptions,
  vmapOptions,
} from './places.js'

/** The message for a function without types for its arguments. */
type Unknown = "vmap: annotate the argument, as in vmap('batch')((x: Tensor<'3'>) => …)"

/** `vmap` with the axis in front of everything, or in given places. @category type-level */
export interface Vmap {
  <const B extends string>(
    axis: Expect<OneAxis<'vmap', B, ''>, B>,
  ): <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
    f: Annotated<Unknown, A[number], (...args: A) => R, G>,
  ) => (...args: BatchedArguments<B, A>) => Batched<B, R>
  <const B extends string, const O extends VmapOptions | undefined>(
    axis: Expect<OneAxis<'vmap', B, ''>, B>,
    options: Expect<Options<'vmap', O, typeof vmapOptions> | SomePlace<'vmap', PlacesIn<O, 'in'>>, O>,
  ): <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
    f: Annotated<
      Unknown,
      A[number],
      (...args: A) => R,
      G,
      Expect<PlacesRule<'vmap', 'in', B, A, PlacesIn<O, 'in'>> | PlacesRule<'vmap', 'out', B, R, PlacesIn<O, 'out'>>, unknown>
    >,
  ) => (...args: PlacedArguments<B, A, PlacesIn<O, 'in'>>) => PlacedTree<B, R, PlacesIn<O, 'out'>>
}

/**
 * A function of one example as a function of a batch: every tensor of every argument has a leading axis, and so has every result. The function
 * closes over what is the same for all examples, such as parameters; or it is given that, and `in` has null in its place.
 *
 * **Options**: `in` says where the arguments have the axis, and `out` where the results get it: one position for all, counted from the end where it
 * is negative, or a list or record of positions in the form of the arguments or the result. null stands for what has no axis, because it is the same
 * for all examples. `{ in: [0, null] }` maps over the first argument alone.
 * **Shapes**: `(x: 'in') → 'out'` becomes `(x: 'batch in') → 'batch out'`; with `{ in: 1, out: -1 }` it is `(x: 'in batch') → 'out batch'`.
 * **Errors**: arguments in which the axis has different sizes, a scalar argument that is not shared, a result in which the axis has a second size; a
 * position out of range, places in another form than what they are for, null for every argument, null for a result that differs by example.
 *
 * @example
 * import { matmul, mul, pipe, sum, tensor, toNested, vmap, type Tensor } from 'pullback'
 *
 * const squares = vmap('2')((x: Tensor<'2'>) => pipe(x, mul(x), sum()))
 * assert.deepEqual(toNested(squares(tensor([[1, 2], [3, 4]]))), [5, 25])
 *
 * // Columns of x as examples, w the same for all of them.
 * const columns = vmap('3', { in: [1, null], out: 1 })((x: Tensor<'2'>, w: Tensor<'2 2'>) => pipe(x, matmul(w)))
 * assert.deepEqual(toNested(columns(tensor([[1, 2, 3], [4, 5, 6]]), tensor([[0, 1], [1, 0]]))), [[4, 5, 6], [1, 2, 3]])
 *
 * @category transformations
 */
export const vmap: Vmap = typed<Vmap>((axis: string, given?: VmapOptions) => {
  checkAxis('vmap', axis)
  const options = checkPlaces('vmap', heldOptions('vmap', given, vmapOptions))
  return (f: (...args: readonly object[]) => object) => {
    checkFunction('vmap', f, "give one of tensors, as in vmap('batch')(f)")
    const ofExample = (args: unknown): object => f(...typed<readonly object[]>(args))
    return (...args: readonly object[]): unknown =>
      options === undefined ? mapped('vmap', axis, ofExample, args) : mappedAt('vmap', axis, ofExample, args, options)
  }
})
