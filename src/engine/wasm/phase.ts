/** What a stage is written as: functions, each of which does a share of its work. */
import type { Leaf } from '../fusion/stage.js'

/** How the work of a function is divided among threads: into units, of which each call does those from `low` to `high`. */
export interface Division {
  /** What `low` and `high` of the function count. */
  readonly units: number
  /** A share begins at a multiple of this. */
  readonly multiple: number
  /** What a unit costs, in nanoseconds; 0 for work that cannot be divided. */
  readonly weight: number
}

/** One function `(base, low, high)` and how its work is divided. */
export interface Phase {
  readonly index: number
  readonly division: Division
}

/** A phase with the stages that it is of. */
export interface StagePhase extends Phase {
  readonly stages: readonly Leaf[]
}
