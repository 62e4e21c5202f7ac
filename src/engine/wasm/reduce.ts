/**
 * Writes reductions; the expression of what is reduced is computed on the way.
 *
 * - By rows: vectors go along the innermost reduced axis, and each lane adds up a part of one result. Where that axis is long, four
 *   accumulators take turns, so that an addition need not wait for the one before. At the end the accumulators are joined, neighbours
 *   first, and then the lanes, ((0 1) (2 3)).
 * - By columns: vectors go along the innermost kept axis, and each lane adds up a result of its own.
 *
 * Which of the two it is, and so the order of a sum, follows from the sizes and axes alone: by rows where the last axis is reduced. Sums of
 * many float32 go on in float64 (`reduce-totals.ts`).
 */
import { rowMajor } from '../../tensor/index.js'
import { dtypesIn, interned, loadsOf } from '../fusion/expression.js'
import type { ReduceStage } from '../fusion/stage.js'
import type { Code } from './encoder.js'
import { checkRounds } from './limits.js'
import { collapse, separate, type Walk } from './nest.js'
import type { Division } from './phase.js'
import { columns } from './reduce-columns.js'
import { rows } from './reduce-rows.js'
import { type Offsets, storeWalk, walkOf } from './walks.js'

/** What a reduction writes, over all of its axes: what it stores on the way, then its results, once for each place of the kept axes. */
export const writtenBy = (
  { kept, reduced, expression: { dtype }, buffer, stores = [] }: ReduceStage,
  offsets: Offsets,
): readonly Walk[] => [
  ...stores.map(store => storeWalk(store, offsets)),
  { dtype, offset: offsets(buffer), strides: [...rowMajor(kept), ...reduced.map(() => 0)] },
]

export const writeReduce = (code: Code, stage: ReduceStage, offsets: Offsets): Division => {
  const stores = stage.stores ?? []
  const [expression, ...stored] = interned([stage.expression, ...stores.map(store => store.expression)])
  if (expression === undefined) return { units: 0, multiple: 1, weight: 0 }
  const loads = loadsOf([expression, ...stored])
  const kept = stage.kept.length
  const { dtype } = expression
  const walks: readonly Walk[] = [...loads.map(load => walkOf(load, offsets)), ...writtenBy(stage, offsets)]
  const outer = collapse(
    stage.kept,
    walks.map(walk => ({ ...walk, strides: walk.strides.slice(0, kept) })),
  )
  // Reduced axes stay apart: joining them where strides allow would make the order of a sum depend on strides.
  const inner = separate(
    // Where one axis is empty nothing is gone through, however long the others are.
    stage.reduced.includes(0) ? stage.reduced.map(size => Math.min(size, 1)) : stage.reduced,
    walks.map(walk => ({ ...walk, strides: walk.strides.slice(kept) })),
  )
  for (const size of inner.sizes) checkRounds(size, `${stage.by} goes through an axis of ${size} entries`)
  const { of32Bits, of64Bits } = code.target.order.lanes
  const lanes = dtypesIn([expression, ...stored]).has('float64') ? of64Bits : of32Bits
  return (stage.byColumns ? columns : rows)(code, { stage, loads, expression, stored, lanes, dtype, outer, inner })
}
