/** What each routine becomes: the engine's own way where it has one, else the routine as it is written. */
import { bytesOf, type DType } from '../../tensor/index.js'
import type { Graph, RoutineStage } from '../fusion/stage.js'
import type { Code } from './encoder.js'
import { checkRounds } from './limits.js'
import type { OwnWay } from './own-way.js'
import type { Division } from './phase.js'
import { type RoutinePlaces, writePhase } from './routine.js'
import { scatter } from './scatter.js'
import type { WasmCosts } from './target.js'

/** Own ways by the names of routines; undefined for a case in which the routine as written is as good. */
const ownWays: { readonly [routine: string]: ((stage: RoutineStage, dtype: DType, costs: WasmCosts) => OwnWay | undefined) | undefined } = {
  scatterAdd: scatter,
}

const ownWayOf = (stage: RoutineStage, dtypeOf: (buffer: number) => DType, costs: WasmCosts): OwnWay | undefined => {
  const [result] = stage.writes
  return result === undefined ? undefined : ownWays[stage.name]?.(stage, dtypeOf(result), costs)
}

/** Bytes of each array that a routine works in. */
export const routineSpace = (stage: RoutineStage, graph: Graph, costs: WasmCosts): readonly number[] =>
  ownWayOf(stage, buffer => graph.buffers[buffer]?.dtype ?? 'float32', costs)?.space ??
  stage.body.scratch.map(({ dtype, length }) => length * bytesOf(dtype))

/** The functions that do a routine, one after another. */
export const routineWriters = (stage: RoutineStage, places: RoutinePlaces, costs: WasmCosts): readonly ((code: Code) => Division)[] => {
  for (const { rounds } of stage.body.phases) checkRounds(rounds, `${stage.name} goes through ${rounds} places`)
  const own = ownWayOf(stage, places.dtypeOf, costs)
  return own
    ? [code => own.write(code, stage, places)]
    : stage.body.phases.map((_, which) => (code: Code) => writePhase(code, stage, which, places))
}
