export { check } from './check.js'
export { dependents } from './dependents.js'
export { dot, mermaid } from './draw.js'
export { currentRounds, hasEffects, isEffectful, withoutEffects } from './effects.js'
export {
  type Apply,
  type Bytes,
  type Engine,
  type Executable,
  type Loop,
  type ModuleLayout,
  type ModulePlace,
  plainLoop,
  type StageTime,
} from './engine.js'
export { applyAtOnce, applyProgram, operandOf, plainApply } from './evaluate.js'
export { inlineCalls } from './inline.js'
export { operationKey, programKey } from './key.js'
export { needed } from './needed.js'
export type {
  Differentiated,
  Lowered,
  LoweredBlock,
  LoweredBranch,
  LoweredLoop,
  LoweredWhile,
  Narrowed,
  Operand,
  Operation,
  Param,
  Params,
  Pushed,
  Row,
  ValueOrZero,
} from './operation.js'
export { isWatched, type Origin, observe, originHere, pulledBackFor, watched } from './origin.js'
export { print, printEquation } from './print.js'
export { type Atom, type Constant, describe, type Equation, type Program, sameAval, type Variable } from './program.js'
export { simplify } from './simplify.js'
export { type SplitProgram, split } from './split.js'
export { walk } from './walk.js'
export { applyWithEffects, prepare } from './with-effects.js'
