/**
 * Dimension strings: their grammar and the rules of shapes, each a type and a function of one name.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * const rule = shape.matMul('batch 784', '128 10')
 * assert.strictEqual(shape.isErr(rule) && rule.message, "matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'")
 */
export * from './alike.js'
export { type BesideAlong, besideAlong } from './along.js'
export { type AddSizes, addSizes } from './arithmetic.js'
export { type At, at, type IndexPart, type ValuesAt, valuesAt } from './at.js'
export * from './axis.js'
export * from './broadcast.js'
export * from './concat.js'
export * from './conv.js'
export { type ConvTranspose, convTranspose, type Spreading } from './conv-transpose.js'
export * from './covariance.js'
export { type Diag, type Diagonal, diag, diagonal, type TraceOf, trace } from './diagonal.js'
export * from './dims.js'
export * from './dot.js'
export { block, type FittingBlock } from './dynamic.js'
export { type Einsum, einsum } from './einsum.js'
export * from './histogram.js'
export { type Kron, kron } from './kron.js'
export type { Merged, Starred } from './leading.js'
export * from './literal.js'
export * from './matmul.js'
export { type Matrices, matrices } from './matrices.js'
export { type Indexing, type Meshgrid, meshgrid } from './meshgrid.js'
export type * from './natural.js'
export * from './numeral.js'
export * from './one-axis.js'
export * from './onehot.js'
export * from './option.js'
export { type Pad, pad, type Widths } from './pad.js'
export * from './permute.js'
export { type Place, type PlacedAt, placeAmong, placedAt } from './placed.js'
export * from './points.js'
export * from './pool.js'
export * from './positions.js'
export { type Rearrange, type RearrangeOp, rearrange } from './rearrange.js'
export * from './reduce.js'
export * from './rename.js'
export * from './reshape.js'
export { type Resize, resize } from './resize.js'
export { type Rot90, rot90 } from './rot90.js'
export * from './rows.js'
export * from './rule.js'
export * from './segment.js'
export * from './slice.js'
export type { SliceRange } from './slice-axis.js'
export { type Parts, type SplitInto, split, type Unstacked, unstacked } from './split.js'
export * from './squeeze.js'
export * from './take.js'
export { type RepeatInterleave, repeatInterleave, type Tile, tile } from './tile.js'
export { type CountOf, countOf, type TopK, topK } from './top-k.js'
export { type Bindings, type Closed, type SubstShape, substShape, type Unbound, type Unify, unify } from './unify.js'
export { type Shape, shape } from './valid.js'
export * from './wide.js'
export {
  type Padding,
  type PerAxis,
  type PlacedWindow,
  type Windowing,
  type WindowOptions,
  type WindowParams,
  windowAxis,
} from './windows.js'
