/**
 * `vmapWithAxis` lifts a function of one example to a batch, as `vmap` does, and hands it the axis: so an example can read a mean over all of them.
 *
 * @example
 * import { pipe, sub, tensor, toNested, vmapWithAxis, type Tensor } from 'pullback'
 *
 * const centred = vmapWithAxis('3')(axis => (x: Tensor<''>) => pipe(x, sub(axis.mean(x))))
 * assert.deepEqual(toNested(centred(tensor([1, 2, 6]))), [-2, -1, 3])
 */
import { iota } from '../primitives/iota.js'
import type { Expect, OneAxis, Options } from '../shape/index.js'
import { checkFunction, heldOptions, typed, type Value } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { type Batched, type BatchedArguments, checkAxis } from './batching.js'
import { type MappedAxis, withMappedAxis } from './mapped-axis.js'
import {
  checkPlaces,
  mappedAt,
  type PlacedArguments,
  type PlacedTree,
  type PlacesIn,
  type PlacesRule,
  type SomePlace,
  sizeAt,
  type VmapOptions,
  vmapOptions,
} from './places.js'

/** The message for a function without types for its arguments. */
type Unknown = "vmapWithAxis: annotate the argument, as in vmapWithAxis('batch')(axis => (x: Tensor<'3'>) => …)"

/** `vmapWithAxis` with the axis in front of everything, or in given places. @category type-level */
export interface VmapWithAxis {
  <const B extends string>(
    axis: Expect<OneAxis<'vmapWithAxis', B, ''>, B>,
  ): <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
    f: (axis: MappedAxis<B>) => Annotated<Unknown, A[number], (...args: A) => R, G>,
  ) => (...args: BatchedArguments<B, A>) => Batched<B, R>
  <const B extends string, const O extends VmapOptions | undefined>(
    axis: Expect<OneAxis<'vmapWithAxis', B, ''>, B>,
    options: Expect<Options<'vmapWithAxis', O, typeof vmapOptions> | SomePlace<'vmapWithAxis', PlacesIn<O, 'in'>>, O>,
  ): <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
    f: (
      axis: MappedAxis<B>,
    ) => Annotated<
      Unknown,
      A[number],
      (...args: A) => R,
      G,
      Expect<
        PlacesRule<'vmapWithAxis', 'in', B, A, PlacesIn<O, 'in'>> | PlacesRule<'vmapWithAxis', 'out', B, R, PlacesIn<O, 'out'>>,
        unknown
      >
    >,
  ) => (...args: PlacedArguments<B, A, PlacesIn<O, 'in'>>) => PlacedTree<B, R, PlacesIn<O, 'out'>>
}

/**
 * `vmap` for functions that are given the axis first: what `axis.mean(x)` and its like give is over all examples.
 *
 * **Options**: those of `vmap`.
 * **Shapes**: `axis => (x: 'in') → 'out'` becomes `(x: 'batch in') → 'batch out'`.
 * **Gradient**: `MappedAxis` says what it is inside and outside. In a `cond` whose predicate differs by example a mean is over all examples, also
 * those whose case is the other one, since all cases are computed for all.
 * **Errors**: those of `vmap`; an axis that is used after the function has returned.
 * **Source**: `jax.lax.psum` and its like, whose axis is a name.
 *
 * @example
 * import { add, div, mean, mul, pipe, sqrt, sub, tensor, toNested, vmapWithAxis, type MappedAxis, type Tensor } from 'pullback'
 *
 * const standardise = (axis: MappedAxis) => (x: Tensor<'2'>) => {
 *   const centred = pipe(x, sub(axis.mean(x)))
 *   const variance = axis.mean(pipe(centred, mul(centred)))
 *   return pipe(centred, div(sqrt(variance)))
 * }
 * assert.deepEqual(toNested(vmapWithAxis('2')(standardise)(tensor([[1, 10], [3, 50]]))), [[-1, -1], [1, 1]])
 *
 * @category transformations
 */
export const vmapWithAxis: VmapWithAxis = typed<VmapWithAxis>((name: string, given?: VmapOptions) => {
  checkAxis('vmapWithAxis', name)
  const placing = checkPlaces('vmapWithAxis', heldOptions('vmapWithAxis', given, vmapOptions)) ?? { in: 0, out: 0 }
  return (f: (axis: MappedAxis) => (...args: readonly object[]) => object) => {
    const advice = "give one of the axis that gives one of tensors, as in vmapWithAxis('batch')(axis => x => …)"
    checkFunction('vmapWithAxis', f, advice)
    return (...args: readonly object[]): unknown => {
      const size = sizeAt('vmapWithAxis', name, args, placing)
      const ofExample = (example: unknown): object => {
        const [own, index] = typed<readonly [readonly object[], Value]>(example)
        return withMappedAxis(name, size, index, axis => {
          const g = f(axis)
          checkFunction('vmapWithAxis', g, advice)
          return g(...own)
        })
      }
      // The numbers of the examples are one more argument, which the axis hands to what is made of it.
      return mappedAt('vmapWithAxis', name, ofExample, [args, iota([size], 0, 'int32')], { in: [placing.in, 0], out: placing.out })
    }
  }
})
