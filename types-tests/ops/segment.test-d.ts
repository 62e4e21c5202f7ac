import {
  bincount,
  corrCoef,
  cov,
  histogram,
  histogramEdges,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentProd,
  segmentSum,
  type Tensor,
  tensor,
  trapezoid,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, flags, images, ints, vector, x } from '../given.js'

declare const edges: Tensor<'k'>
declare const perhaps: boolean
typeOf(segmentSum(ints, 5)(zeros('3 8', {}, 'float64'))).is<Tensor<'5 8', 'float64'>>()
typeOf(histogram(edges)(x)).is<Tensor<'k-1', 'int32'>>()
typeOf(histogram(4, { weights: x })(x)).is<Tensor<'4'>>()
typeOf(histogram(4, { range: [0, 1] })(doubles)).is<Tensor<'4', 'int32'>>()
typeOf(histogram(4, { density: perhaps })(x)).is<Tensor<'4', 'float32' | 'int32'>>()
typeOf(cov('batch')(images)).is<Tensor<'784 784'>>()
typeOf(cov(-1)(images)).is<Tensor<'batch batch'>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"segmentSum: '2 3' by labels of shape '3': the labels have one axis, which is the first of what they label"'.
segmentSum(ints, 5)(x)
// @ts-expect-error Argument of type '"k"' is not assignable to parameter of type '"segmentSum: 'k' in 'k' has no size: give one, as in segmentSum('k', { k: 32 })"'.
segmentSum(ints, 'k')
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"segmentMean: needs a float dtype, not int32: cast('float32') first"'.
segmentMean(ints, 2)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"segmentProd: needs numbers, not bool: cast('float32') or cast('int32') first"'.
segmentProd(ints, 2)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"segmentMax: needs numbers, not bool: cast('float32') or cast('int32') first"'.
segmentMax(ints, 2)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"segmentMin: needs numbers, not bool: cast('float32') or cast('int32') first"'.
segmentMin(ints, 2)(flags)
// @ts-expect-error Argument of type '"2 3"' is not assignable to parameter of type '"bincount: '2 3' is not one axis: give a name or a size, as in bincount('batch')"'.
bincount('2 3')
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"bincount: labels are float32: cast('int32') first"'.
bincount(3)(x)
// @ts-expect-error Argument of type '0' is not assignable to parameter of type '"histogram: 0 bins: give a whole number from 1 up"'.
histogram(0)
// @ts-expect-error Argument of type 'Tensor<"3", "float64">' is not assignable to parameter of type '"histogram: float64 and float32: dtypes differ, cast one of them"'.
histogram(vector)(doubles)
// @ts-expect-error Argument of type 'Tensor<"1", "float32">' is not assignable to parameter of type '"histogram: edges of shape '1': give at least two along one axis"'.
histogram(tensor([1]))
// @ts-expect-error Argument of type '2.5' is not assignable to parameter of type '"histogramEdges: 2.5 bins: give a whole number from 1 up"'.
histogramEdges(2.5)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"cov: '3' has 1 axes, not two: observations and variables"'.
cov(0)(vector)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"corrCoef: '2 3' has no axis 'batch'"'.
corrCoef('batch')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"trapezoid: points of shape '3' along axis 0 of '2 3': give one for each of its entries"'.
trapezoid(0, vector)(x)
