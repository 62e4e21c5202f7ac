export type { Batch, BatchRule, InputRule, StateRule, TargetRule, TrainState } from './batch.js'
export { type Evaluation, evaluate } from './evaluate.js'
export {
  type AnyStep,
  type FoldFrom,
  fold,
  type Observer,
  type ObserverOf,
  type Trained,
  type Training,
  type TrainingFrom,
} from './fold.js'
export {
  type AnyLoss,
  type BatchLoss,
  batchLoss,
  init,
  type LossRule,
  type Metrics,
  type Step,
  type StepOptions,
  step,
  type TargetFor,
} from './step.js'
