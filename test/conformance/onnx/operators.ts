/** ONNX operators by this library's operations. What is not here is not written yet, or is not this library's to do. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import type { Value } from '../../../src/tensor/index.js'
import {
  alongAxis,
  argReduction,
  binary,
  expandedDims,
  fail,
  folded,
  gemm,
  layerNormalised,
  nll,
  padded,
  type Run,
  reduction,
  reshaped,
  sliced,
  split,
  text,
  threshold,
  unary,
} from './forms.js'
import { indices } from './node.js'
import { average, convolution, convolutionTranspose, greatest } from './windows.js'

export const operators: { readonly [op: string]: Run } = {
  Abs: unary(o.abs),
  Add: binary((x, y) => pipe(x, o.add(y))),
  And: binary((x, y) => pipe(x, o.and(y))),
  ArgMax: argReduction(axis => o.argmax(axis)),
  ArgMin: argReduction(axis => o.argmin(axis)),
  AveragePool: average,
  BatchNormalization: ({ x, number }) => {
    const column = (i: number): Value =>
      o.reshape(
        text([
          x(i).sizes[0] ?? 0,
          ...x(0)
            .sizes.slice(2)
            .map(() => 1),
        ]),
      )(x(i))
    const scale = pipe(column(4), o.add(number('epsilon', 1e-5)), o.rsqrt, o.mul(column(1)))
    return pipe(x(0), o.sub(column(3)), o.mul(scale), o.add(column(2)))
  },
  Cast: ({ x, number }) => {
    const dtype = ({ 1: 'float32', 11: 'float64', 6: 'int32', 9: 'bool', 12: 'uint32' } as const)[number('to', 0)]
    return dtype === undefined ? fail(`casts to ONNX type ${number('to', 0)}`) : o.cast(dtype)(x(0))
  },
  Ceil: unary(o.ceil),
  Clip: node => {
    const bound = (name: string, fallback: number): number => node.named(name)?.[0] ?? fallback
    const [low, high] = [bound('min', Number.NEGATIVE_INFINITY), bound('max', Number.POSITIVE_INFINITY)]
    return low > high ? fail('bounds in the wrong order, an error here') : o.clip(low, high)(node.x(0))
  },
  Concat: node => o.concat(node.number('axis', 0))(node.xs()),
  Conv: convolution,
  ConvTranspose: convolutionTranspose,
  Cos: unary(o.cos),
  Cosh: unary(x => pipe(o.exp(x), o.add(pipe(x, o.neg, o.exp)), o.mul(0.5))),
  Div: binary((x, y) => pipe(x, o.div(y))),
  Elu: ({ x, number }) => o.elu(number('alpha', 1))(x(0)),
  Equal: binary((x, y) => pipe(x, o.equal(y))),
  Erf: unary(o.erf),
  Exp: unary(o.exp),
  Expand: ({ x, list }) => {
    const sizes = x(0).sizes
    const wanted = list(1)
    const rank = Math.max(sizes.length, wanted.length)
    const from = (all: readonly number[], i: number): number => all[i - (rank - all.length)] ?? 1
    return o.broadcastTo(text(Array.from({ length: rank }, (_, i) => Math.max(from(sizes, i), from(wanted, i)))))(x(0))
  },
  Flatten: ({ x, number }) => {
    const sizes = x(0).sizes
    const axis = number('axis', 1)
    const at = axis < 0 ? axis + sizes.length : axis
    const count = (part: readonly number[]): number => part.reduce((product, size) => product * size, 1)
    return o.reshape(text([count(sizes.slice(0, at)), count(sizes.slice(at))]))(x(0))
  },
  Gather: node =>
    node.list(1).some(index => index < 0)
      ? fail('negative indices, an error here')
      : o.take(indices(node.data(1)), node.number('axis', 0))(node.x(0)),
  Gelu: ({ x, text: option }) => (option('approximate', 'none') === 'tanh' ? o.geluTanh : o.gelu)(x(0)),
  Gemm: gemm,
  GlobalAveragePool: ({ x }) =>
    o.mean(
      x(0)
        .sizes.map((_, i) => i)
        .slice(2),
      { keepDims: true },
    )(x(0)),
  GlobalMaxPool: ({ x }) =>
    o.max(
      x(0)
        .sizes.map((_, i) => i)
        .slice(2),
      { keepDims: true },
    )(x(0)),
  Greater: binary((x, y) => pipe(x, o.greater(y))),
  GreaterOrEqual: binary((x, y) => pipe(x, o.greaterEqual(y))),
  HardSigmoid: ({ x, number }) => pipe(x(0), o.mul(number('alpha', 0.2)), o.add(number('beta', 0.5)), o.clip(0, 1)),
  HardSwish: unary(x => pipe(x, o.mul(pipe(x, o.div(6), o.add(0.5), o.clip(0, 1))))),
  Hardmax: alongAxis(axis => x => {
    const at = axis < 0 ? axis + x.sizes.length : axis
    return o.moveAxis(-1, at)(o.oneHot(x.sizes[at] ?? 0)(o.argmax(at)(x)))
  }),
  IsInf: ({ x, number }) => {
    const [high, low] = [number('detect_positive', 1), number('detect_negative', 1)]
    const is = (wanted: number, infinity: number): Value => pipe(x(0), o.equal(wanted === 1 ? infinity : Number.NaN))
    return pipe(is(high, Number.POSITIVE_INFINITY), o.or(is(low, Number.NEGATIVE_INFINITY)))
  },
  IsNaN: unary(x => pipe(x, o.notEqual(x))),
  LayerNormalization: node => layerNormalised(node, true),
  LeakyRelu: ({ x, number }) => o.leakyRelu(number('alpha', 0.01))(x(0)),
  Less: binary((x, y) => pipe(x, o.less(y))),
  LessOrEqual: binary((x, y) => pipe(x, o.lessEqual(y))),
  Log: unary(o.log),
  LogSoftmax: alongAxis(axis => o.logSoftmax(axis)),
  LpNormalization: ({ x, number }) => {
    const axis = number('axis', -1)
    const keep = { keepDims: true }
    const norm = number('p', 2) === 1 ? pipe(x(0), o.abs, o.sum(axis, keep)) : pipe(x(0), o.square, o.sum(axis, keep), o.sqrt)
    // A row of zeros stays one.
    return pipe(x(0), o.div(pipe(norm, o.equal(0), o.where(1, norm))))
  },
  MatMul: ({ x }) => pipe(x(0), o.matmul(x(1))),
  Max: folded((x, y) => pipe(x, o.maximum(y))),
  MaxPool: greatest,
  Mean: node =>
    pipe(
      node.xs().reduce((x, y) => pipe(x, o.add(y))),
      o.div(node.count),
    ),
  Min: folded((x, y) => pipe(x, o.minimum(y))),
  Mod: ({ x, number }) => {
    const remainder = pipe(x(0), o.rem(x(1)))
    if (number('fmod', 0) === 1) return remainder
    // Python's sign: that of the divisor.
    const apart = pipe(remainder, o.notEqual(0), o.and(pipe(remainder, o.less(0), o.notEqual(pipe(x(1), o.less(0))))))
    return pipe(apart, o.where(pipe(remainder, o.add(x(1))), remainder))
  },
  Mul: binary((x, y) => pipe(x, o.mul(y))),
  Neg: unary(o.neg),
  NegativeLogLikelihoodLoss: node => nll(node.x(0), node, node.has(2) ? node.x(2) : undefined),
  Not: unary(o.not),
  Or: binary((x, y) => pipe(x, o.or(y))),
  PRelu: ({ x }) => pipe(x(0), o.greater(0), o.where(x(0), pipe(x(0), o.mul(x(1))))),
  Pad: padded,
  Pow: ({ x, data }) => (data(0).dtype === data(1).dtype ? pipe(x(0), o.pow(x(1))) : fail('powers of mixed dtypes')),
  RMSNormalization: node => layerNormalised(node, false),
  Reciprocal: unary(o.reciprocal),
  ReduceL1: reduction((axes, options) => x => pipe(x, o.abs, o.sum(axes, options))),
  ReduceL2: reduction((axes, options) => x => pipe(x, o.square, o.sum(axes, options), o.sqrt)),
  ReduceLogSum: reduction((axes, options) => x => pipe(x, o.sum(axes, options), o.log)),
  ReduceLogSumExp: reduction((axes, options) => o.logSumExp(axes, options)),
  ReduceMax: reduction((axes, options) => x => (x.dtype === 'bool' ? o.any(axes, options)(x) : o.max(axes, options)(x))),
  ReduceMean: reduction((axes, options) => o.mean(axes, options)),
  ReduceMin: reduction((axes, options) => x => (x.dtype === 'bool' ? o.all(axes, options)(x) : o.min(axes, options)(x))),
  ReduceProd: reduction((axes, options) => o.prod(axes, options)),
  ReduceSum: reduction((axes, options) => o.sum(axes, options)),
  ReduceSumSquare: reduction((axes, options) => x => pipe(x, o.square, o.sum(axes, options))),
  Reshape: reshaped,
  Selu: ({ x, number }) => {
    const [alpha, gamma] = [number('alpha', 1.6732632423543772), number('gamma', 1.0507009873554805)]
    return pipe(x(0), o.elu(alpha), o.mul(gamma))
  },
  Sigmoid: unary(o.sigmoid),
  Sign: unary(o.sign),
  Sin: unary(o.sin),
  Sinh: unary(x => pipe(o.exp(x), o.sub(pipe(x, o.neg, o.exp)), o.mul(0.5))),
  Slice: sliced,
  Softmax: alongAxis(axis => o.softmax(axis)),
  SoftmaxCrossEntropyLoss: node => nll(o.logSoftmax(1)(node.x(0)), node, node.has(2) ? node.x(2) : undefined),
  Softplus: unary(o.softplus),
  Softsign: unary(x => pipe(x, o.div(pipe(x, o.abs, o.add(1))))),
  Split: split,
  Sqrt: unary(o.sqrt),
  Squeeze: ({ x, list, has }) => o.squeeze(has(1) ? list(1) : undefined)(x(0)),
  Sub: binary((x, y) => pipe(x, o.sub(y))),
  Sum: folded((x, y) => pipe(x, o.add(y))),
  Swish: ({ x, number }) => pipe(x(0), o.mul(pipe(x(0), o.mul(number('alpha', 1)), o.sigmoid))),
  ThresholdedRelu: ({ x, number }) => threshold(number('alpha', 1))(x(0)),
  Transpose: ({ x, numbers }) => (numbers('perm') ? o.permute(numbers('perm') ?? [])(x(0)) : o.transpose(x(0))),
  Unsqueeze: expandedDims,
  Where: ({ x }) => pipe(x(0), o.where(x(1), x(2))),
  Xor: binary((x, y) => pipe(x, o.xor(y))),
}
