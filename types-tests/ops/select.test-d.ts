import { less, oneHot, pipe, slice, type Tensor, take, where, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, nothing, vector, words, x } from '../given.js'

declare const text: string

typeOf(pipe(flags, where(vector, vector))).is<Tensor<'3'>>()
typeOf(pipe(flags, where(x, 0))).is<Tensor<'2 3'>>()
typeOf(pipe(flags, where(0, ints))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(zeros('', {}, 'bool'), where(doubles, doubles))).is<Tensor<'3', 'float64'>>()
typeOf(pipe(vector, less(0), where(vector, 0))).is<Tensor<'3'>>()
typeOf(pipe(flags, where(gradual, 0))).is<Tensor<string>>()
typeOf(pipe(flags, where(anything, vector))).is<Tensor<string>>()
typeOf(pipe(flags, where(nothing, vector))).is<Tensor<never>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"where: needs bool, not float32"'.
pipe(vector, where(vector, vector))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"where: needs bool, not int32"'.
pipe(ints, where(vector, 0))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"where: '3', '3' and '4': no two of them broadcast to the third"'.
pipe(flags, where(vector, zeros('4')))
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"where: float32 and int32: dtypes differ, cast one of them"'.
pipe(flags, where(vector, ints))

typeOf(pipe(x, slice('0'))).is<Tensor<'3'>>()
typeOf(pipe(x, slice(':, 1:'))).is<Tensor<'2 2'>>()
typeOf(pipe(images, slice(':, 0:10:2'))).is<Tensor<'batch 5'>>()
typeOf(pipe(images, slice('0:4'))).is<Tensor<'4 784'>>()
typeOf(pipe(ints, slice('-2:'))).is<Tensor<'2', 'int32'>>()
typeOf(pipe(either, slice('0:2'))).is<Tensor<'2'>>()
typeOf(pipe(gradual, slice('0:2'))).is<Tensor<string>>()
typeOf(pipe(x, slice(text))).is<Tensor<string>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"slice: '0:9' is out of range for axis 0 of '2 3', whose size is 2"'.
pipe(x, slice('0:9'))
typeOf(pipe(images, slice('1:'))).is<Tensor<'batch-1 784'>>()
typeOf(pipe(images, slice('1:-1'))).is<Tensor<'batch-2 784'>>()
typeOf(pipe(images, slice('::2'))).is<Tensor<'(batch+1)//2 784'>>()
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"slice: the size of '-3:2' on the named axis 'batch' is not known, give both ends as in '0:4' or '-4:-1'"'.
pipe(images, slice('-3:2'))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"slice: the step of '::-1' is not 1 or more, use reverse to go backwards"'.
pipe(vector, slice('::-1'))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"slice: '0, 0' has more parts than '3' has axes"'.
pipe(vector, slice('0, 0'))

typeOf(pipe(zeros('5000 64'), take(zeros('batch seq', { batch: 2, seq: 3 }, 'int32'), 0))).is<Tensor<'batch seq 64'>>()
typeOf(pipe(images, take(words, 'batch'))).is<Tensor<'3 784'>>()
typeOf(pipe(gradual, take(ints, 0))).is<Tensor<string>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"take: indices are float32: cast('int32') first"'.
pipe(x, take(vector, 0))
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"take: indices are bool: cast('int32') first"'.
pipe(x, take(flags, 0))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"take: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
pipe(x, take(ints, 2))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"take: '2 3' has no axis 'batch'"'.
pipe(x, take(ints, 'batch'))

typeOf(pipe(ints, oneHot(10))).is<Tensor<'3 10'>>()
typeOf(pipe(zeros('batch', { batch: 2 }, 'uint32'), oneHot(10, 'bool'))).is<Tensor<'batch 10', 'bool'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"oneHot: labels are float32: cast('int32') first"'.
pipe(vector, oneHot(10))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"oneHot: 0 classes, give a whole number from 1 up"'.
pipe(ints, oneHot(0))

// @ts-expect-error Argument of type '"int8"' is not assignable to parameter of type '"oneHot: 'int8' is no dtype: use int32, which holds every number of it"'.
oneHot(3, 'int8')(ints)
