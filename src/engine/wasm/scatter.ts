/**
 * scatterAdd of float32: all updates of a row are added to it in float64, in their order, and rounded once, however many there are.
 *
 * Where there are as many updates as rows, or more, they are added up in a table of float64 (`scatter-table.ts`). Where they are fewer, such a
 * table would cost more than the updates, and those of each row are linked instead (`scatter-links.ts`). Both give the same bits.
 */
import type { DType } from '../../tensor/index.js'
import type { RoutineStage } from '../fusion/stage.js'
import type { Local } from './encoder.js'
import { reportIndex, reportOf } from './indexed.js'
import type { OwnWay } from './own-way.js'
import { scatterOf } from './scatter-common.js'
import { linksSpace, writeLinked } from './scatter-links.js'
import { tableSpace, writeTable } from './scatter-table.js'
import type { WasmCosts } from './target.js'

/** Undefined for a single update of each table, and for numbers that add exactly or are float64 already: these are added in place. */
export const scatter = (stage: RoutineStage, dtype: DType, costs: WasmCosts): OwnWay | undefined => {
  const form = scatterOf(stage)
  if (dtype !== 'float32' || form.count < 2) return undefined
  const [space, write] = form.size * costs.scatter.leastPerRow <= form.count ? [tableSpace, writeTable] : [linksSpace, writeLinked]
  const { left, right } = space(form)
  return {
    space: [left, right],
    write: (code, _, { offsets, dtypeOf, stage: number, scratch }) => {
      const flag = reportOf(number, dtypeOf(form.indices) === 'uint32')
      const report = (index: Local): void => reportIndex(code, flag, index, form.size)
      const [first = 0, second = 0] = scratch
      return write(code, form, offsets, report, { left: first, right: second })
    },
  }
}
