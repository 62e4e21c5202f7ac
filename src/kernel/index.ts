export type { Kernel, ViewAxis } from './kernel.js'
export { type MonoidName, type MonoidScalar, monoids } from './monoids.js'
export type {
  ArrayRef,
  Body,
  LaneOperator,
  LaneTerm,
  LocalRef,
  Operator,
  Routine,
  RoutinePhase,
  Statement,
  Term,
  Word,
} from './routine.js'
export * as routine from './routine.js'
export { type ElementaryName, type ScalarName, scalars } from './scalars.js'
