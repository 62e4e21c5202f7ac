export { binaryCrossEntropy, binaryCrossEntropyLogits, softmaxCrossEntropy, softmaxCrossEntropyOneHot } from './classification.js'
export type { ClassIndex, Loss, SameShape, Target, TargetOf } from './loss.js'
export { huber, meanAbsoluteError, meanSquaredError } from './regression.js'
