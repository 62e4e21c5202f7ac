/**
 * What this engine's modules are written for: the order of sums that all engines with equal bits share, and this printer's own costs. Times were
 * measured on one machine. They depend on nothing that is known only where a program runs, so every machine divides and blocks alike.
 *
 * A test draws other costs within the bounds given here, and sees no bit change.
 */
import { type FusionCosts, type FusionTarget, order } from '../fusion/target.js'

export interface WasmCosts {
  readonly fusion: FusionCosts
  /** What work takes on one thread, in nanoseconds: good enough to tell what is worth dividing, or which of two ways is the shorter. */
  readonly times: {
    /** A multiplication and an addition of a product. */
    readonly product: number
    /** An entry copied. */
    readonly copy: number
    /** A load, an operation and an elementary function for each place of a map or a reduction. */
    readonly load: number
    readonly operation: number
    readonly elementary: number
    /** What a routine, which is printed without vectors, counts as a simple operation. */
    readonly step: number
  }
  readonly threads: {
    /** A thread's share of a phase must take longer than this, in nanoseconds: meeting at a barrier does. More than 0. */
    readonly leastShare: number
    /** A program must take longer than this to be divided, in nanoseconds: less is not worth waking the other threads. */
    readonly leastProgram: number
    /**
     * Into how many pieces a thread's part of a phase is cut, at least 1. With more pieces the threads finish closer together, but to take one
     * costs some hundred nanoseconds.
     */
    readonly piecesEach: number
    /** How often a thread looks at a word before it sleeps or, if it may not sleep, looks at the clock. */
    readonly looks: number
    /** How long it then sleeps at most, in nanoseconds. */
    readonly napNs: number
  }
  /** Register blocks, of rows by vectors of columns, and the panels that feed them. All but `shortPanel` are whole numbers. */
  readonly products: {
    /**
     * Rows and vectors of columns of a register block, each at least 1. Four rows and two vectors make eight sums; with the two vectors, the
     * repeated entries of the four rows and a product, these fill V8's fifteen vector registers, and a higher block spills. A fused multiply-add
     * needs no register for the product, but a fifth row needs three more.
     */
    readonly rows: number
    readonly vectors: number
    /** Panels of rows, and of columns, in a block: their parts of the two sides stay in the second cache. At least 1 each. */
    readonly rowPanels: number
    readonly columnPanels: number
    /** Rounds of the innermost loop that one turn of it has written out. At least 1. */
    readonly unrolled: number
    /** At most this many rounds along axes of known length are written out one after another, without a loop. */
    readonly mostStraight: number
    /** Offsets that are written into loads stay below so many bytes; beyond them the pointer is moved. */
    readonly farthest: number
    /** Products of fewer multiplications than this are too small for a packed copy to pay. */
    readonly leastPacked: number
    /** The fewest panels of the other side for which packing pays, since each of them reads the packed copy. */
    readonly leastReuse: number
    /** From this many panels of columns on, a packed copy of the rows costs next to nothing. */
    readonly wideReuse: number
    /** The fewest panels of columns that are worth dividing among threads. */
    readonly leastDivided: number
    /** Patterns of rows, and remainders to compare with: with more, finding the pattern of a panel would cost more than short panels do. */
    readonly mostPatterns: number
    readonly mostRemainders: number
    /** What part of a whole panel's time a panel of up to half the width takes, each of whose sums waits longer for the one before. */
    readonly shortPanel: number
  }
  readonly reductions: {
    /** Vectors of results that a reduction by columns computes side by side. At least 1. */
    readonly abreast: number
  }
  readonly strips: {
    /** Entries in the rows that are done at a time: of four arrays of float32 they fit the first cache. At least 1. */
    readonly entries: number
  }
  readonly scatter: {
    /** Updates for each row of a table from which on they are added up in a copy of it in float64; fewer are linked. */
    readonly leastPerRow: number
    /** Vectors of a row that are summed up together where updates are linked: a line of a cache. At least 1. */
    readonly vectors: number
  }
  /** One operation at once. */
  readonly eager: {
    /** Entries in a block, a multiple of 4: three operands and a result of the widest dtype are half a megabyte, which fits the caches of one core. */
    readonly blockEntries: number
    /** Plain loops move so many numbers in the time that the call of a module takes. */
    readonly fewEntries: number
    /**
     * If a result is so many times smaller than its operand, plain loops move it in less time than it takes to copy the operand into the engine's
     * memory.
     */
    readonly smallPart: number
  }
}

export const wasmCosts: WasmCosts = {
  fusion: { mostLoads: 24, mostRepeated: 5, leastRow: 64, mostCandidates: 32, mostDepth: 200 },
  times: { product: 0.05, copy: 0.4, load: 0.1, operation: 0.12, elementary: 1.2, step: 1 },
  threads: { leastShare: 4_000, leastProgram: 100_000, piecesEach: 4, looks: 4096, napNs: 200_000 },
  products: {
    rows: 4,
    vectors: 2,
    rowPanels: 12,
    columnPanels: 128,
    unrolled: 16,
    mostStraight: 32,
    farthest: 1 << 20,
    leastPacked: 32 * 32 * 32,
    leastReuse: 4,
    wideReuse: 32,
    leastDivided: 16,
    mostPatterns: 4,
    mostRemainders: 8,
    shortPanel: 0.75,
  },
  reductions: { abreast: 4 },
  strips: { entries: 2048 },
  scatter: { leastPerRow: 1, vectors: 4 },
  eager: { blockEntries: 16_384, fewEntries: 256, smallPart: 4 },
}

export type WasmTarget = FusionTarget<WasmCosts>

export const wasmTarget: WasmTarget = { order, costs: wasmCosts }
