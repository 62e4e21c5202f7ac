/**
 * Long products of float32: sums of a few products each go to totals in float64, which are rounded once at the end (as of long sums,
 * `reduce-totals.ts`). The totals of a register block lie together, row by row, whatever the order of the result.
 */
import { sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import { columnPanelsPerBlock } from './contract-epilogue.js'
import { type ContractPlan, rowsPerPanel } from './contract-panels.js'
import type { Code, Local } from './encoder.js'
import { lowHalves, upperHalf } from './math/halves.js'

/** Totals of a vector of sums, and of a register block with two vectors in each row. */
const vectorBytes = 32
export const blockBytes = rowsPerPanel * 2 * vectorBytes

/** So many panels of columns can be divided. */
const leastColumns = 16

/**
 * A product with one matrix is divided by panels of rows, or of columns where there are more of them; else by matrices. Columns that are
 * packed are better multiplied by the thread that packed them, from whose cache another would have to fetch them.
 */
export const isByColumns = (stage: Contract, { rows, columns, packRows, packColumns }: ContractPlan): boolean => {
  const isLocal = packColumns > 0 && packRows === 0 && stage.epilogue === undefined && columns.count >= leastColumns
  return sizeOf(stage.sizes.batch) === 1 && (columns.count > rows.count || isLocal)
}

/** Panels of columns whose totals are held at once for each panel of rows: those of a block are done with before the next begins. */
export const totalsPerRow = (stage: Contract, plan: ContractPlan): number =>
  isByColumns(stage, plan) ? plan.columns.count : Math.min(plan.columns.count, columnPanelsPerBlock)

/** Bytes of working space for totals; 0 where the product is none of the long ones. */
export const totalsBytes = (stage: Contract, plan: ContractPlan): number =>
  stage.block.share === undefined ? 0 : sizeOf(stage.sizes.batch) * plan.rows.count * totalsPerRow(stage, plan) * blockBytes

/** A vector of sums and how many of its lanes are results. */
export interface Sums {
  readonly local: Local
  readonly lanes: number
}

const zero = new Uint8Array(16)

/** The vectors of totals: those of the upper lanes are left out where no result is among them. */
const eachHalf = (sums: readonly Sums[], visit: (sum: Local, offset: number, upper: boolean) => void): void =>
  sums.forEach(({ local, lanes }, i) => {
    visit(local, i * vectorBytes, false)
    if (lanes > 2) visit(local, i * vectorBytes + vectorBytes / 2, true)
  })

export const clearTotals = (code: Code, sums: readonly Sums[], totals: Local): void =>
  eachHalf(sums, (_, offset) => code.get(totals).v128(zero).at('v128.store', offset))

/** Adds the sums to their totals; then they begin again. */
export const takeSums = (code: Code, sums: readonly Sums[], totals: Local): void => {
  eachHalf(sums, (sum, offset, upper) => {
    code.get(totals).get(totals).at('v128.load', offset).get(sum)
    if (upper) code.get(sum).shuffle(upperHalf)
    code.do('f64x2.promote_low_f32x4', 'f64x2.add').at('v128.store', offset)
  })
  for (const { local } of sums) code.v128(zero).set(local)
}

/** The totals, rounded, in place of the sums. */
export const giveTotals = (code: Code, sums: readonly Sums[], totals: Local): void =>
  eachHalf(sums, (sum, offset, upper) => {
    if (upper) code.get(sum)
    code.get(totals).at('v128.load', offset).do('f32x4.demote_f64x2_zero')
    if (upper) code.shuffle(lowHalves)
    code.set(sum)
  })
