/** A routine that this engine has a way of its own for. */
import type { RoutineStage } from '../fusion/stage.js'
import type { Code } from './encoder.js'
import type { Division } from './phase.js'
import type { RoutinePlaces } from './routine.js'

/** A way of this engine to do a routine. */
export interface OwnWay {
  /** Bytes of each array that it works in. */
  readonly space: readonly number[]
  readonly write: (code: Code, stage: RoutineStage, places: RoutinePlaces) => Division
}
