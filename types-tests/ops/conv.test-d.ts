import { conv, maxPool, meanPool, pipe, relu, type Tensor, zeros } from 'pullback'
import { type Any, typeOf } from '../assert.js'
import { anything, doubles, flags, gradual, images, ints, nothing, vector, x } from '../given.js'

declare const photos: Tensor<'batch 3 224 224'>
declare const signals: Tensor<'1 100' | '1 50'>
declare const stride: number
declare const padding: 'same' | 'valid'
declare const step: 1 | 2
declare const unknown: Any

typeOf(pipe(photos, conv(zeros('64 3 7 7'), { stride: 2, padding: 3 }))).is<Tensor<'batch 64 112 112'>>()
typeOf(pipe(photos, conv(zeros('64 3 3 3'), { padding: 'same' }))).is<Tensor<'batch 64 224 224'>>()
typeOf(pipe(photos, conv(zeros('6 1 3 5'), { groups: 3, dilation: [1, 2], padding: [[0, 1], 0] }))).is<Tensor<'batch 6 223 216'>>()
typeOf(pipe(photos, conv(zeros('8 3 5 5')), relu, maxPool([2, 2]))).is<Tensor<'batch 8 110 110'>>()
typeOf(pipe(signals, conv(zeros('4 1 3')))).is<Tensor<'4 98' | '4 48'>>()
typeOf(pipe(zeros('1 8 8 8'), conv(zeros('2 1 2 2 2'), { stride: [1, 2, 3] }))).is<Tensor<'2 7 4 3'>>()
typeOf(pipe(zeros('3 9', {}, 'int32'), conv(zeros('2 3 1', {}, 'int32')))).is<Tensor<'2 9', 'int32'>>()
typeOf(pipe(photos, conv(zeros('64 3 7 7'), { stride }))).is<Tensor<string>>()
typeOf(pipe(photos, conv(zeros('64 3 7 7'), { stride: [1, stride] }))).is<Tensor<string>>()
typeOf(pipe(photos, conv(zeros('64 3 7 7'), { dilation: unknown }))).is<Tensor<string>>()
typeOf(pipe(photos, conv(zeros('64 3 7 7'), { padding: unknown }))).is<Tensor<string>>()
typeOf(pipe(photos, conv(zeros('64 3 7 7'), { groups: unknown }))).is<Tensor<string>>()
typeOf(pipe(zeros('1 9'), conv(zeros('8 1 3'), { padding }))).is<Tensor<'8 9' | '8 7'>>()
typeOf(pipe(zeros('1 9'), conv(zeros('8 1 3'), { stride: step }))).is<Tensor<'8 7' | '8 4'>>()
typeOf(pipe(gradual, conv(zeros('64 3 7 7')))).is<Tensor<string>>()
typeOf(pipe(photos, conv(gradual))).is<Tensor<string>>()
typeOf(pipe(anything, conv(zeros('64 3 7 7')))).is<Tensor<string>>()
typeOf(pipe(nothing, conv(zeros('64 3 7 7')))).is<Tensor<never>>()

// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"conv: 'batch 784' by the kernel '8 1 5 5': the input has fewer axes than its channels and 2 spatial ones"'.
pipe(images, conv(zeros('8 1 5 5')))
// @ts-expect-error Type 'Tensor<"3 28 28", "float32">' is not assignable to type '"conv: '3 28 28' by the kernel '8 1 5 5': channels differ, '3' is not '1'"'.
pipe(zeros('3 28 28'), conv(zeros('8 1 5 5')))
// @ts-expect-error Type 'Tensor<"1 4 4", "float32">' is not assignable to type '"conv: a window that spans 5 does not fit axis 1 of '1 4 4', which has size 4 with its padding"'.
pipe(zeros('1 4 4'), conv(zeros('8 1 5 5')))
// @ts-expect-error Type 'Tensor<"1 4 4", "float32">' is not assignable to type '"conv: stride 0, give whole numbers from 1 up"'.
pipe(zeros('1 4 4'), conv(zeros('8 1 3 3'), { stride: 0 }))
// @ts-expect-error Type 'Tensor<"1 4", "float32">' is not assignable to type '"conv: a window that spans 5 does not fit axis 1 of '1 4', which has size 4 with its padding"'.
pipe(zeros('1 4'), conv(zeros('8 1 5'), { padding }))
typeOf(pipe(zeros('1 time', { time: 9 }), conv(zeros('8 1 3')))).is<Tensor<'8 time-2'>>()
typeOf(pipe(zeros('1 h w', { h: 9, w: 8 }), conv(zeros('8 1 3 3'), { stride: 2, padding: 'same' }))).is<Tensor<'8 (h+1)//2 (w+1)//2'>>()
typeOf(pipe(zeros('1 h w', { h: 9, w: 8 }), maxPool([2, 2]), maxPool([2, 2]))).is<Tensor<'1 h//4 w//4'>>()
// @ts-expect-error Type 'Tensor<"1 9", "float32">' is not assignable to type '"conv: float32 and float64: dtypes differ, cast one of them"'.
pipe(zeros('1 9'), conv(zeros('8 1 3', {}, 'float64')))
// @ts-expect-error Type 'Tensor<"4 9", "float32">' is not assignable to type '"conv: the 3 outputs of the kernel '3 2 1' do not divide into 2 groups"'.
pipe(zeros('4 9'), conv(zeros('3 2 1'), { groups: 2 }))
// @ts-expect-error Object literal may only specify known properties, but 'strides' does not exist in type 'ConvOptions'. Did you mean to write 'stride'?
pipe(zeros('1 9'), conv(zeros('8 1 3'), { strides: 2 }))

typeOf(pipe(photos, maxPool([2, 2]))).is<Tensor<'batch 3 112 112'>>()
typeOf(pipe(photos, maxPool([3, 3], { stride: 2, padding: 1 }))).is<Tensor<'batch 3 112 112'>>()
typeOf(pipe(ints, maxPool([2], { stride: 1 }))).is<Tensor<'2', 'int32'>>()
typeOf(pipe(gradual, maxPool([2]))).is<Tensor<string>>()
typeOf(pipe(photos, maxPool(unknown))).is<Tensor<string>>()
typeOf(pipe(zeros('1 9'), maxPool([step], { stride: 1 }))).is<Tensor<'1 9' | '1 8'>>()
typeOf(pipe(photos, maxPool([stride, 2]))).is<Tensor<string>>()
typeOf(pipe(doubles, meanPool([3]))).is<Tensor<'1', 'float64'>>()
typeOf(pipe(zeros('8 time', { time: 9 }), meanPool([3], { stride: 1, padding: 'same' }))).is<Tensor<'8 time'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"maxPool: '3' has fewer axes than the window, which has 2"'.
pipe(vector, maxPool([2, 2]))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"maxPool: padding 2 is not less than the window, which spans 2 and could lie in it whole"'.
pipe(x, maxPool([2], { padding: 2 }))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"maxPool: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, maxPool([2]))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"meanPool: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, meanPool([2]))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"meanPool: a window that spans 4 does not fit axis 1 of '2 3', which has size 3 with its padding"'.
pipe(x, meanPool([4]))
