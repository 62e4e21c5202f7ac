import {
  abs,
  cast,
  ceil,
  clip,
  cos,
  elu,
  erf,
  erfc,
  exp,
  expm1,
  floor,
  gelu,
  geluTanh,
  leakyRelu,
  log,
  log1p,
  log2,
  logSigmoid,
  logSoftmax,
  neg,
  not,
  pipe,
  reciprocal,
  relu,
  rsqrt,
  selu,
  sigmoid,
  sign,
  silu,
  sin,
  softmax,
  softplus,
  sqrt,
  square,
  stopGradient,
  type Tensor,
  tan,
  tanh,
} from 'pullback'
import { type Any, typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, mixed, nothing, scalar, vector, words, x } from '../given.js'

declare const whole: Tensor<'3', 'int32' | 'uint32'>

// Entry by entry: the shape and the dtype stay.
typeOf(pipe(ints, neg)).is<Tensor<'3', 'int32'>>()
typeOf(pipe(words, abs)).is<Tensor<'3', 'uint32'>>()
typeOf(pipe(doubles, sign)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(x, square)).is<Tensor<'2 3'>>()
typeOf(pipe(vector, relu)).is<Tensor<'3'>>()
typeOf(pipe(x, exp)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, expm1)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, log)).is<Tensor<'batch 784'>>()
typeOf(pipe(scalar, log1p)).is<Tensor<''>>()
typeOf(pipe(x, log2)).is<Tensor<'2 3'>>()
typeOf(pipe(x, sqrt)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, rsqrt)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, sin)).is<Tensor<'batch 784'>>()
typeOf(pipe(scalar, cos)).is<Tensor<''>>()
typeOf(pipe(x, tan)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, tanh)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, erf)).is<Tensor<'batch 784'>>()
typeOf(pipe(doubles, erfc)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(scalar, sigmoid)).is<Tensor<''>>()
typeOf(pipe(x, floor)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, ceil)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, reciprocal)).is<Tensor<'batch 784'>>()
typeOf(pipe(scalar, gelu)).is<Tensor<''>>()
typeOf(pipe(x, geluTanh)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, selu)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, silu)).is<Tensor<'batch 784'>>()
typeOf(pipe(scalar, softplus)).is<Tensor<''>>()
typeOf(pipe(x, logSigmoid)).is<Tensor<'2 3'>>()
typeOf(pipe(flags, not)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, not)).is<Tensor<'3', 'int32'>>()
typeOf(pipe(flags, stopGradient)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(x, elu())).is<Tensor<'2 3'>>()
typeOf(pipe(x, leakyRelu(0.2))).is<Tensor<'2 3'>>()
typeOf(pipe(ints, clip(0, 1))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(x, cast('int32'))).is<Tensor<'2 3', 'int32'>>()
typeOf(pipe(flags, cast('float64'))).is<Tensor<'3', 'float64'>>()

typeOf(exp(either)).is<Tensor<'3' | '4'>>()
typeOf(exp(gradual)).is<Tensor<string>>()
typeOf(exp(anything)).is<Tensor<Any>>()
typeOf(exp(nothing)).is<Tensor<never>>()
typeOf(relu(either)).is<Tensor<'3' | '4'>>()
typeOf(cast('bool')(gradual)).is<Tensor<string, 'bool'>>()

// Along one axis, by position or by name.
typeOf(pipe(images, softmax(-1))).is<Tensor<'batch 784'>>()
typeOf(pipe(images, softmax('batch'))).is<Tensor<'batch 784'>>()
typeOf(pipe(doubles, logSoftmax(0))).is<Tensor<'3', 'float64'>>()
typeOf(pipe(either, softmax(0))).is<Tensor<'3' | '4'>>()
typeOf(pipe(gradual, softmax(7))).is<Tensor<string>>()
typeOf(pipe(nothing, softmax(7))).is<Tensor<never>>()

// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"neg: needs numbers, not bool: cast('float32') or cast('int32') first"'.
neg(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"abs: needs numbers, not bool: cast('float32') or cast('int32') first"'.
abs(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"sign: needs numbers, not bool: cast('float32') or cast('int32') first"'.
sign(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"square: needs numbers, not bool: cast('float32') or cast('int32') first"'.
square(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"relu: needs numbers, not bool: cast('float32') or cast('int32') first"'.
relu(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"exp: needs a float dtype, not int32: cast('float32') first"'.
exp(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"expm1: needs a float dtype, not uint32: cast('float32') first"'.
expm1(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"log: needs a float dtype, not bool: cast('float32') first"'.
log(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"log1p: needs a float dtype, not int32: cast('float32') first"'.
log1p(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"log2: needs a float dtype, not uint32: cast('float32') first"'.
log2(words)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"sqrt: needs a float dtype, not uint32: cast('float32') first"'.
sqrt(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"rsqrt: needs a float dtype, not bool: cast('float32') first"'.
rsqrt(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"sin: needs a float dtype, not int32: cast('float32') first"'.
sin(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"cos: needs a float dtype, not uint32: cast('float32') first"'.
cos(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"tan: needs a float dtype, not bool: cast('float32') first"'.
tan(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"tanh: needs a float dtype, not int32: cast('float32') first"'.
tanh(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"erf: needs a float dtype, not uint32: cast('float32') first"'.
erf(words)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"erfc: needs a float dtype, not uint32: cast('float32') first"'.
erfc(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"sigmoid: needs a float dtype, not bool: cast('float32') first"'.
sigmoid(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"floor: needs a float dtype, not int32: cast('float32') first"'.
floor(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"ceil: needs a float dtype, not uint32: cast('float32') first"'.
ceil(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"reciprocal: needs a float dtype, not bool: cast('float32') first"'.
reciprocal(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"gelu: needs a float dtype, not int32: cast('float32') first"'.
gelu(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"geluTanh: needs a float dtype, not uint32: cast('float32') first"'.
geluTanh(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"selu: needs a float dtype, not bool: cast('float32') first"'.
selu(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"silu: needs a float dtype, not int32: cast('float32') first"'.
silu(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"softplus: needs a float dtype, not uint32: cast('float32') first"'.
softplus(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"logSigmoid: needs a float dtype, not bool: cast('float32') first"'.
logSigmoid(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"elu: needs a float dtype, not int32: cast('float32') first"'.
elu()(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"leakyRelu: needs a float dtype, not int32: cast('float32') first"'.
leakyRelu()(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"clip: needs numbers, not bool: cast('float32') or cast('int32') first"'.
clip(0, 1)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"not: needs bool, int32 or uint32, not float32"'.
not(vector)
// @ts-expect-error Argument of type '3' is not assignable to parameter of type '"stopGradient: the argument is not a tensor: make one with tensor or fromArray"'.
stopGradient(3)
// @ts-expect-error Argument of type '"float16"' is not assignable to parameter of type '"cast: 'float16' is no dtype: use float32, which holds every number of it"'.
cast('float16')(x)
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"softmax: axis 2 is out of range for 'batch 784', which has 2 axes (-2 to 1)"'.
softmax(2)(images)
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"softmax: 'batch 784' has no axis 'time'"'.
softmax('time')(images)
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"logSoftmax: '784' is a size and not a name, give the position of the axis"'.
logSoftmax('784')(images)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"logSoftmax: needs a float dtype, not int32: cast('float32') first"'.
logSoftmax(0)(ints)
// @ts-expect-error Argument of type 'Tensor<"", "float32">' is not assignable to parameter of type '"softmax: axis 0 is out of range for '', which has no axes"'.
softmax(0)(scalar)

// Of a dtype that is one of several, the sentence names those that the operation does not take.
// @ts-expect-error Argument of type 'Tensor<"3", "float32" | "int32">' is not assignable to parameter of type '"exp: needs a float dtype, not int32: cast('float32') first"'.
exp(mixed)
// @ts-expect-error Argument of type 'Tensor<"3", "float32" | "int32">' is not assignable to parameter of type '"not: needs bool, int32 or uint32, not float32"'.
not(mixed)
// @ts-expect-error Argument of type 'Tensor<"3", "int32" | "uint32">' is not assignable to parameter of type '"sqrt: needs a float dtype, not int32 or uint32: cast('float32') first"'.
sqrt(whole)
typeOf(neg(mixed)).is<Tensor<'3', 'float32' | 'int32'>>()
