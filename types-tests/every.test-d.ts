/**
 * Every public function that takes tensors, their shapes or trees of them: what it makes of shapes that are written, and what it makes of a
 * shape that the compiler does not know. That is a `Tensor<string>`, which is checked when it runs, or a sentence; never a shape made up.
 * Where only a part of the result depends on what is not known, the type says the rest of it.
 *
 * A test compares the names of these rows with what the package exports.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import {
  abs,
  acos,
  acosh,
  add,
  all,
  allClose,
  and,
  any,
  arange,
  argmax,
  argmin,
  argsort,
  as,
  asin,
  asinh,
  asLike,
  associativeScan,
  at,
  atan,
  atan2,
  atanh,
  bincount,
  broadcastTo,
  cast,
  cbrt,
  ceil,
  checkpoint,
  clip,
  codec,
  concat,
  cond,
  conv,
  convTranspose,
  copySign,
  corrCoef,
  cos,
  cosh,
  countNonzero,
  cov,
  cumLogSumExp,
  cumMax,
  cumMin,
  cumProd,
  cumSum,
  customJvp,
  customVjp,
  data,
  debug,
  degrees,
  diag,
  diagonal,
  digamma,
  div,
  dot,
  dynamicSlice,
  dynamicUpdate,
  einsum,
  elu,
  equal,
  equals,
  erf,
  erfc,
  erfInv,
  evalShape,
  exp,
  exp2,
  expandDims,
  expm1,
  eye,
  flatten,
  floor,
  floorDiv,
  flow,
  forall,
  fori,
  fromArray,
  fromArrayOrThrow,
  full,
  gcd,
  gelu,
  geluTanh,
  grad,
  gradOf,
  greater,
  greaterEqual,
  heaviside,
  hessian,
  histogram,
  histogramEdges,
  hvp,
  hypot,
  initializer,
  interp,
  isClose,
  isFinite,
  isInf,
  isNaN,
  jacobian,
  jacobianForward,
  jacobianReverse,
  jit,
  jvp,
  kron,
  layer,
  lcm,
  leadingZeros,
  leakyRelu,
  less,
  lessEqual,
  lexsort,
  lgamma,
  linearize,
  linearTranspose,
  linspace,
  log,
  log1p,
  log2,
  log10,
  logAddExp,
  logAddExp2,
  logSigmoid,
  logSoftmax,
  logSumExp,
  loss,
  map,
  matmul,
  max,
  maximum,
  maxPool,
  mean,
  meanPool,
  median,
  meshgrid,
  metric,
  min,
  minimum,
  mod,
  moveAxis,
  mul,
  nanArgmax,
  nanArgmin,
  nanMax,
  nanMean,
  nanMedian,
  nanMin,
  nanProd,
  nanQuantile,
  nanStd,
  nanSum,
  nanToNum,
  nanVariance,
  neg,
  nextAfter,
  norm,
  not,
  notEqual,
  oneExample,
  oneHot,
  ones,
  optimizer,
  or,
  outer,
  type Program,
  type PullbackError,
  pad,
  pairwise,
  permute,
  pipe,
  populationCount,
  pow,
  prod,
  program,
  ptp,
  putAlongAxis,
  quantile,
  radians,
  random,
  ravel,
  rearrange,
  reciprocal,
  reduce,
  reference,
  refine,
  refineOrThrow,
  relu,
  rem,
  rename,
  repeat,
  repeatInterleave,
  reshape,
  resize,
  reverse,
  roll,
  rot90,
  round,
  rsqrt,
  scan,
  searchsorted,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentProd,
  segmentSum,
  selu,
  shiftLeft,
  shiftRight,
  sigmoid,
  sign,
  signBit,
  silu,
  sin,
  sinc,
  sinh,
  slice,
  softmax,
  softplus,
  sort,
  sortBy,
  split,
  sqrt,
  square,
  squeeze,
  stack,
  std,
  stopGradient,
  sub,
  sum,
  sumPool,
  swapAxes,
  switchCase,
  type Tensor,
  type TensorShape,
  take,
  takeAlongAxis,
  tan,
  tanh,
  tensor,
  tile,
  toArray,
  toHost,
  toNested,
  toNumber,
  topK,
  trace,
  train,
  transpose,
  trapezoid,
  tree,
  tril,
  triu,
  trunc,
  unfold,
  unique,
  unravel,
  unstack,
  type Value,
  valueAndGrad,
  valueAndGradOf,
  variance,
  vjp,
  vmap,
  vmapWithAxis,
  where,
  whileLoop,
  withEngine,
  xlog1py,
  xlogy,
  xor,
  zeros,
} from 'pullback'
import { known, unknown } from './assert.js'
import { flags, gradual, ints, key, scalar, vector, words, x } from './given.js'

declare const column: Tensor<'2 1'>
declare const image: Tensor<'1 9'>
declare const kernel: Tensor<'8 1 3'>
const input = layer.input('4')
const model = pipe(input, layer.dense(3))
const sgd = optimizer.sgd(0.1)
const state = train.init(model, sgd)(key)
declare const batch: { readonly input: Tensor<'8 4'>; readonly target: Tensor<'8', 'int32'> }
const { structure } = tree.flatten('', { x })
declare const json: string

// What the compiler does not know, beside `gradual`.
declare const marks: Tensor<string, 'bool'>
declare const counts: Tensor<string, 'int32'>
declare const someKey: Tensor<string, 'uint32'>
declare const text: string
declare const count: number
declare const list: readonly number[]
declare const open: layer.Layer<[], string, string>
declare const someBatch: { readonly input: Tensor<string>; readonly target: Tensor<string, 'int32'> }

// One operand.
known('abs', abs(x)).is<Tensor<'2 3'>>()
unknown('abs', abs(gradual)).is<Tensor<string>>()
known('ceil', ceil(x)).is<Tensor<'2 3'>>()
unknown('ceil', ceil(gradual)).is<Tensor<string>>()
known('cos', cos(x)).is<Tensor<'2 3'>>()
unknown('cos', cos(gradual)).is<Tensor<string>>()
known('erf', erf(x)).is<Tensor<'2 3'>>()
unknown('erf', erf(gradual)).is<Tensor<string>>()
known('erfc', erfc(x)).is<Tensor<'2 3'>>()
unknown('erfc', erfc(gradual)).is<Tensor<string>>()
known('exp', exp(x)).is<Tensor<'2 3'>>()
unknown('exp', exp(gradual)).is<Tensor<string>>()
known('expm1', expm1(x)).is<Tensor<'2 3'>>()
unknown('expm1', expm1(gradual)).is<Tensor<string>>()
known('floor', floor(x)).is<Tensor<'2 3'>>()
unknown('floor', floor(gradual)).is<Tensor<string>>()
known('log', log(x)).is<Tensor<'2 3'>>()
unknown('log', log(gradual)).is<Tensor<string>>()
known('log1p', log1p(x)).is<Tensor<'2 3'>>()
unknown('log1p', log1p(gradual)).is<Tensor<string>>()
known('log2', log2(x)).is<Tensor<'2 3'>>()
unknown('log2', log2(gradual)).is<Tensor<string>>()
known('neg', neg(x)).is<Tensor<'2 3'>>()
unknown('neg', neg(gradual)).is<Tensor<string>>()
known('reciprocal', reciprocal(x)).is<Tensor<'2 3'>>()
unknown('reciprocal', reciprocal(gradual)).is<Tensor<string>>()
known('rsqrt', rsqrt(x)).is<Tensor<'2 3'>>()
unknown('rsqrt', rsqrt(gradual)).is<Tensor<string>>()
known('sigmoid', sigmoid(x)).is<Tensor<'2 3'>>()
unknown('sigmoid', sigmoid(gradual)).is<Tensor<string>>()
known('sign', sign(x)).is<Tensor<'2 3'>>()
unknown('sign', sign(gradual)).is<Tensor<string>>()
known('sin', sin(x)).is<Tensor<'2 3'>>()
unknown('sin', sin(gradual)).is<Tensor<string>>()
known('sqrt', sqrt(x)).is<Tensor<'2 3'>>()
unknown('sqrt', sqrt(gradual)).is<Tensor<string>>()
known('square', square(x)).is<Tensor<'2 3'>>()
unknown('square', square(gradual)).is<Tensor<string>>()
known('stopGradient', stopGradient(x)).is<Tensor<'2 3'>>()
unknown('stopGradient', stopGradient(gradual)).is<Tensor<string>>()
known('tan', tan(x)).is<Tensor<'2 3'>>()
unknown('tan', tan(gradual)).is<Tensor<string>>()
known('tanh', tanh(x)).is<Tensor<'2 3'>>()
unknown('tanh', tanh(gradual)).is<Tensor<string>>()
known('gelu', gelu(x)).is<Tensor<'2 3'>>()
unknown('gelu', gelu(gradual)).is<Tensor<string>>()
known('geluTanh', geluTanh(x)).is<Tensor<'2 3'>>()
unknown('geluTanh', geluTanh(gradual)).is<Tensor<string>>()
known('logSigmoid', logSigmoid(x)).is<Tensor<'2 3'>>()
unknown('logSigmoid', logSigmoid(gradual)).is<Tensor<string>>()
known('relu', relu(x)).is<Tensor<'2 3'>>()
unknown('relu', relu(gradual)).is<Tensor<string>>()
known('selu', selu(x)).is<Tensor<'2 3'>>()
unknown('selu', selu(gradual)).is<Tensor<string>>()
known('silu', silu(x)).is<Tensor<'2 3'>>()
unknown('silu', silu(gradual)).is<Tensor<string>>()
known('softplus', softplus(x)).is<Tensor<'2 3'>>()
unknown('softplus', softplus(gradual)).is<Tensor<string>>()
known('not', not(flags)).is<Tensor<'3', 'bool'>>()
unknown('not', not(marks)).is<Tensor<string, 'bool'>>()
known('cast', cast('int32')(x)).is<Tensor<'2 3', 'int32'>>()
unknown('cast', cast('int32')(gradual)).is<Tensor<string, 'int32'>>()
known('clip', clip(0, 1)(x)).is<Tensor<'2 3'>>()
unknown('clip', clip(0, 1)(gradual)).is<Tensor<string>>()
known('elu', elu()(x)).is<Tensor<'2 3'>>()
unknown('elu', elu()(gradual)).is<Tensor<string>>()
known('leakyRelu', leakyRelu(0.1)(x)).is<Tensor<'2 3'>>()
unknown('leakyRelu', leakyRelu(0.1)(gradual)).is<Tensor<string>>()
known('logSoftmax', logSoftmax(-1)(x)).is<Tensor<'2 3'>>()
unknown('logSoftmax', logSoftmax(-1)(gradual)).is<Tensor<string>>()
known('softmax', softmax(-1)(x)).is<Tensor<'2 3'>>()
unknown('softmax', softmax('axis')(gradual)).is<Tensor<string>>()
known('asin', asin(x)).is<Tensor<'2 3'>>()
unknown('asin', asin(gradual)).is<Tensor<string>>()
known('acos', acos(x)).is<Tensor<'2 3'>>()
unknown('acos', acos(gradual)).is<Tensor<string>>()
known('atan', atan(x)).is<Tensor<'2 3'>>()
unknown('atan', atan(gradual)).is<Tensor<string>>()
known('sinh', sinh(x)).is<Tensor<'2 3'>>()
unknown('sinh', sinh(gradual)).is<Tensor<string>>()
known('cosh', cosh(x)).is<Tensor<'2 3'>>()
unknown('cosh', cosh(gradual)).is<Tensor<string>>()
known('asinh', asinh(x)).is<Tensor<'2 3'>>()
unknown('asinh', asinh(gradual)).is<Tensor<string>>()
known('acosh', acosh(x)).is<Tensor<'2 3'>>()
unknown('acosh', acosh(gradual)).is<Tensor<string>>()
known('atanh', atanh(x)).is<Tensor<'2 3'>>()
unknown('atanh', atanh(gradual)).is<Tensor<string>>()
known('sinc', sinc(x)).is<Tensor<'2 3'>>()
unknown('sinc', sinc(gradual)).is<Tensor<string>>()
known('degrees', degrees(x)).is<Tensor<'2 3'>>()
unknown('degrees', degrees(gradual)).is<Tensor<string>>()
known('radians', radians(x)).is<Tensor<'2 3'>>()
unknown('radians', radians(gradual)).is<Tensor<string>>()
known('exp2', exp2(x)).is<Tensor<'2 3'>>()
unknown('exp2', exp2(gradual)).is<Tensor<string>>()
known('log10', log10(x)).is<Tensor<'2 3'>>()
unknown('log10', log10(gradual)).is<Tensor<string>>()
known('lgamma', lgamma(x)).is<Tensor<'2 3'>>()
unknown('lgamma', lgamma(gradual)).is<Tensor<string>>()
known('digamma', digamma(x)).is<Tensor<'2 3'>>()
unknown('digamma', digamma(gradual)).is<Tensor<string>>()
known('erfInv', erfInv(x)).is<Tensor<'2 3'>>()
unknown('erfInv', erfInv(gradual)).is<Tensor<string>>()
known('round', round(x)).is<Tensor<'2 3'>>()
unknown('round', round(gradual)).is<Tensor<string>>()
known('trunc', trunc(x)).is<Tensor<'2 3'>>()
unknown('trunc', trunc(gradual)).is<Tensor<string>>()
known('cbrt', cbrt(x)).is<Tensor<'2 3'>>()
unknown('cbrt', cbrt(gradual)).is<Tensor<string>>()
known('isNaN', isNaN(x)).is<Tensor<'2 3', 'bool'>>()
unknown('isNaN', isNaN(gradual)).is<Tensor<string, 'bool'>>()
known('isInf', isInf(x)).is<Tensor<'2 3', 'bool'>>()
unknown('isInf', isInf(gradual)).is<Tensor<string, 'bool'>>()
known('isFinite', isFinite(x)).is<Tensor<'2 3', 'bool'>>()
unknown('isFinite', isFinite(gradual)).is<Tensor<string, 'bool'>>()
known('signBit', signBit(x)).is<Tensor<'2 3', 'bool'>>()
unknown('signBit', signBit(gradual)).is<Tensor<string, 'bool'>>()
known('populationCount', populationCount(ints)).is<Tensor<'3', 'int32'>>()
unknown('populationCount', populationCount(counts)).is<Tensor<string, 'int32'>>()
known('leadingZeros', leadingZeros(ints)).is<Tensor<'3', 'int32'>>()
unknown('leadingZeros', leadingZeros(counts)).is<Tensor<string, 'int32'>>()
known('nanToNum', nanToNum()(x)).is<Tensor<'2 3'>>()
unknown('nanToNum', nanToNum()(gradual)).is<Tensor<string>>()

// Two operands, either of which may be the one that is not known.
known('add', add(vector)(x)).is<Tensor<'2 3'>>()
unknown('add', add(gradual)(x)).is<Tensor<string>>()
unknown('add', add(vector)(gradual)).is<Tensor<string>>()
known('div', div(vector)(x)).is<Tensor<'2 3'>>()
unknown('div', div(gradual)(x)).is<Tensor<string>>()
unknown('div', div(vector)(gradual)).is<Tensor<string>>()
known('maximum', maximum(vector)(x)).is<Tensor<'2 3'>>()
unknown('maximum', maximum(gradual)(x)).is<Tensor<string>>()
unknown('maximum', maximum(vector)(gradual)).is<Tensor<string>>()
known('minimum', minimum(vector)(x)).is<Tensor<'2 3'>>()
unknown('minimum', minimum(gradual)(x)).is<Tensor<string>>()
unknown('minimum', minimum(vector)(gradual)).is<Tensor<string>>()
known('mul', mul(vector)(x)).is<Tensor<'2 3'>>()
unknown('mul', mul(gradual)(x)).is<Tensor<string>>()
unknown('mul', mul(vector)(gradual)).is<Tensor<string>>()
known('pow', pow(vector)(x)).is<Tensor<'2 3'>>()
unknown('pow', pow(gradual)(x)).is<Tensor<string>>()
unknown('pow', pow(vector)(gradual)).is<Tensor<string>>()
known('rem', rem(vector)(x)).is<Tensor<'2 3'>>()
unknown('rem', rem(gradual)(x)).is<Tensor<string>>()
unknown('rem', rem(vector)(gradual)).is<Tensor<string>>()
known('sub', sub(vector)(x)).is<Tensor<'2 3'>>()
unknown('sub', sub(gradual)(x)).is<Tensor<string>>()
unknown('sub', sub(vector)(gradual)).is<Tensor<string>>()
known('atan2', atan2(vector)(x)).is<Tensor<'2 3'>>()
unknown('atan2', atan2(gradual)(x)).is<Tensor<string>>()
unknown('atan2', atan2(vector)(gradual)).is<Tensor<string>>()
known('hypot', hypot(vector)(x)).is<Tensor<'2 3'>>()
unknown('hypot', hypot(gradual)(x)).is<Tensor<string>>()
unknown('hypot', hypot(vector)(gradual)).is<Tensor<string>>()
known('logAddExp', logAddExp(vector)(x)).is<Tensor<'2 3'>>()
unknown('logAddExp', logAddExp(gradual)(x)).is<Tensor<string>>()
unknown('logAddExp', logAddExp(vector)(gradual)).is<Tensor<string>>()
known('logAddExp2', logAddExp2(vector)(x)).is<Tensor<'2 3'>>()
unknown('logAddExp2', logAddExp2(gradual)(x)).is<Tensor<string>>()
unknown('logAddExp2', logAddExp2(vector)(gradual)).is<Tensor<string>>()
known('xlogy', xlogy(vector)(x)).is<Tensor<'2 3'>>()
unknown('xlogy', xlogy(gradual)(x)).is<Tensor<string>>()
unknown('xlogy', xlogy(vector)(gradual)).is<Tensor<string>>()
known('xlog1py', xlog1py(vector)(x)).is<Tensor<'2 3'>>()
unknown('xlog1py', xlog1py(gradual)(x)).is<Tensor<string>>()
unknown('xlog1py', xlog1py(vector)(gradual)).is<Tensor<string>>()
known('copySign', copySign(vector)(x)).is<Tensor<'2 3'>>()
unknown('copySign', copySign(gradual)(x)).is<Tensor<string>>()
unknown('copySign', copySign(vector)(gradual)).is<Tensor<string>>()
known('nextAfter', nextAfter(vector)(x)).is<Tensor<'2 3'>>()
unknown('nextAfter', nextAfter(gradual)(x)).is<Tensor<string>>()
unknown('nextAfter', nextAfter(vector)(gradual)).is<Tensor<string>>()
known('heaviside', heaviside(vector)(x)).is<Tensor<'2 3'>>()
unknown('heaviside', heaviside(gradual)(x)).is<Tensor<string>>()
unknown('heaviside', heaviside(vector)(gradual)).is<Tensor<string>>()
known('mod', mod(vector)(x)).is<Tensor<'2 3'>>()
unknown('mod', mod(gradual)(x)).is<Tensor<string>>()
unknown('mod', mod(vector)(gradual)).is<Tensor<string>>()
known('floorDiv', floorDiv(vector)(x)).is<Tensor<'2 3'>>()
unknown('floorDiv', floorDiv(gradual)(x)).is<Tensor<string>>()
unknown('floorDiv', floorDiv(vector)(gradual)).is<Tensor<string>>()
known('gcd', gcd(ints)(ints)).is<Tensor<'3', 'int32'>>()
unknown('gcd', gcd(counts)(ints)).is<Tensor<string, 'int32'>>()
unknown('gcd', gcd(ints)(counts)).is<Tensor<string, 'int32'>>()
known('lcm', lcm(ints)(ints)).is<Tensor<'3', 'int32'>>()
unknown('lcm', lcm(counts)(ints)).is<Tensor<string, 'int32'>>()
unknown('lcm', lcm(ints)(counts)).is<Tensor<string, 'int32'>>()
known('isClose', isClose(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('isClose', isClose(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('isClose', isClose(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('allClose', allClose(vector)(x)).is<Tensor<'', 'bool'>>()
unknown('allClose', allClose(gradual)(x)).is<Tensor<'', 'bool'>>()
unknown('allClose', allClose(vector)(gradual)).is<Tensor<'', 'bool'>>()
known('interp', interp(vector, vector)(x)).is<Tensor<'2 3'>>()
unknown('interp', interp(gradual, gradual)(x)).is<Tensor<'2 3'>>()
unknown('interp', interp(vector, vector)(gradual)).is<Tensor<string>>()
known('equal', equal(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('equal', equal(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('equal', equal(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('greater', greater(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('greater', greater(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('greater', greater(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('greaterEqual', greaterEqual(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('greaterEqual', greaterEqual(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('greaterEqual', greaterEqual(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('less', less(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('less', less(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('less', less(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('lessEqual', lessEqual(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('lessEqual', lessEqual(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('lessEqual', lessEqual(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('notEqual', notEqual(vector)(x)).is<Tensor<'2 3', 'bool'>>()
unknown('notEqual', notEqual(gradual)(x)).is<Tensor<string, 'bool'>>()
unknown('notEqual', notEqual(vector)(gradual)).is<Tensor<string, 'bool'>>()
known('and', and(flags)(flags)).is<Tensor<'3', 'bool'>>()
unknown('and', and(marks)(flags)).is<Tensor<string, 'bool'>>()
unknown('and', and(flags)(marks)).is<Tensor<string, 'bool'>>()
known('or', or(flags)(flags)).is<Tensor<'3', 'bool'>>()
unknown('or', or(marks)(flags)).is<Tensor<string, 'bool'>>()
unknown('or', or(flags)(marks)).is<Tensor<string, 'bool'>>()
known('xor', xor(flags)(flags)).is<Tensor<'3', 'bool'>>()
unknown('xor', xor(marks)(flags)).is<Tensor<string, 'bool'>>()
unknown('xor', xor(flags)(marks)).is<Tensor<string, 'bool'>>()
known('shiftLeft', shiftLeft(ints)(ints)).is<Tensor<'3', 'int32'>>()
unknown('shiftLeft', shiftLeft(counts)(ints)).is<Tensor<string, 'int32'>>()
unknown('shiftLeft', shiftLeft(ints)(counts)).is<Tensor<string, 'int32'>>()
known('shiftRight', shiftRight(ints)(ints)).is<Tensor<'3', 'int32'>>()
unknown('shiftRight', shiftRight(counts)(ints)).is<Tensor<string, 'int32'>>()
unknown('shiftRight', shiftRight(ints)(counts)).is<Tensor<string, 'int32'>>()
known('pairwise', pairwise(sub)(vector, column)).is<Tensor<'2 3'>>()
unknown('pairwise', pairwise(sub)(gradual, column)).is<Tensor<string>>()
unknown('pairwise', pairwise(sub)(vector, gradual)).is<Tensor<string>>()
known('equals', equals(x, x)).is<boolean>()
unknown('equals', equals(gradual, x)).is<boolean>()

// Reductions, and orders along an axis.
known('logSumExp', logSumExp(-1)(x)).is<Tensor<'2'>>()
unknown('logSumExp', logSumExp(-1)(gradual)).is<Tensor<string>>()
unknown('logSumExp', logSumExp([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('max', max(-1)(x)).is<Tensor<'2'>>()
unknown('max', max(-1)(gradual)).is<Tensor<string>>()
unknown('max', max([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('mean', mean(-1)(x)).is<Tensor<'2'>>()
unknown('mean', mean(-1)(gradual)).is<Tensor<string>>()
unknown('mean', mean([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('min', min(-1)(x)).is<Tensor<'2'>>()
unknown('min', min(-1)(gradual)).is<Tensor<string>>()
unknown('min', min([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('prod', prod(-1)(x)).is<Tensor<'2'>>()
unknown('prod', prod(-1)(gradual)).is<Tensor<string>>()
unknown('prod', prod([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('std', std(-1)(x)).is<Tensor<'2'>>()
unknown('std', std(-1)(gradual)).is<Tensor<string>>()
unknown('std', std([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('sum', sum(-1)(x)).is<Tensor<'2'>>()
unknown('sum', sum(-1)(gradual)).is<Tensor<string>>()
unknown('sum', sum([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('variance', variance(-1)(x)).is<Tensor<'2'>>()
unknown('variance', variance(-1)(gradual)).is<Tensor<string>>()
unknown('variance', variance([0, 1], { keepDims: true })(gradual)).is<Tensor<string>>()
known('all', all(0)(flags)).is<Tensor<'', 'bool'>>()
unknown('all', all(0)(marks)).is<Tensor<string, 'bool'>>()
known('any', any(0)(flags)).is<Tensor<'', 'bool'>>()
unknown('any', any(0)(marks)).is<Tensor<string, 'bool'>>()
known('argmax', argmax(-1)(x)).is<Tensor<'2', 'int32'>>()
unknown('argmax', argmax(-1)(gradual)).is<Tensor<string, 'int32'>>()
known('argmin', argmin(-1)(x)).is<Tensor<'2', 'int32'>>()
unknown('argmin', argmin(-1)(gradual)).is<Tensor<string, 'int32'>>()
known('argsort', argsort(-1)(x)).is<Tensor<'2 3', 'int32'>>()
unknown('argsort', argsort(-1)(gradual)).is<Tensor<string, 'int32'>>()
known('cumLogSumExp', cumLogSumExp(-1)(x)).is<Tensor<'2 3'>>()
unknown('cumLogSumExp', cumLogSumExp(-1)(gradual)).is<Tensor<string>>()
known('cumMax', cumMax(-1)(x)).is<Tensor<'2 3'>>()
unknown('cumMax', cumMax(-1)(gradual)).is<Tensor<string>>()
known('cumMin', cumMin(-1)(x)).is<Tensor<'2 3'>>()
unknown('cumMin', cumMin(-1)(gradual)).is<Tensor<string>>()
known('cumProd', cumProd(-1)(x)).is<Tensor<'2 3'>>()
unknown('cumProd', cumProd(-1)(gradual)).is<Tensor<string>>()
known('cumSum', cumSum(-1)(x)).is<Tensor<'2 3'>>()
unknown('cumSum', cumSum(-1)(gradual)).is<Tensor<string>>()
known('segmentSum', segmentSum(ints, 5)(vector)).is<Tensor<'5'>>()
known('segmentSum', segmentSum(ints, 'nodes', { nodes: 5 })(zeros('3 2'))).is<Tensor<'nodes 2'>>()
unknown('segmentSum', segmentSum(counts, 5)(vector)).is<Tensor<string>>()
unknown('segmentSum', segmentSum(ints, 5)(gradual)).is<Tensor<string>>()
known('segmentMean', segmentMean(ints, 5)(vector)).is<Tensor<'5'>>()
unknown('segmentMean', segmentMean(ints, 5)(gradual)).is<Tensor<string>>()
known('segmentProd', segmentProd(ints, 5)(vector)).is<Tensor<'5'>>()
unknown('segmentProd', segmentProd(ints, 5)(gradual)).is<Tensor<string>>()
known('segmentMax', segmentMax(ints, 5)(vector)).is<Tensor<'5'>>()
unknown('segmentMax', segmentMax(ints, 5)(gradual)).is<Tensor<string>>()
known('segmentMin', segmentMin(ints, 5)(vector)).is<Tensor<'5'>>()
unknown('segmentMin', segmentMin(ints, 5)(gradual)).is<Tensor<string>>()
known('bincount', bincount('k', { k: 5 })(ints)).is<Tensor<'k', 'int32'>>()
unknown('bincount', bincount(5)(counts)).is<Tensor<'5', 'int32'>>()
known('histogram', histogram(5)(x)).is<Tensor<'5', 'int32'>>()
known('histogram', histogram(vector, { density: true })(x)).is<Tensor<'2'>>()
unknown('histogram', histogram(gradual)(x)).is<Tensor<string, 'int32'>>()
unknown('histogram', histogram(5, { weights: gradual })(gradual)).is<Tensor<'5'>>()
known('histogramEdges', histogramEdges(5)(x)).is<Tensor<'6'>>()
unknown('histogramEdges', histogramEdges(5)(gradual)).is<Tensor<'6'>>()
known('cov', cov(0)(x)).is<Tensor<'3 3'>>()
unknown('cov', cov(0)(gradual)).is<Tensor<string>>()
known('corrCoef', corrCoef(1)(x)).is<Tensor<'2 2'>>()
unknown('corrCoef', corrCoef(1)(gradual)).is<Tensor<string>>()
known('trapezoid', trapezoid(-1, vector)(x)).is<Tensor<'2'>>()
unknown('trapezoid', trapezoid(-1, 0.5)(gradual)).is<Tensor<string>>()
unknown('trapezoid', trapezoid(-1, gradual)(x)).is<Tensor<'2'>>()
known('countNonzero', countNonzero(-1)(x)).is<Tensor<'2', 'int32'>>()
unknown('countNonzero', countNonzero(-1)(gradual)).is<Tensor<string, 'int32'>>()
known('norm', norm([0, 1], { ord: 1 })(x)).is<Tensor<''>>()
unknown('norm', norm(-1)(gradual)).is<Tensor<string>>()
known('ptp', ptp(-1)(x)).is<Tensor<'2'>>()
unknown('ptp', ptp(-1)(gradual)).is<Tensor<string>>()
known('median', median(0)(x)).is<Tensor<'3'>>()
unknown('median', median(-1)(gradual)).is<Tensor<string>>()
known('quantile', quantile(0.1)(-1, { keepDims: true, method: 'lower' })(x)).is<Tensor<'2 1'>>()
unknown('quantile', quantile(0.1)(-1)(gradual)).is<Tensor<string>>()
// Those that leave NaN out are one mechanism with one type.
known('nanSum', nanSum(-1)(x)).is<Tensor<'2'>>()
unknown('nanSum', nanSum(-1)(gradual)).is<Tensor<string>>()
known('nanProd', nanProd(-1)(x)).is<Tensor<'2'>>()
unknown('nanProd', nanProd(-1)(gradual)).is<Tensor<string>>()
known('nanMax', nanMax(-1)(x)).is<Tensor<'2'>>()
unknown('nanMax', nanMax(-1)(gradual)).is<Tensor<string>>()
known('nanMin', nanMin(-1)(x)).is<Tensor<'2'>>()
unknown('nanMin', nanMin(-1)(gradual)).is<Tensor<string>>()
known('nanMean', nanMean(-1)(x)).is<Tensor<'2'>>()
unknown('nanMean', nanMean(-1)(gradual)).is<Tensor<string>>()
known('nanVariance', nanVariance(-1)(x)).is<Tensor<'2'>>()
unknown('nanVariance', nanVariance(-1)(gradual)).is<Tensor<string>>()
known('nanStd', nanStd(-1, { correction: 1 })(x)).is<Tensor<'2'>>()
unknown('nanStd', nanStd(-1)(gradual)).is<Tensor<string>>()
known('nanMedian', nanMedian(-1)(x)).is<Tensor<'2'>>()
unknown('nanMedian', nanMedian(-1)(gradual)).is<Tensor<string>>()
known('nanQuantile', nanQuantile(0.5)(-1)(x)).is<Tensor<'2'>>()
unknown('nanQuantile', nanQuantile(0.5)(-1)(gradual)).is<Tensor<string>>()
known('nanArgmax', nanArgmax()(x)).is<Tensor<'', 'int32'>>()
unknown('nanArgmax', nanArgmax()(gradual)).is<Tensor<string, 'int32'>>()
known('nanArgmin', nanArgmin()(x)).is<Tensor<'', 'int32'>>()
unknown('nanArgmin', nanArgmin()(gradual)).is<Tensor<string, 'int32'>>()
known('lexsort', lexsort(-1)([x, x])).is<Tensor<'2 3', 'int32'>>()
unknown('lexsort', lexsort(-1)([gradual])).is<Tensor<string, 'int32'>>()
known('searchsorted', searchsorted(vector)(x)).is<Tensor<'2 3', 'int32'>>()
unknown('searchsorted', searchsorted(gradual)(gradual)).is<Tensor<string, 'int32'>>()
known('sortBy', sortBy(vector)({ y: vector })).is<{ y: Tensor<'3'> }>()
unknown('sortBy', sortBy(vector)({ y: gradual })).is<{ y: Tensor<string> }>()
known('topK', topK(2, -1)(x)).is<readonly [values: Tensor<'2 2'>, indices: Tensor<'2 2', 'int32'>]>()
unknown('topK', topK(count, -1)(x)[0]).is<Tensor<string>>()
known('unique', unique(2)(x).inverse).is<Tensor<'2 3', 'int32'>>()
unknown('unique', unique(count)(x).values).is<Tensor<string>>()
known('sort', sort(-1)(x)).is<Tensor<'2 3'>>()
unknown('sort', sort(-1)(gradual)).is<Tensor<string>>()

// Products and windows.
known('matmul', matmul(transpose(x))(x)).is<Tensor<'2 2'>>()
unknown('matmul', matmul(gradual)(x)).is<Tensor<string>>()
unknown('matmul', matmul(x)(gradual)).is<Tensor<string>>()
known('dot', dot(vector)(vector)).is<Tensor<''>>()
unknown('dot', dot(gradual)(vector)).is<Tensor<''>>()
unknown('dot', dot(vector)(gradual)).is<Tensor<''>>()
known('outer', outer(vector)(vector)).is<Tensor<'3 3'>>()
unknown('outer', outer(gradual)(vector)).is<Tensor<string>>()
unknown('outer', outer(vector)(gradual)).is<Tensor<string>>()
known('einsum', einsum('i j, j -> i')(x, vector)).is<Tensor<'2'>>()
unknown('einsum', einsum('i j, j -> i')(gradual, vector)).is<Tensor<string>>()
unknown('einsum', einsum('i j, j -> i')(x, gradual)).is<Tensor<string>>()
known('conv', conv(kernel)(image)).is<Tensor<'8 7'>>()
unknown('conv', conv(gradual)(image)).is<Tensor<string>>()
unknown('conv', conv(kernel)(gradual)).is<Tensor<string>>()
known('maxPool', maxPool([3])(image)).is<Tensor<'1 3'>>()
unknown('maxPool', maxPool([3])(gradual)).is<Tensor<string>>()
known('meanPool', meanPool([3], { stride: 1 })(image)).is<Tensor<'1 7'>>()
unknown('meanPool', meanPool([3], { stride: 1 })(gradual)).is<Tensor<string>>()

// Shapes and choices.
known('broadcastTo', broadcastTo('2 3')(vector)).is<Tensor<'2 3'>>()
unknown('broadcastTo', broadcastTo('2 3')(gradual)).is<Tensor<'2 3'>>()
known('concat', concat(0)([x, x])).is<Tensor<'4 3'>>()
unknown('concat', concat(0)([gradual, x])).is<Tensor<string>>()
unknown('concat', concat(0)([x, gradual])).is<Tensor<string>>()
known('stack', stack(0)([x, x])).is<Tensor<'2 2 3'>>()
unknown('stack', stack(0)([gradual, x])).is<Tensor<string>>()
unknown('stack', stack(0)([x, gradual])).is<Tensor<string>>()
known('expandDims', expandDims(0)(x)).is<Tensor<'1 2 3'>>()
unknown('expandDims', expandDims(0)(gradual)).is<Tensor<string>>()
known('flatten', flatten(x)).is<Tensor<'6'>>()
unknown('flatten', flatten(gradual)).is<Tensor<string>>()
known('moveAxis', moveAxis(0, 1)(x)).is<Tensor<'3 2'>>()
unknown('moveAxis', moveAxis(0, 1)(gradual)).is<Tensor<string>>()
known('permute', permute([1, 0])(x)).is<Tensor<'3 2'>>()
unknown('permute', permute([1, 0])(gradual)).is<Tensor<string>>()
known('rearrange', rearrange('i j -> (i j)')(x)).is<Tensor<'6'>>()
unknown('rearrange', rearrange('i j -> (i j)')(gradual)).is<Tensor<string>>()
known('reduce', reduce('i j -> j', 'sum')(x)).is<Tensor<'3'>>()
unknown('reduce', reduce('i j -> j', 'sum')(gradual)).is<Tensor<string>>()
known('repeat', repeat('i j -> i j 2')(x)).is<Tensor<'2 3 2'>>()
unknown('repeat', repeat('i j -> i j 2')(gradual)).is<Tensor<string>>()
known('reshape', reshape('6')(x)).is<Tensor<'6'>>()
unknown('reshape', reshape('6')(gradual)).is<Tensor<'6'>>()
known('reverse', reverse(0)(x)).is<Tensor<'2 3'>>()
unknown('reverse', reverse(0)(gradual)).is<Tensor<string>>()
known('slice', slice('0, 1:')(x)).is<Tensor<'2'>>()
unknown('slice', slice('0, 1:')(gradual)).is<Tensor<string>>()
known('squeeze', squeeze(1)(column)).is<Tensor<'2'>>()
unknown('squeeze', squeeze(1)(gradual)).is<Tensor<string>>()
unknown('squeeze', squeeze()(gradual)).is<Tensor<string>>()
known('swapAxes', swapAxes(0, 1)(x)).is<Tensor<'3 2'>>()
unknown('swapAxes', swapAxes(0, 1)(gradual)).is<Tensor<string>>()
known('transpose', transpose(x)).is<Tensor<'3 2'>>()
unknown('transpose', transpose(gradual)).is<Tensor<string>>()
known('take', take(words, 0)(x)).is<Tensor<'3 3'>>()
unknown('take', take(counts, 0)(x)).is<Tensor<string>>()
unknown('take', take(words, 0)(gradual)).is<Tensor<string>>()
known('tril', tril()(x)).is<Tensor<'2 3'>>()
unknown('tril', tril()(gradual)).is<Tensor<string>>()
known('triu', triu()(x)).is<Tensor<'2 3'>>()
unknown('triu', triu()(gradual)).is<Tensor<string>>()
known('pad', pad([1, [0, 2]])(x)).is<Tensor<'4 5'>>()
unknown('pad', pad([1, [0, 2]])(gradual)).is<Tensor<string>>()
known('tile', tile([2, 1])(x)).is<Tensor<'4 3'>>()
unknown('tile', tile([2, 1])(gradual)).is<Tensor<string>>()
known('repeatInterleave', repeatInterleave(2, 0)(x)).is<Tensor<'4 3'>>()
unknown('repeatInterleave', repeatInterleave(2, 0)(gradual)).is<Tensor<string>>()
known('roll', roll(1, 0)(x)).is<Tensor<'2 3'>>()
unknown('roll', roll(1, 0)(gradual)).is<Tensor<string>>()
known('takeAlongAxis', takeAlongAxis(ints, 0)(vector)).is<Tensor<'3'>>()
unknown('takeAlongAxis', takeAlongAxis(counts, 0)(gradual)).is<Tensor<string>>()
known('diag', diag()(vector)).is<Tensor<'3 3'>>()
unknown('diag', diag()(gradual)).is<Tensor<string>>()
known('diagonal', diagonal()(x)).is<Tensor<'2'>>()
unknown('diagonal', diagonal()(gradual)).is<Tensor<string>>()
known('kron', kron(x)(x)).is<Tensor<'4 9'>>()
unknown('kron', kron(x)(gradual)).is<Tensor<string>>()
known('meshgrid', meshgrid()([vector, vector])).is<readonly [Tensor<'3 3'>, Tensor<'3 3'>]>()
unknown('meshgrid', meshgrid()([vector, gradual])).is<readonly [Tensor<string>, Tensor<string>]>()
known('rot90', rot90(1, 0, 1)(x)).is<Tensor<'3 2'>>()
unknown('rot90', rot90(1, 0, 1)(gradual)).is<Tensor<string>>()
known('split', split(3, 1)(x)).is<readonly [Tensor<'2 1'>, Tensor<'2 1'>, Tensor<'2 1'>]>()
unknown('split', split([1], 0)(gradual)).is<readonly [Tensor<string>, Tensor<string>]>()
known('trace', trace(x)).is<Tensor<''>>()
unknown('trace', trace(gradual)).is<Tensor<string>>()
known('unstack', unstack(0)(x)).is<readonly [Tensor<'3'>, Tensor<'3'>]>()
unknown('unstack', unstack(0)(gradual)).is<readonly Tensor<string>[]>()
known('at', at(0).get(x)).is<Tensor<'3'>>()
unknown('at', at(0).get(gradual)).is<Tensor<string>>()
known('at', at(0).add(1)(x)).is<Tensor<'2 3'>>()
unknown('at', at(0).add(1)(gradual)).is<Tensor<string>>()
known('dynamicSlice', dynamicSlice([0, 0], '1 3')(x)).is<Tensor<'1 3'>>()
unknown('dynamicSlice', dynamicSlice([0, 0], '1 3')(gradual)).is<Tensor<'1 3'>>()
known('dynamicUpdate', dynamicUpdate([0, 0], x)(x)).is<Tensor<'2 3'>>()
unknown('dynamicUpdate', dynamicUpdate([0, 0], x)(gradual)).is<Tensor<string>>()
known('putAlongAxis', putAlongAxis(ints, vector, 0)(vector)).is<Tensor<'3'>>()
unknown('putAlongAxis', putAlongAxis(counts, gradual, 0)(gradual)).is<Tensor<string>>()
known('convTranspose', convTranspose(zeros('2 4 2'))(x)).is<Tensor<'4 4'>>()
unknown('convTranspose', convTranspose(zeros('2 4 2'))(gradual)).is<Tensor<string>>()
known('sumPool', sumPool([3])(x)).is<Tensor<'2 1'>>()
unknown('sumPool', sumPool([3])(gradual)).is<Tensor<string>>()
known('unfold', unfold([2])(x)).is<Tensor<'2 2 2'>>()
unknown('unfold', unfold([2])(gradual)).is<Tensor<string>>()
known('resize', resize('4 6', 'linear')(x)).is<Tensor<'4 6'>>()
unknown('resize', resize('4 6', 'linear')(gradual)).is<Tensor<'4 6'>>()
known('oneHot', oneHot(10)(ints)).is<Tensor<'3 10'>>()
unknown('oneHot', oneHot(10)(counts)).is<Tensor<string>>()
known('where', where(vector, 0)(flags)).is<Tensor<'3'>>()
unknown('where', where(gradual, 0)(flags)).is<Tensor<string>>()
unknown('where', where(vector, 0)(marks)).is<Tensor<string>>()
unknown('where', where(vector, gradual)(flags)).is<Tensor<string>>()

// Making tensors, and reading them.
known('tensor', tensor([[1, 2]])).is<Tensor<'1 2'>>()
// @ts-expect-error Argument of type 'readonly number[]' is not assignable to parameter of type '"tensor: the compiler does not know the length of an array, use fromArray"'.
unknown('tensor', tensor(list))
known('zeros', zeros('batch 3', { batch: 2 })).is<Tensor<'batch 3'>>()
unknown('zeros', zeros(text)).is<Tensor<string>>()
known('ones', ones('2 3')).is<Tensor<'2 3'>>()
unknown('ones', ones(text)).is<Tensor<string>>()
known('full', full(7)('2 3')).is<Tensor<'2 3'>>()
unknown('full', full(7)(text)).is<Tensor<string>>()
known('arange', arange(3)).is<Tensor<'3', 'int32'>>()
unknown('arange', arange(count)).is<Tensor<`${number}`, 'int32'>>()
known('linspace', linspace(0, 1, 3)).is<Tensor<'3'>>()
unknown('linspace', linspace(0, 1, count)).is<Tensor<`${number}`>>()
known('eye', eye(2)).is<Tensor<'2 2'>>()
unknown('eye', eye(count)).is<Tensor<`${number} ${number}`>>()
known('fromArray', fromArray('n')([1])).is<Either<PullbackError, Tensor<'n'>>>()
unknown('fromArray', fromArray(text)([1])).is<Either<PullbackError, Tensor<string>>>()
known('fromArrayOrThrow', fromArrayOrThrow('n')([1])).is<Tensor<'n'>>()
unknown('fromArrayOrThrow', fromArrayOrThrow(text)([1])).is<Tensor<string>>()
known('as', as('h w')(x)).is<Tensor<'h w'>>()
unknown('as', as('h w')(gradual)).is<Tensor<'h w'>>()
unknown('as', as(text)(x)).is<Tensor<string>>()
known('asLike', asLike(x)(gradual)).is<Tensor<'2 3'>>()
unknown('asLike', asLike(gradual)(x)).is<Tensor<string>>()
known('refine', refine('2 3')(x)).is<Either<PullbackError, Tensor<'2 3'>>>()
unknown('refine', refine('2 3')(gradual)).is<Either<PullbackError, Tensor<'2 3'>>>()
unknown('refine', refine(text)(x)).is<Either<PullbackError, Tensor<string>>>()
known('refineOrThrow', refineOrThrow('2 3')(x)).is<Tensor<'2 3'>>()
unknown('refineOrThrow', refineOrThrow('2 3')(gradual)).is<Tensor<'2 3'>>()
unknown('refineOrThrow', refineOrThrow(text)(x)).is<Tensor<string>>()
known('rename', rename('h w')(x)).is<Tensor<'h w'>>()
unknown('rename', rename('h w')(gradual)).is<Tensor<'h w'>>()
unknown('rename', rename(text)(x)).is<Tensor<string>>()
known('toArray', toArray(x)).is<Float32Array>()
unknown('toArray', toArray(gradual)).is<Float32Array>()
known('toHost', toHost({ x, list: [scalar] as const })).is<Promise<{ x: typeof x; list: readonly [typeof scalar] }>>()
unknown('toHost', toHost(gradual)).is<Promise<typeof gradual>>()
known('toNested', toNested(x)).is<readonly (readonly number[])[]>()
unknown('toNested', toNested(gradual)).is<unknown>()
known('toNumber', toNumber(scalar)).is<number>()
unknown('toNumber', toNumber(gradual)).is<number>()

// Trees.
known('tree.collect', tree.collect(leaf => leaf.shape)({ x })).is<{ readonly x: string }>()
unknown('tree.collect', tree.collect(leaf => leaf.shape)({ x: gradual })).is<{ readonly x: string }>()
known('tree.fold', tree.fold(0, n => n + 1)({ x })).is<number>()
unknown('tree.fold', tree.fold(0, n => n + 1)({ x: gradual })).is<number>()
known('tree.map', tree.map(leaf => leaf)({ x })).is<{ x: Tensor<'2 3'> }>()
unknown('tree.map', tree.map(leaf => leaf)({ x: gradual })).is<{ x: Tensor<string> }>()
known('tree.zipWith', tree.zipWith(leaf => leaf)({ x }, { x })).is<{ x: Tensor<'2 3'> }>()
unknown('tree.zipWith', tree.zipWith(leaf => leaf)({ x: gradual }, { x: gradual })).is<{ x: Tensor<string> }>()
known('tree.leaves', tree.leaves({ x })).is<readonly Value[]>()
unknown('tree.leaves', tree.leaves({ x: gradual })).is<readonly Value[]>()
known('tree.paths', tree.paths({ x })).is<readonly string[]>()
unknown('tree.paths', tree.paths({ x: gradual })).is<readonly string[]>()
known('tree.size', tree.size({ x })).is<number>()
unknown('tree.size', tree.size({ x: gradual })).is<number>()
known('tree.flatten', tree.flatten('op', { x }).leaves).is<readonly Value[]>()
unknown('tree.flatten', tree.flatten('op', { x: gradual }).leaves).is<readonly Value[]>()
known('tree.leavesAlong', tree.leavesAlong(structure, { x })).is<readonly Value[] | undefined>()
unknown('tree.leavesAlong', tree.leavesAlong(structure, { x: gradual })).is<readonly Value[] | undefined>()

// Transformations.
known('grad', grad((at: typeof x) => sum()(at))(x)).is<Tensor<'2 3'>>()
unknown('grad', grad((at: typeof gradual) => sum()(at))(gradual)).is<Tensor<string>>()
known('gradOf', gradOf(1)((n: number, at: typeof x) => pipe(at, mul(n), sum()))(2, x)).is<Tensor<'2 3'>>()
unknown('gradOf', gradOf(1)((n: number, at: typeof gradual) => pipe(at, mul(n), sum()))(2, gradual)).is<Tensor<string>>()
known('valueAndGradOf', valueAndGradOf(0)((at: typeof x) => sum()(at))(x)).is<readonly [value: Tensor<''>, gradient: Tensor<'2 3'>]>()
unknown('valueAndGradOf', valueAndGradOf(0)((at: typeof gradual) => sum()(at))(gradual)).is<
  readonly [value: Tensor<string>, gradient: Tensor<string>]
>()
known('ravel', ravel('n')([x, vector])).is<Tensor<'n'>>()
unknown('ravel', ravel('n' as string)([x, vector])).is<Tensor<string>>()
known('unravel', unravel([x, vector] as const)(zeros('9'))).is<readonly [typeof x, typeof vector]>()
unknown('unravel', unravel(gradual)(zeros('6'))).is<Tensor<string>>()
known('valueAndGrad', valueAndGrad((at: typeof x) => sum()(at))(x)).is<readonly [value: Tensor<''>, gradient: Tensor<'2 3'>]>()
unknown('valueAndGrad', valueAndGrad((at: typeof gradual) => sum()(at))(gradual)).is<
  readonly [value: Tensor<string>, gradient: Tensor<string>]
>()
known('hessian', hessian((at: typeof vector) => sum()(at))(vector)).is<Tensor<'3 3'>>()
unknown('hessian', hessian((at: typeof gradual) => sum()(at))(gradual)).is<Tensor<string>>()
known('jacobian', jacobian((at: typeof vector) => outer(at)(at))(vector)).is<Tensor<'3 3 3'>>()
unknown('jacobian', jacobian((at: typeof gradual) => sum()(at))(gradual)).is<Tensor<string>>()
unknown('jacobian', jacobian((at: typeof vector) => add(gradual)(at))(vector)).is<Tensor<string>>()
known('jacobianForward', jacobianForward((at: typeof vector) => outer(at)(at))(vector)).is<Tensor<'3 3 3'>>()
unknown('jacobianForward', jacobianForward((at: typeof gradual) => sum()(at))(gradual)).is<Tensor<string>>()
known('jacobianReverse', jacobianReverse((at: typeof vector) => outer(at)(at))(vector)).is<Tensor<'3 3 3'>>()
unknown('jacobianReverse', jacobianReverse((at: typeof gradual) => sum()(at))(gradual)).is<Tensor<string>>()
known('jvp', jvp((at: typeof x) => sum(0)(at))(x, x)).is<readonly [Tensor<'3'>, Tensor<'3'>]>()
unknown('jvp', jvp((at: typeof gradual) => sum(0)(at))(gradual, gradual)).is<readonly [Tensor<string>, Tensor<string>]>()
known('hvp', hvp((at: typeof vector) => sum()(at))(vector, vector)).is<Tensor<'3'>>()
unknown('hvp', hvp((at: typeof gradual) => sum()(at))(gradual, gradual)).is<Tensor<string>>()
known('linearize', linearize((at: typeof x) => sum(0)(at))(x)).is<
  readonly [value: Tensor<'3'>, push: (tangent: Tensor<'2 3'>) => Tensor<'3'>]
>()
unknown('linearize', linearize((at: typeof gradual) => sum(0)(at))(gradual)).is<
  readonly [value: Tensor<string>, push: (tangent: Tensor<string>) => Tensor<string>]
>()
known('linearTranspose', linearTranspose((at: typeof x) => sum(0)(at))(x)(vector)).is<Tensor<'2 3'>>()
unknown('linearTranspose', linearTranspose((at: typeof gradual) => sum(0)(at))(gradual)(gradual)).is<Tensor<string>>()
known('evalShape', evalShape((at: typeof x) => [sum(0)(at)] as const)(x)).is<readonly [TensorShape<'3'>]>()
unknown('evalShape', evalShape((at: typeof gradual) => sum(0)(at))(gradual)).is<TensorShape<string>>()
known('vjp', vjp((at: typeof x) => sum(0)(at))(x)).is<readonly [Tensor<'3'>, (cotangent: Tensor<'3'>) => Tensor<'2 3'>]>()
unknown('vjp', vjp((at: typeof gradual) => sum(0)(at))(gradual)).is<
  readonly [Tensor<string>, (cotangent: Tensor<string>) => Tensor<string>]
>()
known('vmap', vmap('2')((at: typeof vector) => sum()(at))(x)).is<Tensor<'2'>>()
unknown('vmap', vmap('2')((at: typeof gradual) => sum(0)(at))(gradual)).is<Tensor<string>>()
unknown('vmap', vmap('2')((at: typeof vector) => add(gradual)(at))(x)).is<Tensor<string>>()
unknown('vmap', vmap(text)((at: typeof vector) => sum()(at))(x)).is<Tensor<string>>()
known('vmapWithAxis', vmapWithAxis('2')(axis => (at: typeof vector) => axis.gather(sum()(at)))(x)).is<Tensor<'2 2'>>()
unknown('vmapWithAxis', vmapWithAxis('2')(axis => (at: typeof gradual) => axis.mean(at))(gradual)).is<Tensor<string>>()
unknown('vmapWithAxis', vmapWithAxis(text)(axis => (at: typeof vector) => axis.sum(sum()(at)))(x)).is<Tensor<string>>()
known('oneExample.sum', oneExample.sum(ints)).is<Tensor<'3', 'int32'>>()
unknown('oneExample.sum', oneExample.sum(gradual)).is<Tensor<string>>()
known('oneExample.mean', oneExample.mean(x)).is<Tensor<'2 3'>>()
unknown('oneExample.mean', oneExample.mean(gradual)).is<Tensor<string>>()
known('oneExample.max', oneExample.max(x)).is<Tensor<'2 3'>>()
unknown('oneExample.max', oneExample.max(gradual)).is<Tensor<string>>()
known('oneExample.min', oneExample.min(x)).is<Tensor<'2 3'>>()
unknown('oneExample.min', oneExample.min(gradual)).is<Tensor<string>>()
known('oneExample.gather', oneExample.gather(x)).is<Tensor<'1 2 3'>>()
unknown('oneExample.gather', oneExample.gather(gradual)).is<Tensor<string>>()
known('oneExample.permute', oneExample.permute([0])(x)).is<Tensor<'2 3'>>()
unknown('oneExample.permute', oneExample.permute(list)(gradual)).is<Tensor<string>>()
known('jit', jit((at: typeof x) => sum(0)(at))(x)).is<Tensor<'3'>>()
unknown('jit', jit((at: typeof gradual) => sum(0)(at))(gradual)).is<Tensor<string>>()
known('forall', forall((at: Tensor<'m n'>) => transpose(at))(x)).is<Tensor<'3 2'>>()
unknown('forall', forall((at: Tensor<'m n'>) => transpose(at))(gradual)).is<Tensor<string>>()
known(
  'customJvp',
  customJvp(
    (at: typeof x) => sum(0)(at),
    (at, t) => [sum(0)(at), sum(0)(t)],
  )(x),
).is<Tensor<'3'>>()
unknown(
  'customJvp',
  customJvp(
    (at: typeof gradual) => sum(0)(at),
    (at, t) => [sum(0)(at), sum(0)(t)],
  )(gradual),
).is<Tensor<string>>()
known(
  'customVjp',
  customVjp(
    (at: typeof x) => sum(0)(at),
    at => [sum(0)(at), () => at],
  )(x),
).is<Tensor<'3'>>()
unknown(
  'customVjp',
  customVjp(
    (at: typeof gradual) => sum(0)(at),
    at => [sum(0)(at), () => at],
  )(gradual),
).is<Tensor<string>>()
known('checkpoint', checkpoint((at: typeof x) => sum(0)(at))(x)).is<Tensor<'3'>>()
unknown('checkpoint', checkpoint((at: typeof gradual) => sum(0)(at))(gradual)).is<Tensor<string>>()
known('scan', scan('2')((h: Tensor<''>, at: typeof vector) => [h, at], tensor(0))(x)).is<
  readonly [carry: Tensor<''>, results: Tensor<'2 3'>]
>()
unknown('scan', scan('2')((h: Tensor<''>, at: typeof gradual) => [h, sum(0)(at)], tensor(0))(gradual)).is<
  readonly [carry: Tensor<''>, results: Tensor<string>]
>()
known('fori', fori(2)((_, at: typeof vector) => neg(at))(vector)).is<Tensor<'3'>>()
unknown('fori', fori(2)((_, at: typeof gradual) => neg(at))(gradual)).is<Tensor<string>>()
known('map', map('2')((at: typeof vector) => sum()(at))(x)).is<Tensor<'2'>>()
unknown('map', map('2')((at: typeof gradual) => sum(0)(at))(gradual)).is<Tensor<string>>()
known(
  'cond',
  cond(
    tensor(true),
    (at: typeof x) => sum(0)(at),
    (at: typeof x) => sum(0)(neg(at)),
  )(x),
).is<Tensor<'3'>>()
unknown(
  'cond',
  cond(
    tensor(true),
    (at: typeof gradual) => sum(0)(at),
    (at: typeof gradual) => sum(0)(neg(at)),
  )(gradual),
).is<Tensor<string>>()
known('switchCase', switchCase(tensor(0, 'int32'), [(at: typeof x) => sum(0)(at)])(x)).is<Tensor<'3'>>()
unknown('switchCase', switchCase(tensor(0, 'int32'), [(at: typeof gradual) => sum(0)(at)])(gradual)).is<Tensor<string>>()
known('associativeScan', associativeScan('2')((at: typeof vector, by: typeof vector) => add(at)(by))(x)).is<Tensor<'2 3'>>()
unknown('associativeScan', associativeScan('2')((at: typeof gradual, by: typeof gradual) => add(at)(by))(gradual)).is<Tensor<string>>()
known(
  'whileLoop',
  whileLoop(
    (at: typeof vector) => all()(greater(0)(at)),
    (at: typeof vector) => neg(at),
  )(vector),
).is<Tensor<'3'>>()
unknown(
  'whileLoop',
  whileLoop(
    (at: typeof gradual) => all()(greater(0)(at)),
    (at: typeof gradual) => neg(at),
  )(gradual),
).is<Tensor<string>>()
known('pipe', pipe(x, sum(0), neg)).is<Tensor<'3'>>()
unknown('pipe', pipe(gradual, sum(0), neg)).is<Tensor<string>>()
known('flow', flow((at: typeof x) => sum(0)(at), neg)(x)).is<Tensor<'3'>>()
unknown('flow', flow((at: typeof gradual) => sum(0)(at), neg)(gradual)).is<Tensor<string>>()
known(
  'withEngine',
  withEngine(reference)(() => sum(0)(x)),
).is<Tensor<'3'>>()
unknown(
  'withEngine',
  withEngine(reference)(() => sum(0)(gradual)),
).is<Tensor<string>>()
known('program.of', program.of((at: typeof x) => sum(0)(at))(x)).is<Program>()
unknown('program.of', program.of((at: typeof gradual) => sum(0)(at))(gradual)).is<Program>()
known('program.print', program.print((at: typeof x) => sum(0)(at))(x)).is<string>()
unknown('program.print', program.print((at: typeof gradual) => sum(0)(at))(gradual)).is<string>()
known('program.mermaid', program.mermaid((at: typeof x) => sum(0)(at))(x)).is<string>()
unknown('program.mermaid', program.mermaid((at: typeof gradual) => sum(0)(at))(gradual)).is<string>()
known('program.dot', program.dot((at: typeof x) => sum(0)(at))(x)).is<string>()
unknown('program.dot', program.dot((at: typeof gradual) => sum(0)(at))(gradual)).is<string>()
known('debug.profile', debug.profile((at: typeof x) => sum(0)(at))(x)).is<debug.Profile>()
unknown('debug.profile', debug.profile((at: typeof gradual) => sum(0)(at))(gradual)).is<debug.Profile>()
known('debug.table', debug.table(debug.profile((at: typeof x) => sum(0)(at))(x))).is<string>()
unknown('debug.table', debug.table(debug.profile((at: typeof gradual) => sum(0)(at))(gradual))).is<string>()
known('debug.chart', debug.chart(debug.profile((at: typeof x) => sum(0)(at))(x))).is<string>()
unknown('debug.chart', debug.chart(debug.profile((at: typeof gradual) => sum(0)(at))(gradual))).is<string>()
known('debug.print', debug.print('x', { to: line => line.length })(x)).is<Tensor<'2 3'>>()
unknown('debug.print', debug.print()(gradual)).is<Tensor<string>>()
known('debug.name', debug.name('x')(x)).is<Tensor<'2 3'>>()
unknown('debug.name', debug.name('x')(gradual)).is<Tensor<string>>()
known('debug.capture', debug.capture((at: typeof x) => sum(0)(at))(x)).is<readonly [result: Tensor<'3'>, captured: debug.Captured]>()
unknown('debug.capture', debug.capture((at: typeof gradual) => sum(0)(at))(gradual)).is<
  readonly [result: Tensor<string>, captured: debug.Captured]
>()
known('debug.nonFinite', debug.nonFinite((at: typeof x) => sum(0)(at))(x)).is<Tensor<'3'>>()
unknown('debug.nonFinite', debug.nonFinite((at: typeof gradual) => sum(0)(at))(gradual)).is<Tensor<string>>()
known('debug.count', debug.count((at: typeof x) => sum(0)(at))(x)).is<debug.Count>()
unknown('debug.count', debug.count((at: typeof gradual) => sum(0)(at))(gradual)).is<debug.Count>()

// Random numbers.
known('random.normal', random.normal('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.normal', random.normal(text)(key)).is<Tensor<string>>()
known('random.uniform', random.uniform('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.uniform', random.uniform(text)(key)).is<Tensor<string>>()
known('random.bits', random.bits('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3', 'uint32'>>()
unknown('random.bits', random.bits(text)(key)).is<Tensor<string, 'uint32'>>()
known('random.bernoulli', random.bernoulli(0.5)('3')(key)).is<Tensor<'3', 'bool'>>()
unknown('random.bernoulli', random.bernoulli(0.5)(text)(key)).is<Tensor<string, 'bool'>>()
known('random.truncatedNormal', random.truncatedNormal(-1, 1)('3')(key)).is<Tensor<'3'>>()
unknown('random.truncatedNormal', random.truncatedNormal(-1, 1)(text)(key)).is<Tensor<string>>()
known('random.permutation', random.permutation(3)(key)).is<Tensor<'3', 'int32'>>()
unknown('random.permutation', random.permutation(count)(key)).is<Tensor<`${number}`, 'int32'>>()
known('random.bernoulli', random.bernoulli(zeros('batch 3', { batch: 2 }))('batch 3')(key)).is<Tensor<'batch 3', 'bool'>>()
known('random.exponential', random.exponential('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.exponential', random.exponential(text)(key)).is<Tensor<string>>()
known('random.gumbel', random.gumbel('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.gumbel', random.gumbel(text)(key)).is<Tensor<string>>()
known('random.laplace', random.laplace('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.laplace', random.laplace(text)(key)).is<Tensor<string>>()
known('random.cauchy', random.cauchy('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.cauchy', random.cauchy(text)(key)).is<Tensor<string>>()
known('random.logistic', random.logistic('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.logistic', random.logistic(text)(key)).is<Tensor<string>>()
known('random.maxwell', random.maxwell('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
unknown('random.maxwell', random.maxwell(text)(key)).is<Tensor<string>>()
known('random.rademacher', random.rademacher('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.rademacher', random.rademacher(text)(key)).is<Tensor<string, 'int32'>>()
known('random.gamma', random.gamma(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.gamma', random.gamma(2)(text)(key)).is<Tensor<string>>()
known('random.loggamma', random.loggamma(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.loggamma', random.loggamma(2)(text)(key)).is<Tensor<string>>()
known('random.chisquare', random.chisquare(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.chisquare', random.chisquare(2)(text)(key)).is<Tensor<string>>()
known('random.studentT', random.studentT(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.studentT', random.studentT(2)(text)(key)).is<Tensor<string>>()
known('random.pareto', random.pareto(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.pareto', random.pareto(2)(text)(key)).is<Tensor<string>>()
known('random.rayleigh', random.rayleigh(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.rayleigh', random.rayleigh(2)(text)(key)).is<Tensor<string>>()
known('random.lognormal', random.lognormal(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.lognormal', random.lognormal(2)(text)(key)).is<Tensor<string>>()
known('random.generalizedNormal', random.generalizedNormal(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.generalizedNormal', random.generalizedNormal(2)(text)(key)).is<Tensor<string>>()
known('random.wald', random.wald(2)('3')(key)).is<Tensor<'3'>>()
unknown('random.wald', random.wald(2)(text)(key)).is<Tensor<string>>()
known('random.poisson', random.poisson(0.5)('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.poisson', random.poisson(0.5)(text)(key)).is<Tensor<string, 'int32'>>()
known('random.geometric', random.geometric(0.5)('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.geometric', random.geometric(0.5)(text)(key)).is<Tensor<string, 'int32'>>()
known('random.beta', random.beta(2, 3)('3')(key)).is<Tensor<'3'>>()
unknown('random.beta', random.beta(2, 3)(text)(key)).is<Tensor<string>>()
known('random.f', random.f(2, 3)('3')(key)).is<Tensor<'3'>>()
unknown('random.f', random.f(2, 3)(text)(key)).is<Tensor<string>>()
known('random.weibullMin', random.weibullMin(2, 3)('3')(key)).is<Tensor<'3'>>()
unknown('random.weibullMin', random.weibullMin(2, 3)(text)(key)).is<Tensor<string>>()
known('random.doubleSidedMaxwell', random.doubleSidedMaxwell(2, 3)('3')(key)).is<Tensor<'3'>>()
unknown('random.doubleSidedMaxwell', random.doubleSidedMaxwell(2, 3)(text)(key)).is<Tensor<string>>()
known('random.triangular', random.triangular(0, 1, 2)('3')(key)).is<Tensor<'3'>>()
unknown('random.triangular', random.triangular(0, 1, 2)(text)(key)).is<Tensor<string>>()
known('random.binomial', random.binomial(5, 0.5)('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.binomial', random.binomial(5, 0.5)(text)(key)).is<Tensor<string, 'int32'>>()
known('random.randint', random.randint(0, 5)('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.randint', random.randint(0, 5)(text)(key)).is<Tensor<string, 'int32'>>()
known('random.choice', random.choice(5)('3')(key)).is<Tensor<'3', 'int32'>>()
unknown('random.choice', random.choice(5)(text)(key)).is<Tensor<string, 'int32'>>()
known('random.categorical', random.categorical(zeros('batch 3', { batch: 2 }))('batch')(key)).is<Tensor<'batch', 'int32'>>()
unknown('random.categorical', random.categorical(zeros(text))('3')(key)).is<Tensor<'3', 'int32'>>()
known('random.dirichlet', random.dirichlet(zeros('batch 3', { batch: 2 }))('batch')(key)).is<Tensor<'batch 3'>>()
unknown('random.dirichlet', random.dirichlet(zeros(text))('3')(key)).is<Tensor<string>>()
known('random.multivariateNormal', random.multivariateNormal(zeros('3'), zeros('3 3'))('2')(key)).is<Tensor<'2 3'>>()
unknown('random.multivariateNormal', random.multivariateNormal(zeros(text), zeros(text))('3')(key)).is<Tensor<string>>()
known('random.ball', random.ball(3)('2')(key)).is<Tensor<'2 3'>>()
unknown('random.ball', random.ball(3)(text)(key)).is<Tensor<string>>()
known('random.orthogonal', random.orthogonal(3)('')(key)).is<Tensor<'3 3'>>()
unknown('random.orthogonal', random.orthogonal(3)(text)(key)).is<Tensor<string>>()
known('random.permutation', random.permutation(zeros('batch 3', { batch: 2 }), 'batch')(key)).is<Tensor<'batch 3'>>()
known('random.keys', random.keys(3)(key)).is<Tensor<'3 2', 'uint32'>>()
unknown('random.keys', random.keys(count)(key)).is<Tensor<`${number} 2`, 'uint32'>>()
known('random.split', random.split(3)(key)).is<readonly [random.Key, random.Key, random.Key]>()
unknown('random.split', random.split(count)(key)).is<readonly random.Key[]>()
known('random.foldIn', random.foldIn(1)(key)).is<random.Key>()
// @ts-expect-error Type 'string' is not assignable to type '"2"'.
unknown('random.foldIn', random.foldIn(1)(someKey))

// Layers and their parameters.
known('layer.input', layer.input('4')).is<layer.Layer<[], '4', '4'>>()
unknown('layer.input', layer.input(text)).is<layer.Layer<[], string, string>>()
known('layer.dense', pipe(input, layer.dense(3))).is<layer.Layer<[layer.Dense<'4', '3'>], '4', '3'>>()
unknown('layer.dense', pipe(open, layer.dense(3))).is<layer.Layer<[layer.Dense<string, '3'>], string, string>>()
unknown('layer.dense', pipe(input, layer.dense(count))).is<layer.Layer<[layer.Dense<'4', `${number}`>], '4', `${number}`>>()
known('layer.flatten', pipe(input, layer.flatten)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.flatten', pipe(open, layer.flatten)).is<layer.Layer<[], string, string>>()
known('layer.gelu', pipe(input, layer.gelu)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.gelu', pipe(open, layer.gelu)).is<layer.Layer<[], string, string>>()
known('layer.logSoftmax', pipe(input, layer.logSoftmax)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.logSoftmax', pipe(open, layer.logSoftmax)).is<layer.Layer<[], string, string>>()
known('layer.relu', pipe(input, layer.relu)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.relu', pipe(open, layer.relu)).is<layer.Layer<[], string, string>>()
known('layer.selu', pipe(input, layer.selu)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.selu', pipe(open, layer.selu)).is<layer.Layer<[], string, string>>()
known('layer.sigmoid', pipe(input, layer.sigmoid)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.sigmoid', pipe(open, layer.sigmoid)).is<layer.Layer<[], string, string>>()
known('layer.silu', pipe(input, layer.silu)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.silu', pipe(open, layer.silu)).is<layer.Layer<[], string, string>>()
known('layer.softmax', pipe(input, layer.softmax)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.softmax', pipe(open, layer.softmax)).is<layer.Layer<[], string, string>>()
known('layer.softplus', pipe(input, layer.softplus)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.softplus', pipe(open, layer.softplus)).is<layer.Layer<[], string, string>>()
known('layer.tanh', pipe(input, layer.tanh)).is<layer.Layer<[], '4', '4'>>()
unknown('layer.tanh', pipe(open, layer.tanh)).is<layer.Layer<[], string, string>>()
known('layer.elu', pipe(input, layer.elu())).is<layer.Layer<[], '4', '4'>>()
unknown('layer.elu', pipe(open, layer.elu())).is<layer.Layer<[], string, string>>()
known('layer.leakyRelu', pipe(input, layer.leakyRelu())).is<layer.Layer<[], '4', '4'>>()
unknown('layer.leakyRelu', pipe(open, layer.leakyRelu())).is<layer.Layer<[], string, string>>()
known('layer.activation', pipe(input, layer.activation(relu))).is<layer.Layer<[], '4', '4'>>()
unknown('layer.activation', pipe(open, layer.activation(relu))).is<layer.Layer<[], string, string>>()
known('layer.sequential', pipe(input, layer.sequential(layer.input('4')))).is<layer.Layer<[], '4', '4'>>()
unknown('layer.sequential', pipe(open, layer.sequential(layer.input('4')))).is<layer.Layer<[], string, '4'>>()
unknown('layer.sequential', pipe(input, layer.sequential(open))).is<layer.Layer<[], '4', string>>()
known('layer.make', pipe(input, layer.make({ init: at => random.normal('4')(at), apply: w => (at: Tensor<'4'>) => mul(w)(at) }))).is<
  layer.Layer<[Tensor<'4'>], '4', '4'>
>()
unknown('layer.make', pipe(input, layer.make({ init: at => random.normal('4')(at), apply: _ => (at: Tensor<'4'>) => as(text)(at) }))).is<
  layer.Layer<[Tensor<'4'>], '4', string>
>()
unknown('layer.make', pipe(open, layer.make({ init: at => random.normal('4')(at), apply: w => (at: Tensor<'4'>) => mul(w)(at) }))).is<
  layer.Layer<[Tensor<'4'>], string, '4'>
>()
known('initializer.glorotNormal', initializer.glorotNormal('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.glorotNormal', initializer.glorotNormal(text)(key)).is<Tensor<string>>()
known('initializer.glorotUniform', initializer.glorotUniform('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.glorotUniform', initializer.glorotUniform(text)(key)).is<Tensor<string>>()
known('initializer.heNormal', initializer.heNormal('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.heNormal', initializer.heNormal(text)(key)).is<Tensor<string>>()
known('initializer.heUniform', initializer.heUniform('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.heUniform', initializer.heUniform(text)(key)).is<Tensor<string>>()
known('initializer.lecunNormal', initializer.lecunNormal('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.lecunNormal', initializer.lecunNormal(text)(key)).is<Tensor<string>>()
known('initializer.lecunUniform', initializer.lecunUniform('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.lecunUniform', initializer.lecunUniform(text)(key)).is<Tensor<string>>()
known('initializer.ones', initializer.ones('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.ones', initializer.ones(text)(key)).is<Tensor<string>>()
known('initializer.zeros', initializer.zeros('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.zeros', initializer.zeros(text)(key)).is<Tensor<string>>()
known('initializer.constant', initializer.constant(1)('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.constant', initializer.constant(1)(text)(key)).is<Tensor<string>>()
known('initializer.normal', initializer.normal()('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.normal', initializer.normal()(text)(key)).is<Tensor<string>>()
known('initializer.orthogonal', initializer.orthogonal()('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.orthogonal', initializer.orthogonal()(text)(key)).is<Tensor<string>>()
known('initializer.truncatedNormal', initializer.truncatedNormal()('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.truncatedNormal', initializer.truncatedNormal()(text)(key)).is<Tensor<string>>()
known('initializer.uniform', initializer.uniform()('2 3')(key)).is<Tensor<'2 3'>>()
unknown('initializer.uniform', initializer.uniform()(text)(key)).is<Tensor<string>>()

// Losses, metrics and optimizers.
known('loss.binaryCrossEntropy', loss.binaryCrossEntropy(x, x)).is<Tensor<''>>()
unknown('loss.binaryCrossEntropy', loss.binaryCrossEntropy(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.binaryCrossEntropy', loss.binaryCrossEntropy(x, gradual))
known('loss.binaryCrossEntropyLogits', loss.binaryCrossEntropyLogits(x, x)).is<Tensor<''>>()
unknown('loss.binaryCrossEntropyLogits', loss.binaryCrossEntropyLogits(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.binaryCrossEntropyLogits', loss.binaryCrossEntropyLogits(x, gradual))
known('loss.meanAbsoluteError', loss.meanAbsoluteError(x, x)).is<Tensor<''>>()
unknown('loss.meanAbsoluteError', loss.meanAbsoluteError(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.meanAbsoluteError', loss.meanAbsoluteError(x, gradual))
known('loss.meanSquaredError', loss.meanSquaredError(x, x)).is<Tensor<''>>()
unknown('loss.meanSquaredError', loss.meanSquaredError(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.meanSquaredError', loss.meanSquaredError(x, gradual))
known('loss.softmaxCrossEntropyOneHot', loss.softmaxCrossEntropyOneHot(x, x)).is<Tensor<''>>()
unknown('loss.softmaxCrossEntropyOneHot', loss.softmaxCrossEntropyOneHot(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.softmaxCrossEntropyOneHot', loss.softmaxCrossEntropyOneHot(x, gradual))
known('loss.huber', loss.huber(1)(x, x)).is<Tensor<''>>()
unknown('loss.huber', loss.huber(1)(gradual, x)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2 3"'.
unknown('loss.huber', loss.huber(1)(x, gradual))
known('loss.softmaxCrossEntropy', loss.softmaxCrossEntropy(transpose(x), ints)).is<Tensor<''>>()
unknown('loss.softmaxCrossEntropy', loss.softmaxCrossEntropy(gradual, ints)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2"'.
unknown('loss.softmaxCrossEntropy', loss.softmaxCrossEntropy(x, counts))
known('metric.accuracy', metric.accuracy(transpose(x), ints)).is<Tensor<''>>()
unknown('metric.accuracy', metric.accuracy(gradual, ints)).is<Tensor<''>>()
// @ts-expect-error Type 'string' is not assignable to type '"2"'.
unknown('metric.accuracy', metric.accuracy(x, counts))
known('metric.confusionMatrix', metric.confusionMatrix(3)(ints, ints)).is<Tensor<'3 3', 'int32'>>()
unknown('metric.confusionMatrix', metric.confusionMatrix(3)(counts, ints)).is<Tensor<'3 3', 'int32'>>()
unknown('metric.confusionMatrix', metric.confusionMatrix(count)(ints, ints)).is<Tensor<`${number} ${number}`, 'int32'>>()
known('optimizer.adam', optimizer.adam(0.1).update({ x }, optimizer.adam(0.1).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown('optimizer.adam', optimizer.adam(0.1).update({ x: gradual }, optimizer.adam(0.1).init({ x: gradual }), { x: gradual })[0]).is<{
  x: Tensor<string>
}>()
known('optimizer.sgd', optimizer.sgd(0.1).update({ x }, optimizer.sgd(0.1).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown('optimizer.sgd', optimizer.sgd(0.1).update({ x: gradual }, optimizer.sgd(0.1).init({ x: gradual }), { x: gradual })[0]).is<{
  x: Tensor<string>
}>()
known('optimizer.momentum', optimizer.momentum(0.1).update({ x }, optimizer.momentum(0.1).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown(
  'optimizer.momentum',
  optimizer.momentum(0.1).update({ x: gradual }, optimizer.momentum(0.1).init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known('optimizer.nesterov', optimizer.nesterov(0.1).update({ x }, optimizer.nesterov(0.1).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown(
  'optimizer.nesterov',
  optimizer.nesterov(0.1).update({ x: gradual }, optimizer.nesterov(0.1).init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known('optimizer.scale', optimizer.scale(2).update({ x }, optimizer.scale(2).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown('optimizer.scale', optimizer.scale(2).update({ x: gradual }, optimizer.scale(2).init({ x: gradual }), { x: gradual })[0]).is<{
  x: Tensor<string>
}>()
known('optimizer.scaleByAdam', optimizer.scaleByAdam().update({ x }, optimizer.scaleByAdam().init({ x }), { x })[0]).is<{
  x: Tensor<'2 3'>
}>()
unknown(
  'optimizer.scaleByAdam',
  optimizer.scaleByAdam().update({ x: gradual }, optimizer.scaleByAdam().init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known(
  'optimizer.scaleByLearningRate',
  optimizer.scaleByLearningRate(0.1).update({ x }, optimizer.scaleByLearningRate(0.1).init({ x }), { x })[0],
).is<{ x: Tensor<'2 3'> }>()
unknown(
  'optimizer.scaleByLearningRate',
  optimizer.scaleByLearningRate(0.1).update({ x: gradual }, optimizer.scaleByLearningRate(0.1).init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known('optimizer.trace', optimizer.trace(0.9).update({ x }, optimizer.trace(0.9).init({ x }), { x })[0]).is<{ x: Tensor<'2 3'> }>()
unknown('optimizer.trace', optimizer.trace(0.9).update({ x: gradual }, optimizer.trace(0.9).init({ x: gradual }), { x: gradual })[0]).is<{
  x: Tensor<string>
}>()
known('optimizer.chain', optimizer.chain(optimizer.scale(2)).update({ x }, optimizer.chain(optimizer.scale(2)).init({ x }), { x })[0]).is<{
  x: Tensor<'2 3'>
}>()
unknown(
  'optimizer.chain',
  optimizer.chain(optimizer.scale(2)).update({ x: gradual }, optimizer.chain(optimizer.scale(2)).init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known('optimizer.stateless', optimizer.stateless(g => g).update({ x }, optimizer.stateless(g => g).init({ x }), { x })[0]).is<{
  x: Tensor<'2 3'>
}>()
unknown(
  'optimizer.stateless',
  optimizer.stateless(g => g).update({ x: gradual }, optimizer.stateless(g => g).init({ x: gradual }), { x: gradual })[0],
).is<{ x: Tensor<string> }>()
known('optimizer.applyUpdates', optimizer.applyUpdates({ x }, { x })).is<{ x: Tensor<'2 3'> }>()
unknown('optimizer.applyUpdates', optimizer.applyUpdates({ x: gradual }, { x: gradual })).is<{ x: Tensor<string> }>()

// Training.
known('train.init', train.init(model, sgd)(key).params).is<[layer.Dense<'4', '3'>]>()
unknown('train.init', train.init(pipe(open, layer.dense(3)), sgd)(key).params).is<[layer.Dense<string, '3'>]>()
known('train.step', train.step(model, loss.softmaxCrossEntropy, sgd)(state, batch)[0].params).is<[layer.Dense<'4', '3'>]>()
unknown('train.step', train.step(model, loss.softmaxCrossEntropy, sgd)(state, someBatch)[0].params).is<[layer.Dense<'4', '3'>]>()
unknown(
  'train.step',
  train.step(pipe(open, layer.dense(3)), loss.softmaxCrossEntropy, sgd)(train.init(pipe(open, layer.dense(3)), sgd)(key), batch)[0].params,
).is<[layer.Dense<string, '3'>]>()
known('train.fold', train.fold(train.step(model, loss.softmaxCrossEntropy, sgd))(state)([batch])[0].params).is<[layer.Dense<'4', '3'>]>()
unknown('train.fold', train.fold(train.step(model, loss.softmaxCrossEntropy, sgd))(state)([someBatch])[0].params).is<
  [layer.Dense<'4', '3'>]
>()
known('train.batchLoss', train.batchLoss(model, loss.softmaxCrossEntropy)(state.params, batch)).is<Tensor<''>>()
unknown('train.batchLoss', train.batchLoss(model, loss.softmaxCrossEntropy)(state.params, someBatch)).is<Tensor<''>>()
known('train.evaluate', train.evaluate(model, metric.accuracy)(state.params)([batch])).is<number>()
unknown('train.evaluate', train.evaluate(model, metric.accuracy)(state.params)([someBatch])).is<number>()

// Data and files.
known('data.batches', Array.from(data.batches({ size: 4 })({ x }))).is<{ readonly x: Tensor<`${number} 3`> }[]>()
unknown('data.batches', Array.from(data.batches({ size: 4 })({ x: gradual }))).is<{ readonly x: Tensor<string> }[]>()
known('data.shuffle', data.shuffle(key)({ x })).is<{ x: Tensor<'2 3'> }>()
unknown('data.shuffle', data.shuffle(key)({ x: gradual })).is<{ x: Tensor<string> }>()
known('data.split', data.split({ fraction: 0.5, key })({ x })[0].x).is<Tensor<`${number} 3`>>()
unknown('data.split', data.split({ fraction: 0.5, key })({ x: gradual })[0].x).is<Tensor<string>>()
known('data.size', data.size({ x })).is<number>()
unknown('data.size', data.size({ x: gradual })).is<number>()
known('data.standardise', data.standardise(x)).is<data.Standardiser<'3', 'float32'>>()
unknown('data.standardise', data.standardise(gradual)).is<data.Standardiser<string, 'float32'>>()
known('codec.tensor', codec.tensor('batch 784', 'int32')).is<codec.TensorCodec<Tensor<'batch 784', 'int32'>>>()
unknown('codec.tensor', codec.tensor(text)).is<codec.TensorCodec<Tensor<string>>>()
known('codec.encode', codec.encode({ x })).is<string>()
unknown('codec.encode', codec.encode({ x: gradual })).is<string>()
known('codec.decode', codec.decode({ x })(json)).is<Either<PullbackError, { x: Tensor<'2 3'> }>>()
unknown('codec.decode', codec.decode({ x: gradual })(json)).is<Either<PullbackError, { x: Tensor<string> }>>()
known('codec.decodeOrThrow', codec.decodeOrThrow({ x })(json)).is<{ x: Tensor<'2 3'> }>()
unknown('codec.decodeOrThrow', codec.decodeOrThrow({ x: gradual })(json)).is<{ x: Tensor<string> }>()
