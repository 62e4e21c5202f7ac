import {
  at,
  diag,
  diagonal,
  dynamicSlice,
  dynamicUpdate,
  kron,
  meshgrid,
  pad,
  pipe,
  putAlongAxis,
  repeatInterleave,
  roll,
  rot90,
  split,
  type Tensor,
  takeAlongAxis,
  tile,
  trace,
  tril,
  triu,
  unstack,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, images, ints, vector, words, x } from '../given.js'

typeOf(pipe(x, tril())).is<Tensor<'2 3'>>()
typeOf(pipe(gradual, triu(1))).is<Tensor<string>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"tril: '3' has fewer than two axes"'.
pipe(vector, tril())
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"triu: '3' has fewer than two axes"'.
pipe(vector, triu())

typeOf(pipe(images, pad([0, [28, 28]]))).is<Tensor<'batch 840'>>()
typeOf(pipe(images, pad([[1, 0], 0], { mode: 'edge' }))).is<Tensor<'batch+1 784'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"pad: '2 3' has 2 axes and 1 are given, give [low, high] for each"'.
pipe(x, pad([1]))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"pad: -1 before and -1 after axis 0, give whole numbers from 0 up"'.
pipe(vector, pad([-1]))

typeOf(pipe(images, tile([2, 1]))).is<Tensor<'batch*2 784'>>()
typeOf(pipe(x, tile([4, 1, 2]))).is<Tensor<'4 2 6'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"tile: -1 times, give a whole number from 0 up"'.
pipe(vector, tile([-1]))

typeOf(pipe(x, repeatInterleave(2, -1))).is<Tensor<'2 6'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"repeatInterleave: 0.5 times, give a whole number from 0 up"'.
pipe(vector, repeatInterleave(0.5, 0))

typeOf(pipe(images, roll(1, 'batch'))).is<Tensor<'batch 784'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"roll: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
pipe(vector, roll(1, 1))

typeOf(pipe(vector, takeAlongAxis(ints, 0))).is<Tensor<'3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"takeAlongAxis: '2 3' and '3': the shapes may differ along axis 0 alone"'.
pipe(x, takeAlongAxis(ints, 0))
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"takeAlongAxis: indices are float32: cast('int32') first"'.
takeAlongAxis(vector, 0)(gradual)

typeOf(pipe(x, diagonal())).is<Tensor<'2'>>()
typeOf(pipe(zeros('batch n n', { batch: 1, n: 2 }), diagonal(-1))).is<Tensor<'batch n-1'>>()
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"diagonal: of 'batch 784', which of 'batch' and '784' is less is not known: slice the longer axis first"'.
pipe(images, diagonal())
typeOf(pipe(vector, diag())).is<Tensor<'3 3'>>()
typeOf(pipe(x, diag(1))).is<Tensor<'2'>>()
// @ts-expect-error Type 'Tensor<"1 2 3", "float32">' is not assignable to type '"diag: '1 2 3' has 3 axes, give a vector or a matrix; diagonal takes batches of matrices"'.
pipe(zeros('1 2 3'), diag())
typeOf(trace(x)).is<Tensor<''>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"trace: '3' has fewer than two axes"'.
trace(vector)

typeOf(pipe(x, kron(images))).is<Tensor<'batch*2 2352'>>()
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"kron: int32 and float32: dtypes differ, cast one of them"'.
pipe(ints, kron(x))

typeOf(meshgrid()([vector, zeros('4', {}, 'float64')])).is<readonly [Tensor<'4 3'>, Tensor<'4 3', 'float64'>]>()
typeOf(meshgrid('ij')([vector, zeros('n', { n: 2 })])).is<readonly [Tensor<'3 n'>, Tensor<'3 n'>]>()
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">[]' is not assignable to parameter of type '"meshgrid: '2 3' is no vector: give tensors of one axis"'.
meshgrid()([x])

typeOf(pipe(x, rot90(1, 0, 1))).is<Tensor<'3 2'>>()
typeOf(pipe(x, rot90(2, 0, 1))).is<Tensor<'2 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"rot90: 0.5 turns, give a whole number"'.
pipe(x, rot90(0.5, 0, 1))

typeOf(pipe(x, split(3, 1))).is<readonly [Tensor<'2 1'>, Tensor<'2 1'>, Tensor<'2 1'>]>()
typeOf(pipe(images, split([4], 0))).is<readonly [Tensor<'4 784'>, Tensor<'batch-4 784'>]>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"split: axis 1 of '2 3' does not go into 2 equal parts: give the indices to cut at"'.
pipe(x, split(2, 1))
typeOf(pipe(x, unstack(0))).is<readonly [Tensor<'3'>, Tensor<'3'>]>()
typeOf(pipe(images, unstack(0))).is<readonly Tensor<'784'>[]>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"unstack: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
pipe(vector, unstack(1))

typeOf(pipe(x, at(0).get)).is<Tensor<'3'>>()
typeOf(pipe(images, at('newAxis', '...', '4:').get)).is<Tensor<'1 batch 780'>>()
typeOf(pipe(zeros('2 3 4'), at(':', ints, ints).get)).is<Tensor<'2 3'>>()
typeOf(pipe(zeros('2 3 4'), at(words, 0).get)).is<Tensor<'3 4'>>()
typeOf(pipe(x, at(0).set(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(images, at(ints).add(1))).is<Tensor<'batch 784'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"at: '9' is out of range for axis 1 of '2 3', whose size is 3"'.
pipe(x, at(0, 9).get)
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"at: there are more parts than '2 3' has axes"'.
pipe(x, at(0, 0, 0).get)
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"at: indices are float32: cast('int32') first"'.
pipe(x, at(vector).get)
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"at: the values are '2 3' and the places '3': give a number, a scalar or values of that shape"'.
pipe(x, at(0).set(x))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"at: tensors of indices stand side by side, move the axis between them first"'.
pipe(x, at(ints, 'newAxis', ints).get)

typeOf(pipe(images, dynamicSlice([0, 4], '2 28'))).is<Tensor<'2 28'>>()
typeOf(pipe(x, dynamicUpdate([0, 0], zeros('1 3')))).is<Tensor<'2 3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"dynamicSlice: a block '2 4' does not fit '2 3': '4' is more than '3'"'.
pipe(x, dynamicSlice([0, 0], '2 4'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"dynamicSlice: '2 3', a block '2' and 1 starts: give one of each for every axis"'.
pipe(x, dynamicSlice([0], '2'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"dynamicUpdate: float32 and int32: dtypes differ, cast one of them"'.
pipe(x, dynamicUpdate([0, 0], zeros('1 3', {}, 'int32')))

typeOf(pipe(vector, putAlongAxis(ints, vector, 0))).is<Tensor<'3'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"putAlongAxis: '2 3' and '3': the shapes may differ along axis 0 alone"'.
pipe(x, putAlongAxis(ints, vector, 0))
