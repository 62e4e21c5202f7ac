/**
 * Products of float32 over many contracted entries. A few products at a time are added in float32, and such sums are added to totals in
 * float64, which are rounded once at the end (`reduce-totals.ts` does the same for sums). The totals of a register block lie together, row
 * by row, whatever the order of the result.
 */
import { sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import type { ContractPlan } from './contract-panels.js'
import type { Code, Local } from './encoder.js'
import { lowHalves, upperHalf } from './math/halves.js'
import type { WasmCosts } from './target.js'

/** Bytes of the totals of one vector of sums, and of a register block. */
const vectorBytes = 32
export const totalsOfBlock = ({ rows, kind }: ContractPlan): number => rows.width * kind.vectors * vectorBytes

/**
 * Whether threads share a product by panels of columns. A batch is shared by matrices, and a single matrix by panels of rows, except in two
 * cases: there are more panels of columns; or columns are packed, and the thread that packed a panel should multiply it, because it has it
 * in its cache.
 */
export const isByColumns = (stage: Contract, { rows, columns, packRows, packColumns }: ContractPlan, { products }: WasmCosts): boolean => {
  const isLocal = packColumns > 0 && packRows === 0 && stage.epilogue === undefined && columns.count >= products.leastDivided
  return sizeOf(stage.sizes.batch) === 1 && (columns.count > rows.count || isLocal)
}

/**
 * For how many panels of columns each panel of rows has totals. Where rows are shared, a block of columns is finished before the next
 * begins, so the next takes the same place.
 */
export const totalsPerRow = (stage: Contract, plan: ContractPlan, costs: WasmCosts): number =>
  isByColumns(stage, plan, costs) ? plan.columns.count : Math.min(plan.columns.count, costs.products.columnPanels)

/** Bytes of working space for totals; 0 where a product has none. */
export const totalsBytes = (stage: Contract, plan: ContractPlan, costs: WasmCosts): number =>
  stage.block.share === undefined ? 0 : sizeOf(stage.sizes.batch) * plan.rows.count * totalsPerRow(stage, plan, costs) * totalsOfBlock(plan)

/** A vector of sums and how many of its lanes are results. */
export interface Sums {
  readonly local: Local
  readonly lanes: number
}

const zero = new Uint8Array(16)

/** Visits the vectors of totals. The one of the upper lanes is left out where no result is among them. */
const eachHalf = (sums: readonly Sums[], visit: (sum: Local, offset: number, upper: boolean) => void): void =>
  sums.forEach(({ local, lanes }, i) => {
    visit(local, i * vectorBytes, false)
    if (lanes > 2) visit(local, i * vectorBytes + vectorBytes / 2, true)
  })

export const clearTotals = (code: Code, sums: readonly Sums[], totals: Local): void =>
  eachHalf(sums, (_, offset) => code.get(totals).v128(zero).at('v128.store', offset))

/** Adds the sums to their totals and sets the sums to 0. */
export const takeSums = (code: Code, sums: readonly Sums[], totals: Local): void => {
  eachHalf(sums, (sum, offset, upper) => {
    code.get(totals).get(totals).at('v128.load', offset).get(sum)
    if (upper) code.get(sum).shuffle(upperHalf)
    code.do('f64x2.promote_low_f32x4', 'f64x2.add').at('v128.store', offset)
  })
  for (const { local } of sums) code.v128(zero).set(local)
}

/** Sets the sums to their totals, rounded to float32. */
export const giveTotals = (code: Code, sums: readonly Sums[], totals: Local): void =>
  eachHalf(sums, (sum, offset, upper) => {
    if (upper) code.get(sum)
    code.get(totals).at('v128.load', offset).do('f32x4.demote_f64x2_zero')
    if (upper) code.shuffle(lowHalves)
    code.set(sum)
  })
