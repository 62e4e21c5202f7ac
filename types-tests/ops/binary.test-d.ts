import {
  add,
  and,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mul,
  notEqual,
  or,
  pairwise,
  pipe,
  pow,
  rem,
  shiftLeft,
  shiftRight,
  sub,
  type Tensor,
  xor,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, mixed, nothing, scalar, vector, words, x } from '../given.js'

// The result has the shape of one of the operands, in either order.
typeOf(pipe(x, add(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(vector, sub(x))).is<Tensor<'2 3'>>()
typeOf(pipe(x, mul(scalar))).is<Tensor<'2 3'>>()
typeOf(pipe(images, div(zeros('784')))).is<Tensor<'batch 784'>>()
typeOf(pipe(x, rem(zeros('2 1')))).is<Tensor<'2 3'>>()
typeOf(pipe(vector, pow(vector))).is<Tensor<'3'>>()
typeOf(pipe(scalar, maximum(images))).is<Tensor<'batch 784'>>()
typeOf(pipe(vector, minimum(vector))).is<Tensor<'3'>>()

// A number is an operand of any shape and dtype that has numbers; the result keeps both.
typeOf(pipe(x, add(1))).is<Tensor<'2 3'>>()
typeOf(pipe(ints, mul(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(words, sub(2))).is<Tensor<'3', 'uint32'>>()
typeOf(pipe(doubles, div(2))).is<Tensor<'3', 'float64'>>()
typeOf(pipe(either, pow(2))).is<Tensor<'3' | '4'>>()
typeOf(pipe(ints, rem(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(gradual, maximum(0))).is<Tensor<string>>()
typeOf(pipe(vector, minimum(0))).is<Tensor<'3'>>()

// Comparisons give bools of the wider shape; every dtype can be compared with itself.
typeOf(pipe(x, less(vector))).is<Tensor<'2 3', 'bool'>>()
typeOf(pipe(doubles, lessEqual(doubles))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, greater(2))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(words, greaterEqual(words))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(flags, equal(flags))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(vector, notEqual(0))).is<Tensor<'3', 'bool'>>()

typeOf(pipe(flags, and(flags))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, or(ints))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(words, xor(words))).is<Tensor<'3', 'uint32'>>()
typeOf(pipe(ints, shiftLeft(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(words, shiftRight(words))).is<Tensor<'3', 'uint32'>>()

// What the compiler does not know, it leaves to run time; what it knows in part, it judges member by member.
typeOf(pipe(gradual, add(vector))).is<Tensor<string>>()
typeOf(pipe(vector, add(gradual))).is<Tensor<string>>()
typeOf(pipe(anything, add(vector))).is<Tensor<string>>()
typeOf(pipe(vector, add(anything))).is<Tensor<string>>()
typeOf(pipe(nothing, add(vector))).is<Tensor<never>>()
typeOf(pipe(vector, add(nothing))).is<Tensor<never>>()
typeOf(pipe(either, add(scalar))).is<Tensor<'3' | '4'>>()

// @ts-expect-error Type 'Tensor<"3" | "4", "float32">' is not assignable to type '"add: '4' and '3': neither broadcasts to the other"'.
pipe(either, add(vector))
// @ts-expect-error Type 'Tensor<"n", "float32">' is not assignable to type '"sub: 'n' and 'n 1': neither broadcasts to the other: pairwise(sub) gives 'n n', squeeze or reshape aligns them"'.
pipe(zeros('n', { n: 3 }), sub(zeros('n 1', { n: 3 })))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"mul: '2 3' and '2': neither broadcasts to the other"'.
pipe(x, mul(zeros('2')))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"div: 'batch 784' and 'time 784': neither broadcasts to the other"'.
pipe(images, div(zeros('time 784', { time: 2 })))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"maximum: '3' and '4': neither broadcasts to the other"'.
pipe(vector, maximum(zeros('4')))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"minimum: '3' and '4': neither broadcasts to the other"'.
pipe(vector, minimum(zeros('4')))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"less: '3' and '4': neither broadcasts to the other"'.
pipe(vector, less(zeros('4')))

// No dtype changes by itself.
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"add: float32 and int32: dtypes differ, cast one of them"'.
pipe(vector, add(ints))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"mul: int32 and uint32: dtypes differ, cast one of them"'.
pipe(ints, mul(words))
// @ts-expect-error Type 'Tensor<"3", "float64">' is not assignable to type '"equal: float64 and float32: dtypes differ, cast one of them"'.
pipe(doubles, equal(vector))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"notEqual: bool and int32: dtypes differ, cast one of them"'.
pipe(flags, notEqual(ints))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"greater: float32 and float64: dtypes differ, cast one of them"'.
pipe(vector, greater(doubles))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"greaterEqual: float32 and float64: dtypes differ, cast one of them"'.
pipe(vector, greaterEqual(doubles))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"lessEqual: float32 and float64: dtypes differ, cast one of them"'.
pipe(vector, lessEqual(doubles))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"div: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, div(2))
// @ts-expect-error Type 'Tensor<"3", "int32">' is not assignable to type '"pow: needs a float dtype, not int32: cast('float32') first"'.
pipe(ints, pow(ints))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"add: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, add(1))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"sub: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, sub(flags))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"rem: needs numbers, not bool: cast('float32') or cast('int32') first"'.
pipe(flags, rem(flags))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"and: needs bool, int32 or uint32, not float32"'.
pipe(vector, and(vector))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"or: needs bool, int32 or uint32, not float32"'.
pipe(vector, or(1))
// @ts-expect-error Type 'Tensor<"3", "float64">' is not assignable to type '"xor: needs bool, int32 or uint32, not float64"'.
pipe(doubles, xor(doubles))
// @ts-expect-error Type 'Tensor<"3", "bool">' is not assignable to type '"shiftLeft: needs int32 or uint32, not bool"'.
pipe(flags, shiftLeft(flags))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"shiftRight: needs int32 or uint32, not float32"'.
pipe(vector, shiftRight(1))
// @ts-expect-error Type 'Tensor<"3", "float32" | "int32">' is not assignable to type '"add: float32 or int32 and float32: dtypes differ, cast one of them"'.
pipe(mixed, add(vector))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"add: float32 and float32 or int32: dtypes differ, cast one of them"'.
pipe(vector, add(mixed))
typeOf(pipe(mixed, add(mixed))).is<Tensor<'3', 'float32' | 'int32'>>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'Tensor<string, DType>'.
add('1')

// All pairs: '1' stretches on either side, names among them.
typeOf(pairwise(sub)(zeros('3 1'), zeros('4'))).is<Tensor<'3 4'>>()
typeOf(pairwise(less)(zeros('n', { n: 2 }), zeros('n 1', { n: 2 }))).is<Tensor<'n n', 'bool'>>()
typeOf(pairwise(add)(x, gradual)).is<Tensor<string>>()
typeOf(pairwise(maximum)(x, zeros('5 1 1'))).is<Tensor<'5 2 3'>>()
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"pairwise(mul): '3 2' and '2 3': '2' is not '3' and neither is '1'"'.
pairwise(mul)(zeros('3 2'), x)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"pairwise(add): int32 and float32: dtypes differ, cast one of them"'.
pairwise(add)(vector, ints)
// @ts-expect-error Argument of type '4' is not assignable to parameter of type '"pairwise(add): the argument is not a tensor: make one with tensor or fromArray"'.
pairwise(add)(vector, 4)
