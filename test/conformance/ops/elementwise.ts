/** PyTorch's elementwise functions and losses, from this library's operations. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { type Arguments, argument, named, number, type Real, type Rule, rule, run1, run2 } from './run.js'

const half = (x: Real): Real => pipe(x, o.mul(0.5))
const clamp =
  (low: number, high: number) =>
  (x: Real): Real =>
    o.clip(low, high)(x)

const unary: { readonly [name: string]: (x: Real) => Real } = {
  exp: o.exp,
  log: o.log,
  expm1: o.expm1,
  log1p: o.log1p,
  tanh: o.tanh,
  sigmoid: o.sigmoid,
  sqrt: o.sqrt,
  rsqrt: o.rsqrt,
  sin: o.sin,
  cos: o.cos,
  erf: o.erf,
  abs: o.abs,
  relu: o.relu,
  elu: o.elu(),
  selu: o.selu,
  gelu: o.gelu,
  geluTanh: o.geluTanh,
  silu: o.silu,
  softplus: o.softplus,
  hardswish: x => pipe(x, o.mul(pipe(x, o.add(3), clamp(0, 6))), o.div(6)),
  mish: x => pipe(x, o.mul(pipe(x, o.softplus, o.tanh))),
  softsign: x => pipe(x, o.div(pipe(x, o.abs, o.add(1)))),
  logsigmoid: o.logSigmoid,
  reciprocal: o.reciprocal,
  square: o.square,
  asin: o.asin,
  acos: o.acos,
  atan: o.atan,
  sinh: o.sinh,
  cosh: o.cosh,
  asinh: o.asinh,
  acosh: o.acosh,
  atanh: o.atanh,
  exp2: o.exp2,
  log2: o.log2,
  log10: o.log10,
  lgamma: o.lgamma,
  digamma: o.digamma,
  erfc: o.erfc,
  erfinv: o.erfInv,
  sinc: o.sinc,
  round: o.round,
  trunc: o.trunc,
  floor: o.floor,
  ceil: o.ceil,
  sign: o.sign,
  neg: o.neg,
  tan: o.tan,
}

const binary: { readonly [name: string]: (x: Real, y: Real) => Real } = {
  add: (x, y) => pipe(x, o.add(y)),
  sub: (x, y) => pipe(x, o.sub(y)),
  mul: (x, y) => pipe(x, o.mul(y)),
  div: (x, y) => pipe(x, o.div(y)),
  pow: (x, y) => pipe(x, o.pow(y)),
  maximum: (x, y) => pipe(x, o.maximum(y)),
  minimum: (x, y) => pipe(x, o.minimum(y)),
  hypot: (x, y) => pipe(x, o.hypot(y)),
  atan2: (x, y) => pipe(x, o.atan2(y)),
  copysign: (x, y) => pipe(x, o.copySign(y)),
  logaddexp: (x, y) => pipe(x, o.logAddExp(y)),
  logaddexp2: (x, y) => pipe(x, o.logAddExp2(y)),
  xlogy: (x, y) => pipe(x, o.xlogy(y)),
  xlog1py: (x, y) => pipe(x, o.xlog1py(y)),
  remainder: (x, y) => pipe(x, o.mod(y)),
  fmod: (x, y) => pipe(x, o.rem(y)),
  floorDivide: (x, y) => pipe(x, o.floorDiv(y)),
  meanSquaredError: (x, y) => pipe(x, o.sub(y), o.square, o.mean()),
  meanAbsoluteError: (x, y) => pipe(x, o.sub(y), o.abs, o.mean()),
  cosineSimilarity: (x, y) => {
    const norm = (z: Real): Real => pipe(z, o.square, o.sum(1), o.sqrt)
    return pipe(x, o.mul(y), o.sum(1), o.div(pipe(norm(x), o.mul(norm(y)))))
  },
  'klDivergence (sum)': (x, y) => pipe(o.softmax(1)(y), o.mul(pipe(o.logSoftmax(1)(y), o.sub(o.logSoftmax(1)(x)))), o.sum()),
}

/** Ones at the labels of the case, one for each row of the logits. */
const oneHotLabels = (logits: Real, args: Arguments): Real =>
  pipe(argument(args, 'labels', 'int32'), o.oneHot(logits.sizes[1] ?? 0, logits.dtype === 'float32' ? 'float32' : 'float64'))

const crossEntropy = (logits: Real, distribution: Real): Real =>
  pipe(o.logSoftmax(1)(logits), o.mul(distribution), o.sum(1), o.mean(), o.neg)
const binaryCrossEntropy = (targets: Real, logP: Real, logQ: Real): Real =>
  pipe(targets, o.mul(logP), o.add(pipe(targets, o.neg, o.add(1), o.mul(logQ))), o.mean(), o.neg)

const targetsOf = (x: Real, args: Arguments): Real => argument(args, 'targets', x.dtype, ...x.sizes)

const losses: { readonly [name: string]: (x: Real, args: Arguments) => Real } = {
  binaryCrossEntropy: (p, args) => binaryCrossEntropy(targetsOf(p, args), o.log(p), pipe(p, o.neg, o.log1p)),
  'binaryCrossEntropy logits': (x, args) => binaryCrossEntropy(targetsOf(x, args), o.logSigmoid(x), pipe(x, o.neg, o.logSigmoid)),
  softmaxCrossEntropy: (x, args) => crossEntropy(x, oneHotLabels(x, args)),
}

/** Labels mixed with the uniform distribution. */
const smoothed =
  (share: number) =>
  (x: Real, args: Arguments): Real =>
    crossEntropy(x, pipe(oneHotLabels(x, args), o.mul(1 - share), o.add(share / (x.sizes[1] ?? 1))))

const huber =
  (delta: number) =>
  (x: Real, y: Real): Real => {
    const size = pipe(x, o.sub(y), o.abs)
    return pipe(size, o.less(delta), o.where(half(o.square(size)), pipe(size, o.sub(delta / 2), o.mul(delta))), o.mean())
  }

const ofRuns = <F, R>(functions: { readonly [name: string]: F }, run: (f: F) => R): { readonly [name: string]: R } =>
  Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, run(f)]))

/** A second operand of fewer axes broadcasts as it is. */
const suffixed = (rules: readonly Rule[]): readonly Rule[] =>
  rules.flatMap(([name, run]): readonly Rule[] => [
    [name, run],
    [new RegExp(name.source.replace(/\$$/, ' suffix$')), run],
  ])

export const elementwise: readonly Rule[] = [
  ...named(ofRuns(unary, run1)),
  ...named(ofRuns(losses, run1)),
  ...suffixed(named(ofRuns(binary, run2))),
  rule(['leakyRelu(', number, ')'], slope => run1(o.leakyRelu(slope))),
  rule(['elu(', number, ')'], alpha => run1(o.elu(alpha))),
  rule(['clip ', number, ' ', number], (low, high) => run1(clamp(low, high))),
  rule(['where x>', number], bound => run2((x, y) => pipe(x, o.greater(bound), o.where(pipe(x, o.mul(y)), y)))),
  rule(['huber delta ', number], delta => run2(huber(delta))),
  rule(['softmaxCrossEntropy smoothing ', number], share => run1(smoothed(share))),
]
