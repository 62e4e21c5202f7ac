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
import type { Expect, OneAxis } from '../shape/index.js'
import { checkFunction, flatten, tree, typed, type Value } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { type MappedAxis, withMappedAxis } from './mapped-axis.js'
import { type Batched, type BatchedArguments, checkAxis, leadingSize, mapped } from './vmap.js'

/**
 * `vmap` for functions that are given the axis first: what `axis.mean(x)` and its like give is over all examples.
 *
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
export const vmapWithAxis = <const B extends string>(given: Expect<OneAxis<'vmapWithAxis', B, ''>, B>) => {
  const name = typed<string>(given)
  checkAxis('vmapWithAxis', name)
  return <A extends readonly object[] = Unannotated[], R extends object = object>(
    annotated: (
      axis: MappedAxis<B>,
    ) => ((...args: A) => R) &
      Annotated<"vmapWithAxis: annotate the argument, as in vmapWithAxis('batch')(axis => (x: Tensor<'3'>) => …)", A[number], unknown>,
  ) => {
    const f = typed<(axis: MappedAxis) => (...args: A) => R>(annotated)
    const advice = "give one of the axis that gives one of tensors, as in vmapWithAxis('batch')(axis => x => …)"
    checkFunction('vmapWithAxis', f, advice)
    return (...args: BatchedArguments<B, A>): Batched<B, R> => {
      const { leaves } = flatten('vmapWithAxis', args)
      const size = leadingSize('vmapWithAxis', name, tree.paths(args), leaves)
      const ofExample = (example: unknown): R => {
        const [own, index] = typed<readonly [A, Value]>(example)
        return withMappedAxis(name, size, index, axis => {
          const g = f(axis)
          checkFunction('vmapWithAxis', g, advice)
          return g(...own)
        })
      }
      return typed<Batched<B, R>>(mapped('vmapWithAxis', name, ofExample, [args, iota([size], 0, 'int32')]))
    }
  }
}
