import { convTranspose, pipe, resize, sumPool, type Tensor, unfold, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, ints, vector, x } from '../given.js'

const images = zeros('batch 8 7 7', { batch: 2 })

typeOf(pipe(images, convTranspose(zeros('8 3 4 4'), { stride: 2, padding: 1 }))).is<Tensor<'batch 3 14 14'>>()
typeOf(pipe(zeros('2 3'), convTranspose(zeros('2 4 2')))).is<Tensor<'4 4'>>()
typeOf(pipe(gradual, convTranspose(zeros('2 4 2')))).is<Tensor<string>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"convTranspose: '2 3' by the kernel '3 4 2': channels differ, '2' is not '3'"'.
pipe(x, convTranspose(zeros('3 4 2')))

typeOf(pipe(images, sumPool([7, 7]))).is<Tensor<'batch 8 1 1'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"sumPool: a window that spans 4 does not fit axis 0 of '3', which has size 3 with its padding"'.
pipe(vector, sumPool([4]))

typeOf(pipe(images, unfold([3, 3]))).is<Tensor<'batch 8 5 5 3 3'>>()
typeOf(pipe(images, unfold([3, 3], { stride: 2 }))).is<Tensor<'batch 8 3 3 3 3'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"unfold: a window that spans 4 does not fit axis 0 of '3', which has size 3 with its padding"'.
pipe(vector, unfold([4]))

typeOf(pipe(images, resize('batch 8 14 3', 'linear'))).is<Tensor<'batch 8 14 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"resize: '2 3' to '4': the number of axes differs"'.
pipe(x, resize('4', 'linear'))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"resize: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, resize('4', 'linear'))
