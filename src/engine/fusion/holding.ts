/** The stages of an operation that holds programs: a block, a loop or a choice. */
import type { LoweredBlock, LoweredBranch, LoweredLoop, LoweredWhile, Program } from '../../program/index.js'
import { blockStage } from './block.js'
import { branchStage } from './branch.js'
import { type Buffers, type HoldingStages, loopStages } from './loop.js'
import type { Graph } from './stage.js'
import { whileStages } from './while.js'

interface Holding extends Buffers {
  /** The stages of a program that an operation holds. */
  readonly held: (body: Program) => Graph
}

/** The stages of such an operation with these operands, and the buffers of its results. */
export const holdingStages = (
  lowered: LoweredBlock | LoweredBranch | LoweredLoop | LoweredWhile,
  operands: readonly number[],
  build: Holding,
): HoldingStages => {
  switch (lowered.kind) {
    case 'block':
      return blockStage(build.held(lowered.program), operands, build)
    case 'loop':
      return loopStages(lowered, build.held(lowered.body), operands, build)
    case 'while':
      return whileStages(lowered, build.held(lowered.predicate), build.held(lowered.body), operands, build)
    case 'branch':
      return branchStage(lowered.cases.map(build.held), operands, build)
  }
}
