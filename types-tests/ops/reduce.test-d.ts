import {
  all,
  any,
  argmax,
  argmin,
  countNonzero,
  logSumExp,
  max,
  mean,
  median,
  min,
  nanArgmax,
  nanArgmin,
  nanMax,
  nanMean,
  nanMedian,
  nanMin,
  nanProd,
  nanQuantile,
  nanStd,
  nanSum,
  nanVariance,
  norm,
  pipe,
  prod,
  ptp,
  quantile,
  std,
  sum,
  type Tensor,
  variance,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, nothing, scalar, vector, words, x } from '../given.js'

declare const axis: number
declare const ragged: Tensor<'3' | '2 3'>

typeOf(pipe(images, sum())).is<Tensor<''>>()
typeOf(pipe(images, sum('batch'))).is<Tensor<'784'>>()
typeOf(pipe(images, sum(-1, { keepDims: true }))).is<Tensor<'batch 1'>>()
typeOf(pipe(ints, prod(0))).is<Tensor<'', 'int32'>>()
typeOf(pipe(words, max())).is<Tensor<'', 'uint32'>>()
typeOf(pipe(zeros('2 3 4'), min([0, -1]))).is<Tensor<'3'>>()
typeOf(pipe(x, mean([0, 1], { keepDims: true }))).is<Tensor<'1 1'>>()
typeOf(pipe(doubles, variance())).is<Tensor<'', 'float64'>>()
typeOf(pipe(x, std(0))).is<Tensor<'3'>>()
typeOf(pipe(images, logSumExp(-1))).is<Tensor<'batch'>>()
typeOf(pipe(flags, any())).is<Tensor<'', 'bool'>>()
typeOf(pipe(zeros('2 3', {}, 'bool'), all(1))).is<Tensor<'2', 'bool'>>()
typeOf(pipe(images, argmax(-1))).is<Tensor<'batch', 'int32'>>()
typeOf(pipe(words, argmin(0))).is<Tensor<'', 'int32'>>()

typeOf(pipe(either, sum(0))).is<Tensor<''>>()
typeOf(pipe(gradual, sum(0))).is<Tensor<string>>()
typeOf(pipe(anything, sum(0))).is<Tensor<string>>()
typeOf(pipe(nothing, sum(0))).is<Tensor<never>>()
typeOf(pipe(x, sum(axis))).is<Tensor<string>>()
typeOf(pipe(gradual, argmax(0))).is<Tensor<string, 'int32'>>()

// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"sum: axis 2 is out of range for 'batch 784', which has 2 axes (-2 to 1)"'.
pipe(images, sum(2))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"prod: 'batch 784' has no axis 'time'"'.
pipe(images, prod('time'))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"max: axis 0 of 'batch 784' is given twice"'.
pipe(images, max([0, 'batch']))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"min: '784' is a size and not a name, give the position of the axis"'.
pipe(images, min('784'))
// @ts-expect-error Type 'Tensor<"n n", "float32">' is not assignable to type '"sum: 'n n' has axis 'n' more than once, give its position"'.
pipe(zeros('n n', { n: 2 }), sum('n'))
// @ts-expect-error Type 'Tensor<"", "float32">' is not assignable to type '"logSumExp: axis 0 is out of range for '', which has no axes"'.
pipe(scalar, logSumExp(0))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"mean: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, mean())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"variance: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, variance())
// @ts-expect-error Type 'Tensor<"3", "uint32">' is not assignable to type '"std: needs a float dtype, not uint32: cast('float32') first"'.
pipe(words, std())
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"sum: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, sum())
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"any: needs bool, not float32"'.
pipe(vector, any())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"all: needs bool, not int32"'.
pipe(ints, all())
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"argmax: axis 3 is out of range for '3', which has 1 axis (-1 to 0)"'.
pipe(vector, argmax(3))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"argmin: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, argmin(0))

// A greatest entry is one of some.
typeOf(pipe(zeros('0 3'), argmax(1))).is<Tensor<'0', 'int32'>>()
// @ts-expect-error Type 'Tensor<"0 3", "float32">' is not assignable to type '"argmax: '0 3' has no entries along axis 0"'.
pipe(zeros('0 3'), argmax(0))
// @ts-expect-error Type 'Tensor<"0 3", "float32">' is not assignable to type '"argmin: '0 3' has no entries along axis 0"'.
pipe(zeros('0 3'), argmin(-2))

// Of several shapes each is reduced by its own axes.
typeOf(pipe(ragged, sum(-1))).is<Tensor<'' | '2'>>()

// Places among several axes, and what needs an entry.
typeOf(pipe(images, argmax())).is<Tensor<'', 'int32'>>()
typeOf(pipe(zeros('2 3 4'), argmin([0, -1], { keepDims: true }))).is<Tensor<'1 3 1', 'int32'>>()
typeOf(pipe(ints, ptp())).is<Tensor<'', 'int32'>>()
typeOf(pipe(flags, countNonzero())).is<Tensor<'', 'int32'>>()
typeOf(pipe(doubles, median())).is<Tensor<'', 'float64'>>()
// @ts-expect-error Type 'Tensor<"0 3", "float32">' is not assignable to type '"ptp: '0 3' has no entries along axis 0"'.
pipe(zeros('0 3'), ptp())
// @ts-expect-error Type 'Tensor<"0 3", "float32">' is not assignable to type '"quantile: '0 3' has no entries along axis 0"'.
pipe(zeros('0 3'), quantile(0.5)([1, 0], { keepDims: true }))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"median: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, median(0))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"nanMax: needs a float dtype, not bool: cast('float32') first"'.
pipe(flags, nanMax())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanMean: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanMean())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanMin: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanMin())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanProd: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanProd())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanSum: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanSum())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanStd: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanStd())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanVariance: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanVariance())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanMedian: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanMedian())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanArgmax: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanArgmax())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanArgmin: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanArgmin())
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"nanQuantile: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, nanQuantile(0.5)())
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"countNonzero: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
pipe(flags, countNonzero(1))
// @ts-expect-error Argument of type '{ ord: number; p: number; }' is not assignable to parameter of type '"norm: there is no option 'p', give keepDims, where or ord"'.
norm(0, { ord: 1, p: 1 })

// Masks and weights broadcast to what is reduced.
typeOf(pipe(x, sum(0, { where: flags }))).is<Tensor<'3'>>()
typeOf(pipe(x, mean(-1, { where: zeros('2 1', {}, 'bool'), weights: vector, keepDims: true }))).is<Tensor<'2 1'>>()
typeOf(pipe(gradual, max(0, { where: flags }))).is<Tensor<string>>()
declare const perhapsMask: { readonly where?: Tensor<'7', 'bool'> }
typeOf(pipe(x, sum(0, perhapsMask))).is<Tensor<'3'>>()
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"sum: where is '3', which does not broadcast to 'batch 784'"'.
pipe(images, sum(0, { where: flags }))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"mean: weights is '3', which does not broadcast to 'batch 784'"'.
pipe(images, mean(0, { weights: vector }))
// @ts-expect-error Type 'Tensor<"3", "float64">' is not assignable to type '"mean: float64 and float32: dtypes differ, cast one of them"'.
pipe(doubles, mean(0, { weights: vector }))
