/**
 * `map` applies a function to each row of an axis, one after another.
 *
 * @example
 * import { map, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const squares = map('2')((x: Tensor<'2'>) => pipe(x, mul(x), sum()))
 * assert.deepEqual(toNested(squares(tensor([[1, 2], [3, 4]]))), [5, 25])
 */
import type { Expect, OneAxis } from '../shape/index.js'
import { checkFunction, flatten, tree, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { type Batched, checkAxis, leadingSize } from '../transform/index.js'
import type { Stacked } from './form.js'
import { scanTree } from './scan.js'

/**
 * A function of one row as a function of all, which gives what `vmap` gives. It runs as a loop over the rows, where `vmap` does one large step: it
 * needs the memory of one row at a time, and takes longer.
 *
 * **Shapes**: `(x: 'in') → 'out'` becomes `(xs: 'batch in') → 'batch out'`; trees on each side.
 * **Errors**: leading axes of different sizes; no tensor to go along.
 * **Source**: `jax.lax.map`.
 *
 * @example
 * import { exp, map, pipe, zeros, type Tensor } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 3', { batch: 2 }), map('batch')((x: Tensor<'3'>) => exp(x))).shape, 'batch 3')
 *
 * @category control flow
 */
export const map = <const N extends string>(given: Expect<OneAxis<'map', N, ''>, N>) => {
  const axis = typed<string>(given)
  checkAxis('map', axis)
  return <X extends object = Unannotated, Y extends object = object, G = unknown>(
    f: Annotated<"map: annotate the argument, as in map('batch')((x: Tensor<'3'>) => …)", X, (x: X) => Y, G>,
  ) => {
    const one = typed<(x: unknown) => unknown>(f)
    checkFunction('map', one, "give one of a row, as in map('batch')(f)")
    return (xs: Stacked<N, X>): Batched<N, Y> => {
      const stacks = typed<object>(xs)
      const { leaves } = flatten('map', stacks)
      const length = leadingSize('map', axis, tree.paths(stacks), leaves)
      const loop = { op: 'map', axis, length, reverse: false, recompute: false, counted: false }
      return typed<Batched<N, Y>>(scanTree(loop, (carry, x) => [carry, one(x)], [], stacks)[1])
    }
  }
}
