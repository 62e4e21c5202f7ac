/**
 * Rows brought together by a label of each, into a number of segments that the caller says: a size, or a name with its size.
 *
 * @example
 * import { bincount, segmentSum, tensor, toNested } from 'pullback'
 *
 * const labels = tensor([0, 2, 0], 'int32')
 * assert.deepEqual(toNested(segmentSum(labels, 3)(tensor([[1, 2], [3, 4], [5, 6]]))), [[6, 8], [0, 0], [3, 4]])
 * assert.deepEqual(toNested(bincount(3)(labels)), [2, 0, 1])
 */
import * as derived from '../derived/index.js'
import { type Expect, type OneAxis, oneAxis, type Segments, type ShapeOf, segments as segmentsRule } from '../shape/index.js'
import {
  checkSizes,
  type DType,
  failAs,
  heldDType,
  type IndexDType,
  indexDType,
  type NamesGiven,
  relabel,
  resolveSizes,
  type Sizes,
  type SizesOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Class, type Classes, classRules } from './class.js'

type Segmented<Op extends string, C extends Class, I extends string, K extends string> = <S extends string, D extends DType>(
  x: Expect<Classes<Op, D>[C], Expect<Segments<Op, S, I, K>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Segments<Op, S, I, K>>, D>

/** Labels of rows, and how many segments there are: a size, or a name and its size. @category type-level */
export interface Segmenting<Op extends string, C extends Class> {
  <I extends string, DI extends DType, const N extends number | string>(
    labels: Expect<IndexDType<Op, 'labels', DI>, Tensor<I, DI>>,
    segments: Expect<OneAxis<Op, `${N}`, 'labels, '>, Expect<NamesGiven<Op, '', `${N}`, undefined>, N>>,
  ): Segmented<Op, C, I, `${N}`>
  <I extends string, DI extends DType, const N extends string>(
    labels: Expect<IndexDType<Op, 'labels', DI>, Tensor<I, DI>>,
    segments: Expect<OneAxis<Op, N, 'labels, '>, N>,
    sizes: SizesOf<N>,
  ): Segmented<Op, C, I, N>
}

/** One axis that a caller gives as a size or a name, and how long it is. */
const heldAxis = (
  op: string,
  axis: number | string,
  before: string,
  sizes: Sizes | undefined,
): { readonly shape: string; readonly sizes: readonly number[] } => {
  const shape = held(oneAxis(op, typeof axis === 'number' ? String(axis) : axis, before))
  return { shape, sizes: resolveSizes(op, shape, sizes) }
}

const segmenting = <Op extends string, C extends Class>(
  op: Op,
  of: C,
  apply: (x: Value, segments: derived.Labels) => Value,
): Segmenting<Op, C> =>
  typed((labels: Value, segments: number | string, sizes?: Sizes) => {
    checkTensor(op, labels)
    heldDType(indexDType(op, 'labels', labels.dtype))
    const axis = heldAxis(op, segments, 'labels, ', sizes)
    const [count = 0] = axis.sizes
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      const shape = held(segmentsRule(op, x.shape, labels.shape, axis.shape))
      checkSizes(op, [x, labels, axis])
      try {
        return relabel(shape, apply(x, { op, labels, count }))
      } catch (error) {
        return failAs(op, error)
      }
    }
  })

/**
 * The sum of the rows that have each label: `labels` 'n', x 'n …' → 'segments …'. A segment without rows is 0.
 *
 * **Gradient**: each row gets the cotangent of its segment.
 *
 * **Errors**: a label below 0 or not below the number of segments, when it is run.
 *
 * @example
 * import { segmentSum, tensor, toNested, zeros } from 'pullback'
 *
 * const source = tensor([0, 1, 0], 'int32')
 * assert.deepEqual(toNested(segmentSum(source, 3)(tensor([1, 2, 4]))), [5, 2, 0])
 * assert.equal(segmentSum(source, 'nodes', { nodes: 9 })(zeros('3 8')).shape, 'nodes 8')
 */
export const segmentSum: Segmenting<'segmentSum', 'numeric'> = segmenting('segmentSum', 'numeric', derived.segmentSum)
/**
 * The mean of the rows that have each label; a segment without rows is 0, as in graph networks.
 *
 * @example
 * import { segmentMean, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(segmentMean(tensor([0, 1, 0], 'int32'), 3)(tensor([1, 2, 4]))), [2.5, 2, 0])
 */
export const segmentMean: Segmenting<'segmentMean', 'float'> = segmenting('segmentMean', 'float', derived.segmentMean)

/**
 * The product of the rows that have each label; a segment without rows is 1.
 *
 * @example
 * import { segmentProd, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(segmentProd(tensor([0, 1, 0], 'int32'), 3)(tensor([3, 2, 4]))), [12, 2, 1])
 */
export const segmentProd: Segmenting<'segmentProd', 'numeric'> = segmenting('segmentProd', 'numeric', derived.segmentProd)
/**
 * The greatest entries among the rows that have each label; a segment without rows is -Infinity or the least integer. NaN if any entry is NaN.
 *
 * **Gradient**: in equal parts to the entries that equal the result.
 *
 * @example
 * import { segmentMax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(segmentMax(tensor([0, 1, 0], 'int32'), 2)(tensor([3, 2, 4]))), [4, 2])
 */
export const segmentMax: Segmenting<'segmentMax', 'numeric'> = segmenting('segmentMax', 'numeric', derived.segmentMax)
/**
 * The least entries among the rows that have each label; a segment without rows is Infinity or the greatest integer. NaN if any entry is NaN.
 *
 * @example
 * import { segmentMin, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(segmentMin(tensor([0, 1, 0], 'int32'), 2)(tensor([3, 2, 4]))), [3, 2])
 */
export const segmentMin: Segmenting<'segmentMin', 'numeric'> = segmenting('segmentMin', 'numeric', derived.segmentMin)

/** How many of each label there are. @category type-level */
export interface Bincount {
  <const N extends number | string>(
    length: Expect<OneAxis<'bincount', `${N}`, ''>, Expect<NamesGiven<'bincount', '', `${N}`, undefined>, N>>,
  ): Counting<`${N}`>
  <const N extends string>(length: Expect<OneAxis<'bincount', N, ''>, N>, sizes: SizesOf<N>): Counting<N>
}
type Counting<K extends string> = <S extends string, D extends DType>(
  labels: Expect<IndexDType<'bincount', 'labels', D>, Tensor<S, D>>,
) => Tensor<K, 'int32'>

/**
 * How many entries are 0, 1, 2 and so on, below a number that the caller says: a size, or a name with its size; int32. What each entry weighs is
 * added up by `segmentSum(labels, length)(weights)`.
 *
 * **Errors**: an entry below 0 or not below the length, when it is run.
 *
 * @example
 * import { bincount, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(bincount(4)(tensor([[1, 1], [0, 3]], 'int32'))), [1, 2, 0, 1])
 */
export const bincount: Bincount = typed<Bincount>((length: number | string, sizes?: Sizes) => {
  const axis = heldAxis('bincount', length, '', sizes)
  const [count = 0] = axis.sizes
  return (labels: Value): Value => {
    checkTensor('bincount', labels)
    heldDType(indexDType('bincount', 'labels', labels.dtype))
    checkSizes('bincount', [labels, axis])
    return relabel(axis.shape, derived.bincount({ op: 'bincount', labels, count }))
  }
})
