import { loss, metric, type Tensor, tensor, zeros } from 'pullback'
import { type Assert, type Equal, typeOf } from '../assert.js'
import { doubles, either, flags, gradual, ints, vector, x } from '../given.js'

const classes = tensor(2, 'int32')

typeOf(loss.meanSquaredError(vector, vector)).is<Tensor<''>>()
typeOf(loss.meanAbsoluteError(x, x)).is<Tensor<''>>()
typeOf(loss.huber(0.5)(vector, vector)).is<Tensor<''>>()
typeOf(loss.binaryCrossEntropy(vector, vector)).is<Tensor<''>>()
typeOf(loss.binaryCrossEntropyLogits(x, x)).is<Tensor<''>>()
typeOf(loss.softmaxCrossEntropyOneHot(x, x)).is<Tensor<''>>()
typeOf(loss.meanSquaredError(gradual, gradual)).is<Tensor<''>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
loss.meanSquaredError(vector, x)
// @ts-expect-error Type '"3"' is not assignable to type '"2 3"'.
loss.meanAbsoluteError(x, vector)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
loss.huber()(vector, x)
// @ts-expect-error Type '"bool"' is not assignable to type '"float32"'.
loss.binaryCrossEntropy(vector, flags)
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
loss.binaryCrossEntropyLogits(vector, ints)
// @ts-expect-error Type '"float64"' is not assignable to type '"float32"'.
loss.meanSquaredError(doubles, vector)
// @ts-expect-error Type '""' is not assignable to type '"3"'.
loss.softmaxCrossEntropyOneHot(vector, classes)
// @ts-expect-error Type '"4"' is not assignable to type '"3"'.
loss.meanSquaredError(vector, either)

// One label for each row of the logits.
typeOf(loss.softmaxCrossEntropy(vector, classes)).is<Tensor<''>>()
typeOf(loss.softmaxCrossEntropy(zeros('3 10'), ints)).is<Tensor<''>>()
// @ts-expect-error Type '"3"' is not assignable to type '""'.
loss.softmaxCrossEntropy(vector, ints)
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
loss.softmaxCrossEntropy(zeros('3 10'), vector)
// @ts-expect-error Type '"4"' is not assignable to type '"3"'.
loss.softmaxCrossEntropy(zeros('3 10'), zeros('4', {}, 'int32'))

export type TargetCases = [
  Assert<Equal<loss.Target<loss.SameShape, '2 3'>, Tensor<'2 3'>>>,
  Assert<Equal<loss.Target<loss.ClassIndex, '10'>, Tensor<'', 'int32'>>>,
  Assert<Equal<loss.Target<loss.ClassIndex, 'batch 10'>, Tensor<'batch', 'int32'>>>,
  Assert<Equal<loss.Target<loss.ClassIndex, string>, Tensor<string, 'int32'>>>,
]

typeOf(metric.accuracy(zeros('3 10'), ints)).is<Tensor<''>>()
typeOf(metric.confusionMatrix(3)(ints, ints)).is<Tensor<'3 3', 'int32'>>()
// @ts-expect-error Type '"3"' is not assignable to type '""'.
metric.accuracy(vector, ints)
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
metric.confusionMatrix(3)(vector, vector)
// @ts-expect-error Argument of type '-1' is not assignable to parameter of type '"confusionMatrix: -1 classes: give a whole number from 1 up"'.
metric.confusionMatrix(-1)
// @ts-expect-error Argument of type '0' is not assignable to parameter of type '"confusionMatrix: 0 classes: give a whole number from 1 up"'.
metric.confusionMatrix(0)
