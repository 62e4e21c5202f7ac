/**
 * Cuts a long reduction to few results into two stages: the first reduces parts, which threads can share among them, and the second reduces what
 * these give.
 *
 * Where to cut follows from the sizes alone, so the order of a sum does not depend on the number of threads.
 */
import { at, rowMajor, sizeOf } from '../../tensor/index.js'
import { type Load, mapLoads } from './expression.js'
import type { ReduceStage } from './stage.js'
import type { Order } from './target.js'

/** A reduction but for the buffer that it fills. */
export type BareReduce = Omit<ReduceStage, 'buffer' | 'stores'>

/** Equal parts of an axis: how many entries in each, how many parts, and how many entries are left over. */
const cut = (size: number, wanted: number): { readonly entries: number; readonly parts: number; readonly left: number } => {
  // A number near the one wanted that divides the axis leaves nothing over.
  for (let apart = 0; apart <= wanted / 2; apart += 1)
    for (const entries of [wanted - apart, wanted + apart])
      if (entries > 0 && size % entries === 0) return { entries, parts: size / entries, left: 0 }
  return { entries: wanted, parts: Math.floor(size / wanted), left: size % wanted }
}

interface Parts {
  /** Partial results: the parts' axis, then those that are kept. */
  readonly partial: BareReduce
  /** What the parts leave over, if anything. */
  readonly rest: BareReduce | undefined
  /** The reduction of the partial results, which a load gives. */
  readonly total: (partial: Load) => BareReduce
}

/** The two steps of a reduction that is worth cutting. */
export const partsOf = (reduction: BareReduce, { entriesPerPart, mostResultsInParts }: Order): Parts | undefined => {
  const { kept, reduced, expression } = reduction
  const axis = reduced.findIndex(size => size > 1)
  const size = reduced[axis] ?? 1
  const within = sizeOf(reduced.slice(axis + 1))
  if (sizeOf(kept) > mostResultsInParts || size * within < 2 * entriesPerPart) return undefined
  const { entries, parts, left } = cut(size, Math.min(Math.floor(size / 2), Math.max(1, Math.round(entriesPerPart / within))))
  if (parts < 2) return undefined
  const place = kept.length + axis
  /** Loads that see the axis as parts of so many entries, from an entry on. */
  const seen = (first: number, byParts: boolean) => (load: Load) => {
    const step = at(load.strides, place)
    const [before, after] = [load.strides.slice(0, kept.length), load.strides.slice(kept.length)]
    return { ...load, start: load.start + first * step, strides: [...(byParts ? [step * entries] : []), ...before, ...after] }
  }
  const shortened = (length: number): readonly number[] => reduced.map((whole, i) => (i === axis ? length : whole))
  const partial = mapLoads(expression, seen(0, true))
  const rest = left > 0 ? mapLoads(expression, seen(parts * entries, false)) : undefined
  if (partial === undefined) return undefined
  return {
    partial: { ...reduction, kept: [parts, ...kept], reduced: shortened(entries), expression: partial },
    rest: rest && { ...reduction, reduced: shortened(left), expression: rest },
    total: load => ({
      ...reduction,
      reduced: [parts],
      byColumns: kept.length > 0,
      expression: { ...load, strides: [...rowMajor(kept), sizeOf(kept)] },
    }),
  }
}
