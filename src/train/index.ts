export { type Evaluate, evaluate } from './evaluate.js'
export { type Fold, fold, type Observer } from './fold.js'
export { type Batch, batchLoss, init, type MakeBatchLoss, type MakeStep, type Metrics, type Step, step, type TrainState } from './step.js'
