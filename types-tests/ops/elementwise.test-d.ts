import {
  acos,
  acosh,
  allClose,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  copySign,
  cosh,
  degrees,
  digamma,
  erfInv,
  exp2,
  floorDiv,
  gcd,
  heaviside,
  hypot,
  interp,
  isClose,
  isFinite,
  isInf,
  isNaN,
  lcm,
  leadingZeros,
  lgamma,
  log10,
  logAddExp,
  logAddExp2,
  mod,
  nanToNum,
  nextAfter,
  pipe,
  populationCount,
  radians,
  round,
  signBit,
  sinc,
  sinh,
  type Tensor,
  trunc,
  xlog1py,
  xlogy,
} from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, flags, images, ints, vector, words, x } from '../given.js'

// Entry by entry: the shape stays, and the dtype unless the answer is a bool.
typeOf(pipe(x, asin)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, acos)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, atan)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, sinh)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, cosh)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, asinh)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, acosh)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, atanh)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, sinc)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, degrees)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, radians)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, exp2)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, log10)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, lgamma)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, digamma)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, erfInv)).is<Tensor<'2 3'>>()
typeOf(pipe(doubles, round)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, trunc)).is<Tensor<'batch 784'>>()
typeOf(pipe(x, cbrt)).is<Tensor<'2 3'>>()
typeOf(pipe(ints, isNaN)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, isInf)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, isFinite)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(ints, signBit)).is<Tensor<'3', 'bool'>>()
typeOf(pipe(words, populationCount)).is<Tensor<'3', 'uint32'>>()
typeOf(pipe(words, leadingZeros)).is<Tensor<'3', 'uint32'>>()
typeOf(pipe(doubles, nanToNum({ nan: 1 }))).is<Tensor<'3', 'float64'>>()

typeOf(pipe(x, atan2(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, hypot(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, logAddExp(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, logAddExp2(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, xlogy(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, xlog1py(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, copySign(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, nextAfter(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(x, heaviside(vector))).is<Tensor<'2 3'>>()
typeOf(pipe(ints, mod(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(ints, floorDiv(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(ints, gcd(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(ints, lcm(2))).is<Tensor<'3', 'int32'>>()
typeOf(pipe(ints, isClose(2))).is<Tensor<'3', 'bool'>>()
typeOf(pipe(x, isClose(vector, { rtol: 0.1 }))).is<Tensor<'2 3', 'bool'>>()
typeOf(pipe(x, allClose(vector))).is<Tensor<'', 'bool'>>()

// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"asin: needs a float dtype, not int32: cast('float32') first"'.
asin(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"acos: needs a float dtype, not uint32: cast('float32') first"'.
acos(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"atan: needs a float dtype, not bool: cast('float32') first"'.
atan(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"sinh: needs a float dtype, not int32: cast('float32') first"'.
sinh(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"cosh: needs a float dtype, not uint32: cast('float32') first"'.
cosh(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"asinh: needs a float dtype, not bool: cast('float32') first"'.
asinh(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"acosh: needs a float dtype, not int32: cast('float32') first"'.
acosh(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"atanh: needs a float dtype, not uint32: cast('float32') first"'.
atanh(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"sinc: needs a float dtype, not bool: cast('float32') first"'.
sinc(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"degrees: needs a float dtype, not int32: cast('float32') first"'.
degrees(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"radians: needs a float dtype, not uint32: cast('float32') first"'.
radians(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"exp2: needs a float dtype, not bool: cast('float32') first"'.
exp2(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"log10: needs a float dtype, not int32: cast('float32') first"'.
log10(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"lgamma: needs a float dtype, not uint32: cast('float32') first"'.
lgamma(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"digamma: needs a float dtype, not bool: cast('float32') first"'.
digamma(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"erfInv: needs a float dtype, not int32: cast('float32') first"'.
erfInv(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"round: needs a float dtype, not uint32: cast('float32') first"'.
round(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"trunc: needs a float dtype, not bool: cast('float32') first"'.
trunc(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"cbrt: needs a float dtype, not int32: cast('float32') first"'.
cbrt(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "uint32">' is not assignable to parameter of type '"nanToNum: needs a float dtype, not uint32: cast('float32') first"'.
nanToNum()(words)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"isNaN: needs numbers, not bool: cast('float32') or cast('int32') first"'.
isNaN(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"isInf: needs numbers, not bool: cast('float32') or cast('int32') first"'.
isInf(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"isFinite: needs numbers, not bool: cast('float32') or cast('int32') first"'.
isFinite(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"signBit: needs numbers, not bool: cast('float32') or cast('int32') first"'.
signBit(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"populationCount: needs int32 or uint32, not float32"'.
populationCount(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"leadingZeros: needs int32 or uint32, not float32"'.
leadingZeros(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"atan2: needs a float dtype, not int32: cast('float32') first"'.
atan2(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"hypot: needs a float dtype, not int32: cast('float32') first"'.
hypot(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"logAddExp: needs a float dtype, not int32: cast('float32') first"'.
logAddExp(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"logAddExp2: needs a float dtype, not int32: cast('float32') first"'.
logAddExp2(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"xlogy: needs a float dtype, not int32: cast('float32') first"'.
xlogy(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"xlog1py: needs a float dtype, not int32: cast('float32') first"'.
xlog1py(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"copySign: needs a float dtype, not int32: cast('float32') first"'.
copySign(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"nextAfter: needs a float dtype, not int32: cast('float32') first"'.
nextAfter(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"heaviside: needs a float dtype, not int32: cast('float32') first"'.
heaviside(ints)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"mod: needs numbers, not bool: cast('float32') or cast('int32') first"'.
mod(flags)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"floorDiv: needs numbers, not bool: cast('float32') or cast('int32') first"'.
floorDiv(flags)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"isClose: needs numbers, not bool: cast('float32') or cast('int32') first"'.
isClose(flags)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"allClose: needs numbers, not bool: cast('float32') or cast('int32') first"'.
allClose(flags)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"gcd: needs int32 or uint32, not float32"'.
gcd(vector)(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"lcm: needs int32 or uint32, not float32"'.
lcm(vector)(vector)

typeOf(interp(vector, vector)(x)).is<Tensor<'2 3'>>()
typeOf(interp(doubles, doubles, { left: 0 })(doubles)).is<Tensor<'3', 'float64'>>()
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"interp: needs a float dtype, not int32: cast('float32') first"'.
interp(ints, ints)
