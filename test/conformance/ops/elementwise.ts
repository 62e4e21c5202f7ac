/** PyTorch's elementwise functions and losses, from this library's operations. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { type Arguments, argument, type Real, type Run, run1, run2 } from './run.js'

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
  'leakyRelu(0.01)': o.leakyRelu(0.01),
  hardswish: x => pipe(x, o.mul(pipe(x, o.add(3), clamp(0, 6))), o.div(6)),
  mish: x => pipe(x, o.mul(pipe(x, o.softplus, o.tanh))),
  softsign: x => pipe(x, o.div(pipe(x, o.abs, o.add(1)))),
  logsigmoid: o.logSigmoid,
  reciprocal: o.reciprocal,
  square: o.square,
  sinh: x => half(pipe(o.exp(x), o.sub(pipe(x, o.neg, o.exp)))),
  cosh: x => half(pipe(o.exp(x), o.add(pipe(x, o.neg, o.exp)))),
  tan: o.tan,
  'clip -0.5 0.5': clamp(-0.5, 0.5),
}

const binary: { readonly [name: string]: (x: Real, y: Real) => Real } = {
  add: (x, y) => pipe(x, o.add(y)),
  sub: (x, y) => pipe(x, o.sub(y)),
  mul: (x, y) => pipe(x, o.mul(y)),
  div: (x, y) => pipe(x, o.div(y)),
  pow: (x, y) => pipe(x, o.pow(y)),
  maximum: (x, y) => pipe(x, o.maximum(y)),
  minimum: (x, y) => pipe(x, o.minimum(y)),
  hypot: (x, y) => pipe(o.square(x), o.add(o.square(y)), o.sqrt),
  'where x>0': (x, y) => pipe(x, o.greater(0), o.where(pipe(x, o.mul(y)), y)),
  meanSquaredError: (x, y) => pipe(x, o.sub(y), o.square, o.mean()),
  meanAbsoluteError: (x, y) => pipe(x, o.sub(y), o.abs, o.mean()),
  'huber delta 1': (x, y) => {
    const size = pipe(x, o.sub(y), o.abs)
    return pipe(size, o.less(1), o.where(half(o.square(size)), pipe(size, o.sub(0.5))), o.mean())
  },
  cosineSimilarity: (x, y) => {
    const norm = (z: Real): Real => pipe(z, o.square, o.sum(1), o.sqrt)
    return pipe(x, o.mul(y), o.sum(1), o.div(pipe(norm(x), o.mul(norm(y)))))
  },
  'klDivergence (sum)': (x, y) => pipe(o.softmax(1)(y), o.mul(pipe(o.logSoftmax(1)(y), o.sub(o.logSoftmax(1)(x)))), o.sum()),
}

/** Ones at the labels of the case, one for each row of the logits. */
const oneHotLabels = (logits: Real, args: Arguments): Real => o.oneHot(logits.sizes[1] ?? 0, 'float64')(argument(args, 'labels', 'int32'))

const crossEntropy = (logits: Real, distribution: Real): Real =>
  pipe(o.logSoftmax(1)(logits), o.mul(distribution), o.sum(1), o.mean(), o.neg)
const binaryCrossEntropy = (targets: Real, logP: Real, logQ: Real): Real =>
  pipe(targets, o.mul(logP), o.add(pipe(targets, o.neg, o.add(1), o.mul(logQ))), o.mean(), o.neg)

const targetsOf = (x: Real, args: Arguments): Real => argument(args, 'targets', 'float64', ...x.sizes)

const losses: { readonly [name: string]: (x: Real, args: Arguments) => Real } = {
  binaryCrossEntropy: (p, args) => binaryCrossEntropy(targetsOf(p, args), o.log(p), pipe(p, o.neg, o.log1p)),
  'binaryCrossEntropy logits': (x, args) => binaryCrossEntropy(targetsOf(x, args), o.logSigmoid(x), pipe(x, o.neg, o.logSigmoid)),
  softmaxCrossEntropy: (x, args) => crossEntropy(x, oneHotLabels(x, args)),
  'softmaxCrossEntropy smoothing 0.1': (x, args) =>
    crossEntropy(x, pipe(oneHotLabels(x, args), o.mul(0.9), o.add(0.1 / (x.sizes[1] ?? 1)))),
}

const suffixed = ['add', 'sub', 'mul', 'maximum', 'minimum', 'hypot']

export const elementwise: { readonly [name: string]: Run } = Object.fromEntries([
  ...Object.entries({ ...unary, ...losses }).map(([name, f]) => [name, run1(f)] as const),
  ...Object.entries(binary).flatMap(([name, f]) =>
    (suffixed.includes(name) ? [name, `${name} suffix`] : [name]).map(full => [full, run2(f)] as const),
  ),
])
