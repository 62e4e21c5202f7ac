/** `vmap` against what it stands for: apply to each example, stack the results. */

import { concatAxis, reshapeTo, sliceAxis } from '../primitives/index.js'
import type { Expect, OneAxis } from '../shape/index.js'
import { dims, join } from '../shape/index.js'
import { concrete, flatten, labelled, relabel, typed, unflatten, type Value } from '../tensor/index.js'
import { type Batched, program, vmap } from '../transform/index.js'
import { leavesOf, sameBits, violated } from './compare.js'

const law = 'vmapIsMapAndStack'

const row = (x: Value, i: number): Value => relabel(join(dims(x.shape).slice(1)), reshapeTo(sliceAxis(x, 0, i, i + 1), x.sizes.slice(1)))

const zeroRow = (x: Value): Value => relabel(join(dims(x.shape).slice(1)), concrete(x.sizes.slice(1), x.dtype, 0))

const stack = (axis: string, rows: readonly Value[]): Value => {
  const [first] = rows
  if (first === undefined) return violated(law, 'no rows to stack')
  const widened = rows.map(x => reshapeTo(x, [1, ...x.sizes]))
  return labelled(law, join([axis, ...dims(first.shape)]), concatAxis(widened, 0))
}

/**
 * `vmap(axis)(f)` of a batch is `f` of each example, stacked, bit for bit. Of an empty batch it is empty, and of the claimed shape.
 *
 * @example
 * import { mul, pipe, sum, tensor, type Tensor } from 'pullback'
 * import { vmapIsMapAndStack } from 'pullback/laws'
 *
 * vmapIsMapAndStack('2')((x: Tensor<'2'>) => pipe(x, mul(x), sum()))(tensor([[1, 2], [3, 4]]))
 *
 * @category laws
 */
export const vmapIsMapAndStack =
  <const B extends string>(axis: Expect<OneAxis<'vmap', B, ''>, B>) =>
  <A extends readonly object[], R extends object>(f: (...args: A) => R) =>
  (...batch: Batched<B, A>): void => {
    const { leaves, structure } = flatten(law, batch)
    const size = leaves[0]?.sizes[0] ?? violated(law, 'the batch is a scalar')
    const result = typed<(...batch: Batched<B, A>) => Batched<B, R>>(vmap<B>(axis)(typed<(x: Value) => Value>(f)))(...batch)
    const example = (i: number): A =>
      typed<A>(
        unflatten(
          structure,
          leaves.map(x => row(x, i)),
        ),
      )
    if (size === 0) {
      const shapes = program
        .of(f)(...typed<A>(unflatten(structure, leaves.map(zeroRow))))
        .outputs.map(y => `${y.dtype} '${join(['0', ...y.sizes.map(String)])}'`)
      const found = leavesOf(law, result).map(y => `${y.dtype} '${y.sizes.join(' ')}'`)
      if (found.join() !== shapes.join()) violated(law, `an empty batch gives ${found.join(', ')}, not ${shapes.join(', ')}`)
      return
    }
    const results = Array.from({ length: size }, (_, i) => f(...example(i)))
    const first = flatten(law, results[0] ?? {})
    const stacked = first.leaves.map((_, leaf) =>
      stack(
        typed<string>(axis),
        results.map(y => leavesOf(law, y)[leaf] ?? violated(law, 'the form of the result differs from example to example')),
      ),
    )
    sameBits(law, 'vmap and map-and-stack', result, typed<object>(unflatten(first.structure, stacked)))
  }
