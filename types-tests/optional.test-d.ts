/**
 * Arguments and options that may be missing, at every public function whose result type follows from one: the type says all that the result can
 * be, never only what it is where they are given. These hold with and without `exactOptionalPropertyTypes`.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import {
  all,
  any,
  arange,
  conv,
  eye,
  fromArray,
  fromArrayOrThrow,
  full,
  layer,
  linspace,
  logSumExp,
  max,
  maxPool,
  mean,
  meanPool,
  min,
  oneHot,
  ones,
  type PullbackError,
  pipe,
  prod,
  random,
  reverse,
  squeeze,
  std,
  sum,
  type Tensor,
  tensor,
  variance,
  zeros,
} from 'pullback'
import { type Any, typeOf } from './assert.js'
import { flags, ints, key, x } from './given.js'

declare const flag: boolean
declare const unknown: Any

// A value that may be undefined, an argument list that may end early.
declare const axis: 0 | undefined
declare const axes: readonly [0, 1] | undefined
declare const perhapsAxis: [axis?: 0]
type Some = Tensor<'' | '3'>
typeOf(sum(axis)(x)).is<Some>()
typeOf(prod(axis)(x)).is<Some>()
typeOf(max(axis)(x)).is<Some>()
typeOf(min(axis)(x)).is<Some>()
typeOf(mean(axis)(x)).is<Some>()
typeOf(variance(axis)(x)).is<Some>()
typeOf(std(axis)(x)).is<Some>()
typeOf(logSumExp(axis)(x)).is<Some>()
typeOf(any(axis)(flags)).is<Tensor<'', 'bool'>>()
typeOf(all(axis)(zeros('2 3', {}, 'bool'))).is<Tensor<'' | '3', 'bool'>>()
typeOf(sum(flag ? 0 : undefined)(x)).is<Some>()
typeOf(sum(axes)(x)).is<Tensor<''>>()
typeOf(sum(...perhapsAxis)(x)).is<Some>()
typeOf(sum(undefined)(x)).is<Tensor<''>>()
typeOf(squeeze(axis)(zeros('1 3 1'))).is<Tensor<'3' | '3 1'>>()
typeOf(squeeze(...perhapsAxis)(zeros('1 3 1'))).is<Tensor<'3' | '3 1'>>()
typeOf(reverse(axis)(x)).is<Tensor<'2 3'>>()
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"squeeze: axis 0 of '2 3' is '2', not '1'"'.
squeeze(axis)(x)

// Options: a property that may be missing, one that may be undefined, and a whole record that may be.
declare const perhapsKept: { readonly keepDims?: true }
typeOf(sum(0, flag ? { keepDims: true } : {})(x)).is<Tensor<'3' | '1 3'>>()
typeOf(mean(0, flag ? { keepDims: true } : undefined)(x)).is<Tensor<'3' | '1 3'>>()
typeOf(prod(0, { keepDims: flag ? true : undefined })(x)).is<Tensor<'3' | '1 3'>>()
typeOf(max(0, { keepDims: flag })(x)).is<Tensor<'3' | '1 3'>>()
typeOf(min(0, perhapsKept)(x)).is<Tensor<'3' | '1 3'>>()
typeOf(variance(0, {})(x)).is<Tensor<'3'>>()
typeOf(std(0, undefined)(x)).is<Tensor<'3'>>()
typeOf(logSumExp(0, unknown)(x)).is<Tensor<'3' | '1 3'>>()
typeOf(sum(axis, perhapsKept)(x)).is<Tensor<'' | '1 1' | '3' | '1 3'>>()
typeOf(sum(undefined, { keepDims: true })(x)).is<Tensor<'1 1'>>()
typeOf(any(0, perhapsKept)(flags)).is<Tensor<'' | '1', 'bool'>>()
typeOf(all(0, perhapsKept)(flags)).is<Tensor<'' | '1', 'bool'>>()
// @ts-expect-error Argument of type '{ keepDims: boolean; keepdims: boolean; }' is not assignable to parameter of type '"sum: there is no option 'keepdims', give keepDims or where"'.
sum(0, { keepDims: true, keepdims: true })

declare const image: Tensor<'1 9'>
declare const perhapsStride: { readonly stride?: 2; readonly groups?: 1 }
const kernel = zeros('8 1 3')
typeOf(conv(kernel, flag ? { stride: 2 } : {})(image)).is<Tensor<'8 7' | '8 4'>>()
typeOf(conv(kernel, flag ? { stride: 2 } : undefined)(image)).is<Tensor<'8 7' | '8 4'>>()
typeOf(conv(kernel, { stride: flag ? 2 : undefined })(image)).is<Tensor<'8 7' | '8 4'>>()
typeOf(conv(kernel, { padding: flag ? 'same' : undefined })(image)).is<Tensor<'8 9' | '8 7'>>()
typeOf(conv(kernel, { dilation: flag ? 2 : undefined })(image)).is<Tensor<'8 7' | '8 5'>>()
typeOf(conv(kernel, perhapsStride)(image)).is<Tensor<'8 7' | '8 4'>>()
typeOf(conv(kernel, unknown)(image)).is<Tensor<string>>()
// What goes together stays together: never a stride of 2 without the padding given with it.
typeOf(conv(kernel, flag ? { stride: 2, padding: 'same' } : {})(image)).is<Tensor<'8 7' | '8 5'>>()
// @ts-expect-error Argument of type 'Tensor<"1 9", "float32">' is not assignable to parameter of type '"conv: '1 9' by the kernel '8 1 3': channels differ, '1' is not 2 groups of '1'"'.
conv(kernel, { groups: flag ? 2 : undefined })(image)
// @ts-expect-error Argument of type '{ stride: number; paddings: number; }' is not assignable to parameter of type '"conv: there is no option 'paddings', give stride, padding, dilation or groups"'.
conv(kernel, { stride: 1, paddings: 2 })
typeOf(maxPool([3], flag ? { stride: 1 } : {})(image)).is<Tensor<'1 3' | '1 7'>>()
typeOf(maxPool([3], { stride: flag ? 1 : undefined })(image)).is<Tensor<'1 3' | '1 7'>>()
typeOf(meanPool([3], flag ? { padding: 1, stride: 2 } : undefined)(image)).is<Tensor<'1 3' | '1 5'>>()
typeOf(meanPool([3], unknown)(image)).is<Tensor<string>>()
// @ts-expect-error Argument of type '{ stride: number; groups: number; }' is not assignable to parameter of type '"maxPool: there is no option 'groups', give stride, padding or dilation"'.
maxPool([3], { stride: 1, groups: 1 })

// dtypes.
declare const dtype: 'float64' | undefined
declare const perhapsDType: [shape: '3', sizes: Record<never, never>, dtype?: 'float64']
type Float = 'float32' | 'float64'
typeOf(zeros('3', {}, dtype)).is<Tensor<'3', Float>>()
typeOf(zeros(...perhapsDType)).is<Tensor<'3', Float>>()
typeOf(ones('3', {}, dtype)).is<Tensor<'3', Float>>()
typeOf(full(7)('3', {}, dtype)).is<Tensor<'3', Float>>()
typeOf(zeros('3', {}, undefined)).is<Tensor<'3'>>()
typeOf(tensor([1, 2], dtype)).is<Tensor<'2', Float>>()
typeOf(tensor([true], flag ? 'int32' : undefined)).is<Tensor<'1', 'bool' | 'int32'>>()
typeOf(arange(3, dtype)).is<Tensor<'3', 'int32' | 'float64'>>()
typeOf(linspace(0, 1, 3, dtype)).is<Tensor<'3', Float>>()
typeOf(eye(3, dtype)).is<Tensor<'3 3', Float>>()
typeOf(fromArray('n', dtype)([1])).is<Either<PullbackError, Tensor<'n', Float>>>()
typeOf(fromArrayOrThrow('n', dtype)([1])).is<Tensor<'n', Float>>()
typeOf(oneHot(3, dtype)(ints)).is<Tensor<'3 3', Float>>()
typeOf(random.uniform('3', {}, dtype)(key)).is<Tensor<'3', Float>>()
typeOf(random.normal('3', {}, dtype)(key)).is<Tensor<'3', Float>>()
typeOf(random.truncatedNormal(-1, 1)('3', {}, dtype)(key)).is<Tensor<'3', Float>>()

// A number of keys: the tuple has as many as are asked for, or two.
declare const three: 3 | undefined
declare const perhapsThree: [n?: 3]
type Keys = readonly [random.Key, random.Key] | readonly [random.Key, random.Key, random.Key]
typeOf(random.split(three)(key)).is<Keys>()
typeOf(random.split(...perhapsThree)(key)).is<Keys>()
typeOf(random.split(flag ? 2 : 3)(key)).is<Keys>()

// A layer has a bias unless told otherwise.
const input = layer.input('2')
type Linear = layer.Linear<'2', '3'>
type Dense = layer.Dense<'2', '3'>
typeOf(pipe(input, layer.dense(3, flag ? { bias: false } : {}))).is<layer.Layer<[Linear | Dense], '2', '3'>>()
typeOf(pipe(input, layer.dense(3, { bias: flag ? false : undefined }))).is<layer.Layer<[Linear | Dense], '2', '3'>>()
typeOf(pipe(input, layer.dense(3, undefined))).is<layer.Layer<[Dense], '2', '3'>>()
// @ts-expect-error Argument of type '{ bias: boolean; biass: boolean; }' is not assignable to parameter of type '"dense(3): there is no option 'biass', give weight or bias"'.
layer.dense(3, { bias: false, biass: false })
