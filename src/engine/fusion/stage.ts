/**
 * What is left of a program after fusion: buffers, and stages that fill them. A stage of scalar code holds one expression for each buffer that it
 * fills, with the whole chain of operations in it.
 */
import type { Body, MonoidName, Routine } from '../../kernel/index.js'
import type { Equation } from '../../program/index.js'
import type { DType } from '../../tensor/index.js'
import type { Expression, Load } from './expression.js'

/** An array in row-major order. */
export interface BufferInfo {
  readonly sizes: readonly number[]
  readonly dtype: DType
}

/** Where a map writes: a buffer, at an affine function of the index. */
export interface Store {
  readonly buffer: number
  readonly start: number
  readonly strides: readonly number[]
  readonly expression: Expression
}

/** A stage may say which equation made it, for whoever looks for the time of each; scalar code says it of each operation. */
interface Sourced {
  readonly source?: Equation | undefined
}

export interface ReduceStage extends Sourced {
  readonly kind: 'reduce'
  readonly by: MonoidName
  /** The index space: kept axes first, then the reduced ones. */
  readonly kept: readonly number[]
  readonly reduced: readonly number[]
  /** The last axis of what is reduced is kept: neighbours are different results. */
  readonly byColumns: boolean
  readonly expression: Expression
  readonly buffer: number
  /** What is also written on the way, at every place of the index space: by rows only. */
  readonly stores?: readonly Store[]
}

/** Scalar code at every place of an index space. */
export interface MapStage extends Sourced {
  readonly kind: 'map'
  readonly sizes: readonly number[]
  readonly stores: readonly Store[]
  /** The one store leaves gaps, which become zero: before a share of the first axis is written, as large a share of the buffer is set to zero. */
  readonly amongZeros?: true
}

/** Where contracted entries are cut: so many at a time along one axis, with all of the axes after it. */
export interface Block {
  readonly axis: number
  readonly entries: number
  /** In a long product of float32: so many at a time along the axis are added up before their sum goes to a total in float64. */
  readonly share?: number
}

/** A product: each result is a sum over the contracted axes. Every list has at least one axis. */
export interface Contract extends Sourced {
  readonly kind: 'contract'
  readonly sizes: {
    readonly batch: readonly number[]
    readonly rows: readonly number[]
    readonly columns: readonly number[]
    readonly inner: readonly number[]
  }
  readonly block: Block
  /** Strides along the axes of the batch, the rows and what is contracted. */
  readonly left: Load
  /** Strides along the axes of the batch, what is contracted and the columns. */
  readonly right: Load
  readonly buffer: number
  /** A map that reads the product in order: done to rows that are finished, while they are in a cache. */
  readonly epilogue?: MapStage
}

/** A routine with its buffers. */
export interface RoutineStage extends Sourced {
  readonly kind: 'routine'
  readonly name: string
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  /** The first buffer that it writes has contents already, which it changes. */
  readonly isOnto: boolean
  readonly reports: Routine['reports']
  readonly body: Body
}

/**
 * A row of a stack copied to a place of its own (`in`), or from there into the stack (`out`). The counter, a number in a buffer, says which: how
 * many rounds of the loop are over. In reverse the last row is the first.
 */
export interface RowStage extends Sourced {
  readonly kind: 'row'
  readonly direction: 'in' | 'out'
  readonly counter: number
  readonly stack: number
  readonly row: number
  readonly length: number
  readonly reverse: boolean
}

/**
 * Stages that are run `length` times, with the rounds counted in a buffer. A buffer that is filled before the loop, or read after it, keeps its
 * place throughout; any other is of one round.
 */
export interface LoopStage {
  readonly kind: 'loop'
  readonly length: number
  readonly counter: number
  readonly stages: readonly Stage[]
  /** The buffer of each next carry, and that of the carry: a copy at the end of a round, which is saved where both have one place. */
  readonly carries: ReadonlyMap<number, number>
}

/**
 * Stages that are run while the stages of a predicate leave a bool in `flag` that is true, but at most `most` times. Places are kept as in a loop.
 */
export interface WhileStage {
  readonly kind: 'while'
  readonly most: number
  readonly predicate: readonly Stage[]
  readonly flag: number
  readonly stages: readonly Stage[]
  readonly carries: ReadonlyMap<number, number>
}

/** The stages of one of several cases, which a number in a buffer chooses: the first for a number below it, the last for one above it. */
export interface BranchStage {
  readonly kind: 'branch'
  readonly index: number
  readonly cases: readonly (readonly Stage[])[]
}

/** Stages that are run where they stand: none of them is joined with a stage outside. */
export interface BlockStage {
  readonly kind: 'block'
  readonly stages: readonly Stage[]
}

/** A stage that is not made of others. */
export type Leaf =
  | MapStage
  /** Zeros everywhere, before parts are placed. */
  | (Sourced & { readonly kind: 'zero'; readonly buffer: number })
  | (Sourced & { readonly kind: 'copy'; readonly from: number; readonly buffer: number })
  | ReduceStage
  | Contract
  | RoutineStage
  | RowStage

export type Stage = Leaf | BlockStage | LoopStage | WhileStage | BranchStage

/** A whole program as buffers and stages, which are run in their order. */
export interface Graph {
  readonly buffers: readonly BufferInfo[]
  /** The buffer of each of the program's inputs. */
  readonly inputs: readonly number[]
  readonly stages: readonly Stage[]
  /** The buffer of each of the program's outputs. */
  readonly outputs: readonly number[]
}
