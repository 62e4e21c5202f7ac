/**
 * scatterAdd of float32: all updates of a row are added to it in float64, in their order, and rounded once, however many there are.
 *
 * Where there are as many updates as rows, or more, they are added up in a table of float64 (`scatter-table.ts`). Where they are fewer, such a
 * table would cost more than the updates, and those of each row are linked instead (`scatter-links.ts`). The sizes alone decide, and both
 * give the same bits.
 */
import type { DType } from '../../tensor/index.js'
import type { Code, Local } from './encoder.js'
import { type DTypeOf, reportIndex, reportOf, writeIndexed } from './indexed.js'
import type { Division, Offsets } from './map.js'
import type { Places, Scatter } from './scatter-common.js'
import { linksSpace, writeLinked } from './scatter-links.js'
import { tableSpace, writeTable } from './scatter-table.js'

/** In place, for a single update of each table and for numbers that add exactly or are float64 already; else in one of the two ways. */
const wayOf = ({ size, count }: Scatter, dtype: DType): 'in place' | 'table' | 'links' =>
  dtype !== 'float32' || count < 2 ? 'in place' : size <= count ? 'table' : 'links'

/** Bytes of the working space. */
export const scatterSpace = (stage: Scatter, dtype: DType): Places => {
  const way = wayOf(stage, dtype)
  return way === 'table' ? tableSpace(stage) : way === 'links' ? linksSpace(stage) : { left: 0, right: 0 }
}

/** The stage of so many in the graph. */
export const writeScatter = (code: Code, stage: Scatter, number: number, offsets: Offsets, dtypeOf: DTypeOf, places: Places): Division => {
  const way = wayOf(stage, dtypeOf(stage.buffer))
  if (way === 'in place') return writeIndexed(code, stage, number, offsets, dtypeOf)
  const flag = reportOf(number, dtypeOf(stage.indices) === 'uint32')
  const report = (index: Local): void => reportIndex(code, flag, index, stage.size)
  return (way === 'table' ? writeTable : writeLinked)(code, stage, offsets, report, places)
}
