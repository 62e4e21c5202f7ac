/**
 * What programs are compiled for, as numbers of two kinds.
 *
 * The order of sums is meaning: floats are rounded at every addition, so another order gives other bits. Engines that promise one another equal
 * bits share one `Order`. Costs say which of several ways to the same bits is taken, and each engine has its own: how many registers there are,
 * how large a cache is, how long a barrier takes. No cost changes a bit (`test/engine/target.test.ts`).
 */

/** In which order floats are added, beyond what a stage's sizes and axes say. */
export interface Order {
  /**
   * Partial sums that lie side by side, one in each lane of a vector, where a sum goes along an axis: 4 of 32-bit values, and 2 where anything that
   * is computed on the way has 64 bits. At the end they are joined as ((0 1) (2 3)). An engine with wider vectors, or with none, must keep as many.
   */
  readonly lanes: { readonly of32Bits: 4; readonly of64Bits: 2 }
  /** Vectors of partial sums that take turns along such an axis, if it fills each of them twice; else there is one. Neighbours are joined first. */
  readonly accumulators: number
  /** Terms of float32 that a partial sum takes before it is added to a total in float64, in long sums and in long products. */
  readonly mostTerms: number
  /** Entries in each part of a long sum to few results: about so many, and a number near it that leaves nothing over where there is one. */
  readonly entriesPerPart: number
  /** A sum to more results than this is not cut into parts. */
  readonly mostResultsInParts: number
  /** Contracted entries of a product that are added up from 0, before their sum is added to those of the blocks before. */
  readonly entriesPerBlock: number
  /** Blocks along a single axis have a multiple of so many entries, but for the last. */
  readonly blockMultiple: number
  /** With more contracted entries than this a product of float32 carries its sums in float64. */
  readonly longProduct: number
}

/** The one order of all engines whose bits are equal. */
export const order: Order = {
  lanes: { of32Bits: 4, of64Bits: 2 },
  accumulators: 4,
  mostTerms: 32,
  entriesPerPart: 16_384,
  mostResultsInParts: 64,
  // A panel of eight columns of so many entries stays in a first cache.
  entriesPerBlock: 384,
  blockMultiple: 4,
  longProduct: 16_384,
}

/** What decides how operations are joined into stages. */
export interface FusionCosts {
  /** Loads in one pass; with more of them values would not stay in registers. */
  readonly mostLoads: number
  /** Quick operations that cost less than writing their result and reading it again. */
  readonly mostRepeated: number
  /** A map is not joined to a reduction of rows shorter than this: it is quicker to do all rows as one long row, and to reduce them afterwards. */
  readonly leastRow: number
  /** Earlier stages that are tried for each stage. Without a bound, a value that every stage reads would make each of them look at all others. */
  readonly mostCandidates: number
  /** An expression deeper than this is computed into a buffer: functions that walk through expressions call themselves at each level. */
  readonly mostDepth: number
}

export interface FusionTarget<C extends { readonly fusion: FusionCosts } = { readonly fusion: FusionCosts }> {
  readonly order: Order
  readonly costs: C
}
