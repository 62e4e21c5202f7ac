/** Costs of the WebAssembly printer drawn at random, within the bounds that their comments name and far from what was measured. */
import * as fc from 'fast-check'
import type { WasmCosts } from '../../src/engine/wasm/target.js'

const from = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max })
/** One of the extremes, or a number between two bounds. */
const extreme = (extremes: readonly number[], min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(...extremes), from(min, max))
const nanoseconds = fc.oneof(fc.constantFrom(0, 100), fc.double({ min: 0, max: 2, noNaN: true }))

export const costs: fc.Arbitrary<WasmCosts> = fc.record({
  fusion: fc.record({
    mostLoads: extreme([0, 1], 2, 40),
    mostRepeated: extreme([0], 1, 20),
    leastRow: extreme([0, 1, 1e9], 2, 200),
    mostCandidates: extreme([1], 2, 64),
    mostDepth: extreme([1, 2, 200], 3, 20),
  }),
  times: fc.record({
    product: nanoseconds,
    copy: nanoseconds,
    load: nanoseconds,
    operation: nanoseconds,
    elementary: nanoseconds,
    step: nanoseconds,
  }),
  threads: fc.record({
    leastShare: extreme([1, 1e9], 10, 10_000),
    leastProgram: extreme([0, 1e12], 0, 100_000),
    piecesEach: extreme([1, 100], 2, 8),
    looks: extreme([1], 10, 5000),
    napNs: extreme([1], 1000, 500_000),
  }),
  products: fc.record({
    rows: from(1, 7),
    vectors: from(1, 3),
    rowPanels: extreme([1, 1000], 2, 20),
    columnPanels: extreme([1, 1000], 2, 20),
    unrolled: extreme([1], 2, 20),
    mostStraight: extreme([0, 1], 2, 60),
    farthest: extreme([0, 2 ** 20], 1, 4096),
    leastPacked: extreme([0, 1e12], 1, 40_000),
    leastReuse: extreme([0, 1e9], 1, 10),
    wideReuse: extreme([0, 1e9], 1, 10),
    leastDivided: extreme([0, 1e9], 1, 20),
    mostPatterns: extreme([0, 100], 1, 8),
    mostRemainders: extreme([0, 1000], 1, 20),
    shortPanel: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  reductions: fc.record({ abreast: from(1, 9) }),
  strips: fc.record({ entries: extreme([1, 2 ** 30], 2, 5000) }),
  scatter: fc.record({ leastPerRow: fc.constantFrom(0, 0.1, 1, 3, 1e9), vectors: from(1, 6) }),
  eager: fc.record({
    blockEntries: extreme([1, 10_000], 2, 300).map(fours => 4 * fours),
    fewEntries: extreme([0, 1e9], 1, 500),
    smallPart: extreme([1, 1e9], 2, 10),
  }),
})
