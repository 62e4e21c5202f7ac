export {
  type AlongAxis,
  elu,
  gelu,
  geluTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  relu,
  selu,
  silu,
  softmax,
  softplus,
} from './activation.js'
export {
  add,
  and,
  type Binary,
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
  pow,
  rem,
  shiftLeft,
  shiftRight,
  sub,
  xor,
} from './binary.js'
export type { Class, Operand } from './class.js'
export * from './conv.js'
export * from './join.js'
export * from './matmul.js'
export * from './pool.js'
export * from './reduce.js'
export { oneHot, slice, take, type WhereOp, where } from './select.js'
export * from './shape.js'
export {
  abs,
  cast,
  ceil,
  clip,
  cos,
  erf,
  exp,
  expm1,
  floor,
  log,
  log1p,
  neg,
  not,
  reciprocal,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
  tan,
  tanh,
  type Unary,
} from './unary.js'
