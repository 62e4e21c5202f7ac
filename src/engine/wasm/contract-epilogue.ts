/**
 * Maps that go with a product, such as a bias, an activation or the activation's derivative. They are done to rows as soon as these are
 * finished, while they are still in a cache.
 */
import { sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import type { ContractPlan } from './contract-panels.js'
import type { Phase } from './phase.js'
import type { WasmCosts } from './target.js'

/** A map over the product that follows it, written as a function already. */
export interface Epilogue extends Phase {
  /** How many units of the map belong to each row of the product, or, in a batch, to each matrix. */
  readonly perPart: number
}

/**
 * The map, if every row of the product (in a batch, every matrix) has a whole number of its units, so that it can be done part by part.
 * Undefined where it must wait for the whole product.
 */
export const epilogueOf = (
  stage: Contract,
  { swapped, rows, columns }: ContractPlan,
  map: Phase | undefined,
  { products }: WasmCosts,
): Epilogue | undefined => {
  if (map === undefined) return undefined
  const batch = sizeOf(stage.sizes.batch)
  const { units, multiple } = map.division
  // A part of the map must begin at a multiple of `multiple`, where its vectors may begin. Each matrix must do so, or each panel of four
  // rows.
  if (batch > 1) {
    const perMatrix = units / batch
    return Number.isInteger(perMatrix) && perMatrix % multiple === 0 ? { ...map, perPart: perMatrix } : undefined
  }
  const perRow = units / rows.size
  const isByRows = !swapped && stage.sizes.rows.length === 1 && columns.count <= products.columnPanels
  return isByRows && Number.isInteger(perRow) && rows.width % multiple === 0 ? { ...map, perPart: perRow } : undefined
}
