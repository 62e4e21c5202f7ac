/**
 * Coordinates of a grid.
 *
 * @example
 * import { meshgrid, tensor, toNested } from 'pullback'
 *
 * const [x, y] = meshgrid()([tensor([1, 2, 3]), tensor([10, 20])])
 * assert.deepEqual([toNested(x), toNested(y)], [[[1, 2, 3], [1, 2, 3]], [[10, 10, 10], [20, 20, 20]]])
 */
import { broadcastAxes } from '../primitives/index.js'
import { type Expect, type Indexing, type Meshgrid, meshgrid as meshgridRule, type ShapeOf } from '../shape/index.js'
import { gridAxis } from '../shape/meshgrid.js'
import { at, checkSizes, type DType, fail, relabel, show, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import type { ShapesOf, Tensors } from './tuple.js'

/** Vectors to tensors of the whole grid, each with its own dtype. @category type-level */
export type Gridding<M extends Indexing> = <const T extends Tensors>(
  vectors: Expect<Meshgrid<M, ShapesOf<T>>, T>,
) => { readonly [K in keyof T]: T[K] extends Tensor<string, infer D extends DType> ? Tensor<ShapeOf<Meshgrid<M, ShapesOf<T>>>, D> : never }

/** With the axes of the first two exchanged, or as the argument says. @category type-level */
export interface MeshgridOp {
  (): Gridding<'xy'>
  <const M extends Indexing>(indexing: M): Gridding<M>
}

/**
 * For each of several vectors a tensor of the whole grid that holds at every point the coordinate that the vector gives. Its axes are those of the
 * vectors in their order for `'ij'`, and with the first two exchanged for `'xy'`, the default, where the first vector goes along the rows.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.meshgrid.html
 *
 * @example
 * import { meshgrid, tensor, toNested } from 'pullback'
 *
 * const [x, y] = meshgrid('ij')([tensor([1, 2]), tensor([10, 20])])
 * assert.deepEqual([toNested(x), toNested(y)], [[[1, 1], [2, 2]], [[10, 20], [10, 20]]])
 */
export const meshgrid: MeshgridOp = typed<MeshgridOp>((indexing: Indexing = 'xy') => {
  if (indexing !== 'xy' && indexing !== 'ij')
    fail({ _tag: 'ArgumentError', op: 'meshgrid', detail: `the indexing is ${show(indexing)}: give 'xy' or 'ij'` })
  return (vectors: readonly Value[]): readonly Value[] => {
    if (!Array.isArray(vectors))
      return fail({ _tag: 'ArgumentError', op: 'meshgrid', detail: `${show(vectors)} is no list of tensors: give one, such as [x, y]` })
    for (const x of vectors) checkTensor('meshgrid', x)
    const shape = held(
      meshgridRule(
        indexing,
        vectors.map(x => x.shape),
      ),
    )
    checkSizes('meshgrid', vectors)
    const axes = vectors.map((_, i) => (vectors.length < 2 ? i : gridAxis(indexing, i)))
    const sizes = axes.map((_, axis) => at(vectors[axes.indexOf(axis)]?.sizes ?? [], 0))
    return vectors.map((x, i) =>
      relabel(
        shape,
        broadcastAxes(
          x,
          sizes,
          axes.filter(axis => axis !== axes[i]),
        ),
      ),
    )
  }
})
