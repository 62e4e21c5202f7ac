import { dot, matmul, outer, pipe, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, nothing, scalar, vector, x } from '../given.js'

const weight = zeros('784 10')

typeOf(pipe(images, matmul(weight))).is<Tensor<'batch 10'>>()
typeOf(pipe(x, matmul(vector))).is<Tensor<'2'>>()
typeOf(pipe(vector, matmul(vector))).is<Tensor<''>>()
typeOf(pipe(zeros('8 2 3'), matmul(zeros('3 4')))).is<Tensor<'8 2 4'>>()
typeOf(pipe(zeros('heads seq d', { heads: 4, seq: 8, d: 2 }), matmul(zeros('heads d seq', { heads: 4, d: 2, seq: 8 })))).is<
  Tensor<'heads seq seq'>
>()
typeOf(pipe(zeros('2 3', {}, 'int32'), matmul(ints))).is<Tensor<'2', 'int32'>>()
typeOf(pipe(doubles, matmul(zeros('3 2', {}, 'float64')))).is<Tensor<'2', 'float64'>>()
typeOf(pipe(gradual, matmul(weight))).is<Tensor<string>>()
typeOf(pipe(images, matmul(gradual))).is<Tensor<string>>()
typeOf(pipe(anything, matmul(weight))).is<Tensor<string>>()
typeOf(pipe(nothing, matmul(weight))).is<Tensor<never>>()

// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'"'.
pipe(images, matmul(zeros('128 10')))
// @ts-expect-error Type 'Tensor<"3" | "4", "float32">' is not assignable to type '"matmul: '4' by '3': inner axes differ, '4' is not '3'"'.
pipe(either, matmul(vector))
// @ts-expect-error Type 'Tensor<"", "float32">' is not assignable to type '"matmul: '' by '784 10': a scalar has no axis to sum over, use mul"'.
pipe(scalar, matmul(weight))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"matmul: float32 and int32: dtypes differ, cast one of them"'.
pipe(vector, matmul(ints))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"matmul: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, matmul(flags))
// @ts-expect-error Type 'Tensor<"4 2 3", "float32">' is not assignable to type '"matmul: '4 2 3' by '5 3 2': of the leading axes '4' and '5' neither broadcasts to the other"'.
pipe(zeros('4 2 3'), matmul(zeros('5 3 2')))

typeOf(pipe(vector, dot(vector))).is<Tensor<''>>()
typeOf(pipe(ints, dot(ints))).is<Tensor<'', 'int32'>>()
typeOf(pipe(gradual, dot(vector))).is<Tensor<''>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"dot: '3' and '4' differ in length"'.
pipe(vector, dot(zeros('4')))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"dot: '2 3' is not a vector, it needs one axis"'.
pipe(x, dot(vector))
// @ts-expect-error Type 'Tensor<"3", "float64">' is not assignable to type '"dot: float64 and float32: dtypes differ, cast one of them"'.
pipe(doubles, dot(vector))

typeOf(pipe(vector, outer(zeros('4')))).is<Tensor<'3 4'>>()
typeOf(pipe(either, outer(zeros('n', { n: 2 })))).is<Tensor<'3 n' | '4 n'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"outer: '2 3' is not a vector, it needs one axis"'.
pipe(vector, outer(x))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"outer: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, outer(flags))
