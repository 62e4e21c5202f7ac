/** Maps that go with a product: bias, activation and the activation's derivative, done to rows while they are in a cache. */
import { sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import { type ContractPlan, rowsPerPanel } from './contract-panels.js'
import type { Phase } from './phase.js'

/** Panels of columns that stay in the second cache. */
export const columnPanelsPerBlock = 128

/** A map over the product that follows it, written as a function already. */
export interface Epilogue extends Phase {
  /** Units of the map in each row of the product, or of a batch in each matrix. */
  readonly perPart: number
}

/** The map that goes with a product's parts, if its units are parts of them; undefined where it must wait for the whole product. */
export const epilogueOf = (stage: Contract, { swapped, rows, columns }: ContractPlan, map: Phase | undefined): Epilogue | undefined => {
  if (map === undefined) return undefined
  const batch = sizeOf(stage.sizes.batch)
  const { units, multiple } = map.division
  // A share of the map begins at a multiple of its vectors: so do four rows, but matrices need not.
  if (batch > 1) {
    const perMatrix = units / batch
    return Number.isInteger(perMatrix) && perMatrix % multiple === 0 ? { ...map, perPart: perMatrix } : undefined
  }
  const perRow = units / rows.size
  const isByRows = !swapped && stage.sizes.rows.length === 1 && columns.count <= columnPanelsPerBlock
  return isByRows && Number.isInteger(perRow) && rowsPerPanel % multiple === 0 ? { ...map, perPart: perRow } : undefined
}
