import {
  broadcastTo,
  expandDims,
  flatten,
  matmul,
  moveAxis,
  permute,
  pipe,
  reshape,
  reverse,
  squeeze,
  swapAxes,
  type Tensor,
  transpose,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { anything, either, flags, gradual, images, nothing, vector, x } from '../given.js'

declare const text: string
declare const sizes: { readonly [name: string]: number }
declare const perhaps: { readonly n?: number }

typeOf(pipe(images, reshape('batch 28 28'))).is<Tensor<'batch 28 28'>>()
typeOf(pipe(x, reshape('6'))).is<Tensor<'6'>>()
typeOf(pipe(flags, reshape('3 1'))).is<Tensor<'3 1', 'bool'>>()
typeOf(pipe(gradual, reshape('6'))).is<Tensor<'6'>>()
typeOf(pipe(gradual, broadcastTo('2 6'))).is<Tensor<'2 6'>>()
// @ts-expect-error Type 'Tensor<string, "float32">' is not assignable to type '"shape '3,2': write one space between axes"'.
pipe(gradual, reshape('3,2'))
typeOf(pipe(x, reshape(text))).is<Tensor<string>>()
typeOf(pipe(nothing, reshape('6'))).is<Tensor<never>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"reshape: '2 3' has 6 values and '5' has 5"'.
pipe(x, reshape('5'))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"reshape: 'batch 784' has 784 values for each 'batch' and 'batch 28 29' has 812"'.
pipe(images, reshape('batch 28 29'))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"reshape: 'batch 784' to '784': 'batch*784' and '784' are not equal for all sizes of the names: as or rename checks it for the sizes at hand"'.
pipe(images, reshape('784'))
typeOf(pipe(images, reshape('batch*784'))).is<Tensor<'batch*784'>>()
typeOf(pipe(images, reshape('784*batch'))).is<Tensor<'784*batch'>>()
typeOf(pipe(images, reshape('4 batch//4 784'))).is<Tensor<'4 batch//4 784'>>()
typeOf(pipe(zeros('n*2 3', { n: 4 }), reshape('n 6'))).is<Tensor<'n 6'>>()
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"reshape: 'batch 784' to '4 batch//2 784': 'batch*784' and '(batch//2)*3136' are not equal for all sizes of the names: as or rename checks it for the sizes at hand"'.
pipe(images, reshape('4 batch//2 784'))
// @ts-expect-error Type 'Tensor<"m*n", "float32">' is not assignable to type '"reshape: 'm*n' to 'm n': the sizes of 'm' and 'n' are not known, as or rename gives them"'.
pipe(zeros('m*n', { m: 2, n: 3 }), reshape('m n'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"shape '3,2': write one space between axes"'.
pipe(x, reshape('3,2'))

typeOf(pipe(x, flatten)).is<Tensor<'6'>>()
typeOf(pipe(gradual, flatten)).is<Tensor<string>>()
typeOf(pipe(images, flatten)).is<Tensor<'batch*784'>>()
typeOf(pipe(zeros('n n+1', { n: 2 }), flatten)).is<Tensor<'n*n+n'>>()
declare const sums: Tensor<'a+b+c+d+e+f+g+h+i a+b+c+d+e+f+g+h+i'>
// @ts-expect-error Type 'Tensor<"a+b+c+d+e+f+g+h+i a+b+c+d+e+f+g+h+i", "float32">' is not assignable to type '"flatten: 'a+b+c+d+e+f+g+h+i a+b+c+d+e+f+g+h+i' has more than 64 terms once it is multiplied out"'.
pipe(sums, flatten)

typeOf(pipe(zeros('1 3 1'), squeeze())).is<Tensor<'3'>>()
typeOf(pipe(zeros('1 3 1'), squeeze(-1))).is<Tensor<'1 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"squeeze: axis 0 of '2 3' is '2', not '1'"'.
pipe(x, squeeze(0))

typeOf(pipe(images, expandDims(0))).is<Tensor<'1 batch 784'>>()
typeOf(pipe(either, expandDims(-1))).is<Tensor<'3 1' | '4 1'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"expandDims: axis 5 is out of range for the result of '2 3', which has 3 axes (-3 to 2)"'.
pipe(x, expandDims(5))

typeOf(pipe(vector, broadcastTo('2 3'))).is<Tensor<'2 3'>>()
typeOf(pipe(vector, broadcastTo('batch 3', { batch: 2 }))).is<Tensor<'batch 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"broadcastTo: '2 3' does not broadcast to '3 2': '3' is neither '1' nor '2'"'.
pipe(x, broadcastTo('3 2'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"broadcastTo: '2 3' does not broadcast to '3': it has more axes"'.
pipe(x, broadcastTo('3'))

typeOf(pipe(zeros('2 3 4'), permute([2, 0, 1]))).is<Tensor<'4 2 3'>>()
typeOf(pipe(images, permute([1, 'batch']))).is<Tensor<'784 batch'>>()
typeOf(pipe(anything, permute([1, 0]))).is<Tensor<string>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"permute: '2 3' has 2 axes and 1 are given, give each axis once"'.
pipe(x, permute([0]))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"permute: axis 0 of '2 3' is given twice"'.
pipe(x, permute([0, -2]))

typeOf(transpose(zeros('2 3 4'))).is<Tensor<'4 3 2'>>()
typeOf(transpose(vector)).is<Tensor<'3'>>()
typeOf(transpose(either)).is<Tensor<'3' | '4'>>()
typeOf(pipe(x, transpose, matmul(x))).is<Tensor<'3 3'>>()
// @ts-expect-error Type 'Tensor<"3 2", "float32">' is not assignable to type '"matmul: '3 2' by '3 2': inner axes differ, '2' is not '3'"'.
pipe(x, transpose, matmul(transpose(x)))
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'Tensor<string, DType>'.
transpose(3)

typeOf(pipe(zeros('2 3 4'), swapAxes(0, -1))).is<Tensor<'4 3 2'>>()
typeOf(pipe(images, swapAxes('batch', 1))).is<Tensor<'784 batch'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"swapAxes: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
pipe(x, swapAxes(0, 2))

typeOf(pipe(zeros('2 3 4'), moveAxis(0, -1))).is<Tensor<'3 4 2'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"moveAxis: '2 3' has no axis 'batch'"'.
pipe(x, moveAxis('batch', 0))

typeOf(pipe(images, reverse('batch'))).is<Tensor<'batch 784'>>()
typeOf(pipe(flags, reverse())).is<Tensor<'3', 'bool'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"reverse: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
pipe(x, reverse(2))

// A new name takes its size, from options that are sure to have it.
typeOf(pipe(x, broadcastTo('n 2 3', { n: 4 }))).is<Tensor<'n 2 3'>>()
typeOf(pipe(images, broadcastTo('2 batch 784'))).is<Tensor<'2 batch 784'>>()
typeOf(pipe(x, broadcastTo('n 2 3', sizes))).is<Tensor<'n 2 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"broadcastTo: 'n' in 'n 2 3' has no size: give one, as in broadcastTo('n 2 3', { n: 32 })"'.
pipe(x, broadcastTo('n 2 3'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"broadcastTo: 'k' in 'n+k+1 2 3' has no size: give one, as in broadcastTo('n+k+1 2 3', { k: 32 })"'.
pipe(x, broadcastTo('n+k+1 2 3', { n: 4 }))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"broadcastTo: 'n' in 'n 2 3' has no size: give one, as in broadcastTo('n 2 3', { n: 32 })"'.
pipe(x, broadcastTo('n 2 3', perhaps))
