/** The register block of products and the panels that feed it: what the files of a product have in common. */
import type { DType } from '../../tensor/index.js'
import type { Stage } from '../fusion/stage.js'
import type { Instruction } from './encoder.js'

export type Contract = Extract<Stage, { kind: 'contract' }>

/** Rows of a register block. */
export const rowsPerPanel = 6

export interface Kind {
  readonly bytes: number
  /** Columns of a register block: two vectors. */
  readonly columns: number
  readonly splat: 'v128.load32_splat' | 'v128.load64_splat'
  readonly mul: Instruction
  readonly add: Instruction
  readonly store: 'v128.store32_lane' | 'v128.store64_lane'
}

export const kindOf = (dtype: DType): Kind => {
  if (dtype === 'float64')
    return { bytes: 8, columns: 4, splat: 'v128.load64_splat', mul: 'f64x2.mul', add: 'f64x2.add', store: 'v128.store64_lane' }
  const shape = dtype === 'float32' ? 'f32x4' : 'i32x4'
  return { bytes: 4, columns: 8, splat: 'v128.load32_splat', mul: `${shape}.mul`, add: `${shape}.add`, store: 'v128.store32_lane' }
}

/** How one side is read: bytes between contracted neighbours, between rows or columns within a panel, between panels and between batches. */
export interface Side {
  readonly start: number
  readonly inner: number
  readonly within: number
  readonly panel: number
  readonly batch: number
}

export const panels = (count: number, width: number): number => Math.ceil(count / width)

export interface ContractPlan {
  /** Bytes of working space: packed left side, packed right side. */
  readonly packLeft: number
  readonly packRight: number
}

/** Work below this is not worth a packed copy. */
const smallWork = 32 * 32 * 32

export const planContract = (stage: Contract): ContractPlan => {
  const { batch, rows, columns, inner } = stage.sizes
  const { bytes, columns: width } = kindOf(stage.left.dtype)
  const [, leftRow = 0, leftInner = 0] = stage.left.strides
  const [, , rightColumn = 0] = stage.right.strides
  const large = rows * columns * inner > smallWork
  const packLeft = large && leftRow === 1 && leftInner !== 1 && columns > 8
  const packRight = (columns > 1 && rightColumn !== 1) || (large && rows > 12)
  return {
    packLeft: packLeft ? batch * panels(rows, rowsPerPanel) * inner * rowsPerPanel * bytes : 0,
    packRight: packRight ? batch * panels(columns, width) * inner * width * bytes : 0,
  }
}
