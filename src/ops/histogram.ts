/**
 * Histograms: how many entries lie in each bin.
 *
 * @example
 * import { histogram, histogramEdges, tensor, toNested } from 'pullback'
 *
 * const x = tensor([0, 1, 1, 2, 4])
 * assert.deepEqual(toNested(histogram(2)(x)), [3, 2])
 * assert.deepEqual(toNested(histogramEdges(2)(x)), [0, 2, 4])
 * assert.deepEqual(toNested(histogram(tensor([0, 1, 3]))(x)), [1, 3])
 */
import * as derived from '../derived/index.js'
import {
  type AddSizes,
  type BinsBetween,
  binsBetween,
  type Expect,
  type Ok,
  type Option,
  type Options,
  type ShapeOf,
  type Stretched,
} from '../shape/index.js'
import {
  concrete,
  type DType,
  type Float,
  type FloatDType,
  fail,
  failAs,
  floatDType,
  heldDType,
  heldFlag,
  heldOptions,
  isTensor,
  labelled,
  relabel,
  type SameDType,
  sameDType,
  show,
  type Tensor,
  typed,
  type Value,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'
import { besideEntries } from './apply-reduction.js'
import { checkTensor, held } from './apply-rule.js'

/** @category type-level */
export interface HistogramOptions {
  /** Where the bins begin and end, where their number is given; the least and the greatest finite entry unless given. */
  readonly range?: readonly [low: number, high: number] | undefined
  /** How much each entry counts, of its dtype; the counts have that dtype then. */
  readonly weights?: Tensor<string, Float> | undefined
  /** Whether counts are divided by their sum and by the width of their bin, so that the integral is 1; they are floats then. */
  readonly density?: boolean | undefined
}

const names = ['range', 'weights', 'density'] as const

/** Bins are a number, from 1 up, or edges along one axis. */
type BinsRule<Op extends string, B> = B extends Tensor<infer E extends string, infer _> ? BinsBetween<Op, E> : WholeNumber<Op, B, 'bins', 1>
type BinsOf<B> =
  B extends Tensor<infer E extends string, infer _>
    ? ShapeOf<BinsBetween<'histogram', E>>
    : B extends number
      ? number extends B
        ? string
        : `${B}`
      : never
type EdgesDType<D extends DType, B> = B extends Tensor<infer _, infer E extends DType> ? SameDType<'histogram', D, E> : Ok<D>
type WeightsRule<S extends string, D extends DType, O> = O extends {
  readonly weights: Tensor<infer W extends string, infer DW extends DType>
}
  ? SameDType<'histogram', D, DW> | Stretched<'histogram', 'weights', W, S>
  : Ok<S>
/** Counts are int32, unless they are weighed or divided. */
type CountDType<O, D extends DType> =
  Option<O, 'weights', undefined> extends infer W ? (W extends undefined ? DensityDType<Option<O, 'density', false>, D> : D) : never
type DensityDType<F, D extends DType> = F extends true ? D : 'int32'

/** Entries of any shape, brought into bins. @category type-level */
export type Binning<B, O> = <S extends string, D extends DType>(
  x: Expect<FloatDType<'histogram', D>, Expect<EdgesDType<D, B>, Expect<WeightsRule<S, D, O>, Tensor<S, D>>>>,
) => Tensor<BinsOf<B>, CountDType<O, D>>

/** A number of bins or their edges, without or with options. @category type-level */
export interface HistogramOp {
  <const B extends number | Tensor<string, DType>>(bins: Expect<BinsRule<'histogram', B>, B>): Binning<B, undefined>
  <const B extends number | Tensor<string, DType>, const O extends HistogramOptions | undefined>(
    bins: Expect<BinsRule<'histogram', B>, B>,
    options: Expect<Options<'histogram', O, typeof names>, O>,
  ): Binning<B, O>
}

type Range = readonly [low: number, high: number] | undefined

const heldBins = (op: string, bins: number): number => wholeNumber(op, bins, shown => `${shown} bins`, { least: 1 })

const heldRange = (op: string, range: Range): Range => {
  if (range === undefined) return range
  const [low = Number.NaN, high = Number.NaN] = Array.isArray(range) ? range : []
  return Number.isFinite(low) && Number.isFinite(high) && low < high
    ? range
    : fail({ _tag: 'ArgumentError', op, detail: `range is ${show(range)}: give two numbers, the lower one first` })
}

/**
 * How many entries lie in each of a number of bins of one width, or between edges: a bin has its lower edge and not its upper one, but the last one
 * has both. Entries outside all of them and NaN are not counted. int32, or of the dtype of x where entries have `weights` or a `density` is asked for.
 *
 * **Gradient**: none to the entries and edges; to the weights the cotangent of the bin.
 *
 * **Errors**: edges must ascend, which is not checked. A range with edges is refused.
 *
 * **Source**: numpy.histogram, whose edges are `histogramEdges`.
 *
 * @example
 * import { histogram, tensor, toNested } from 'pullback'
 *
 * const x = tensor([0, 1, 1, 2, 4])
 * assert.deepEqual(toNested(histogram(4, { range: [0, 4] })(x)), [1, 2, 1, 1])
 * assert.deepEqual(toNested(histogram(tensor([0, 1, 3]), { density: true })(x)), [0.25, 0.375])
 */
export const histogram: HistogramOp = typed<HistogramOp>((bins: number | Value, options?: HistogramOptions) => {
  const op = 'histogram'
  const given = heldOptions<HistogramOptions>(op, options, names)
  const range = heldRange(op, given.range)
  const isDensity = heldFlag(op, 'density', given.density, false)
  const { weights } = given
  if (weights !== undefined) checkTensor(op, weights)
  if (isTensor(bins) && range !== undefined)
    fail({ _tag: 'ArgumentError', op, detail: 'edges say their range: leave the option range out' })
  const shape = isTensor(bins) ? held(binsBetween(op, bins.shape)) : String(heldBins(op, bins))
  return (x: Value): Value => {
    checkTensor(op, x)
    heldDType(floatDType(op, x.dtype))
    if (isTensor(bins)) heldDType(sameDType(op, x.dtype, bins.dtype))
    if (weights !== undefined) heldDType(sameDType(op, x.dtype, weights.dtype))
    const shares = besideEntries(op, 'weights', x, weights) ?? concrete(x.sizes, isDensity ? x.dtype : 'int32', 1)
    try {
      const edges = isTensor(bins) ? bins : derived.histogramEdges(x, bins, range)
      const counts = derived.histogram(x, edges, shares)
      return labelled(op, shape, isDensity ? derived.density(counts, edges) : relabel(String(counts.sizes[0]), counts))
    } catch (error) {
      return failAs(op, error)
    }
  }
})

/** @category type-level */
export interface EdgesOptions {
  readonly range?: readonly [low: number, high: number] | undefined
}

/**
 * The edges of a number of bins of one width: one more than there are bins, from the first number of `range` to the second, or from the least to the
 * greatest finite entry (half below and above where they are equal).
 *
 * @example
 * import { histogramEdges, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(histogramEdges(4, { range: [0, 2] })(tensor([1, 7]))), [0, 0.5, 1, 1.5, 2])
 */
export const histogramEdges: <const B extends number>(
  bins: Expect<WholeNumber<'histogramEdges', B, 'bins', 1>, B>,
  options?: EdgesOptions,
) => <S extends string, D extends DType>(x: Expect<FloatDType<'histogramEdges', D>, Tensor<S, D>>) => Tensor<EdgesOf<B>, D> = typed(
  (bins: number, options?: EdgesOptions) => {
    const count = heldBins('histogramEdges', bins)
    const range = heldRange('histogramEdges', heldOptions<EdgesOptions>('histogramEdges', options, ['range']).range)
    return (x: Value): Value => {
      checkTensor('histogramEdges', x)
      heldDType(floatDType('histogramEdges', x.dtype))
      return derived.histogramEdges(x, count, range)
    }
  },
)
type EdgesOf<B extends number> = number extends B ? string : AddSizes<`${B}`, '1'>
