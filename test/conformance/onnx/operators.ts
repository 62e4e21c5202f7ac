/** ONNX operators by this library's operations. What is not here is not written yet, or is not this library's to do. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import type { DType, Value } from '../../../src/tensor/index.js'
import {
  alongAxis,
  argReduction,
  batchNormalised,
  binary,
  cumulated,
  expanded,
  expandedDims,
  folded,
  gemm,
  groupNormalised,
  layerNormalised,
  multiplied,
  multipliedBy,
  nll,
  oneHot,
  padded,
  type Run,
  reduction,
  reshaped,
  since,
  sliced,
  split,
  stretched,
  text,
  threshold,
  unary,
} from './forms.js'
import { notOffered } from './node.js'
import { places } from './places.js'
import { recurrent } from './recurrent.js'
import { training } from './training.js'
import { average, convolution, convolutionTranspose, greatest } from './windows.js'

const shiftedLeft = binary((x, y) => pipe(x, o.shiftLeft(y)))
const shiftedRight = binary((x, y) => pipe(x, o.shiftRight(y)))
const dtypesByNumber: { readonly [to: number]: DType } = { 1: 'float32', 11: 'float64', 6: 'int32', 9: 'bool', 12: 'uint32' }

export const operators: { readonly [op: string]: Run } = {
  ...places,
  ...recurrent,
  ...training,
  Abs: unary(o.abs),
  Acos: unary(o.acos),
  Acosh: unary(o.acosh),
  Add: binary((x, y) => pipe(x, o.add(y))),
  And: binary((x, y) => pipe(x, o.and(y))),
  Asin: unary(o.asin),
  Asinh: unary(o.asinh),
  Atan: unary(o.atan),
  Atanh: unary(o.atanh),
  ArgMax: argReduction((axis, options) => o.argmax(axis, options)),
  ArgMin: argReduction((axis, options) => o.argmin(axis, options)),
  AveragePool: average,
  BatchNormalization: since(14, batchNormalised),
  BitShift: node => {
    if (node.list(1).some(places => places < 0 || places > 31)) return notOffered('shifts by other than 0 to 31 places')
    return (node.text('direction', '') === 'LEFT' ? shiftedLeft : shiftedRight)(node)
  },
  BitwiseAnd: binary((x, y) => pipe(x, o.and(y))),
  BitwiseNot: unary(o.not),
  BitwiseOr: binary((x, y) => pipe(x, o.or(y))),
  BitwiseXor: binary((x, y) => pipe(x, o.xor(y))),
  Cast: since(6, ({ x, number, text: option }) => {
    // Both say how to round to dtypes that this library has not.
    const [to] = [number('to', 0), number('saturate', 1), option('round_mode', 'up')]
    const dtype = dtypesByNumber[to]
    return dtype === undefined ? notOffered(`casts to ONNX type ${to}`) : o.cast(dtype)(x(0))
  }),
  Ceil: unary(o.ceil),
  Celu: ({ x, number }) => {
    const alpha = number('alpha', 1)
    return pipe(x(0), o.maximum(0), o.add(pipe(x(0), o.div(alpha), o.expm1, o.mul(alpha), o.minimum(0))))
  },
  Clip: since(11, node => {
    const x = node.x(0)
    const bound = (i: number): number | undefined => (node.has(i) ? node.list(i)[0] : undefined)
    const [low, high] = [bound(1), bound(2)]
    const above = low === undefined ? x : pipe(x, o.maximum(low))
    return high === undefined ? above : pipe(above, o.minimum(high))
  }),
  Concat: node => o.concat(node.number('axis', 0))(node.xs()),
  Conv: convolution,
  ConvTranspose: convolutionTranspose,
  Cos: unary(o.cos),
  Cosh: unary(o.cosh),
  CumSum: node => cumulated(node, (axis, options) => o.cumSum(axis, options)),
  CumProd: node => cumulated(node, (axis, options) => o.cumProd(axis, options)),
  Div: binary((x, y) => pipe(x, o.div(y))),
  Einsum: multipliedBy,
  Elu: ({ x, number }) => o.elu(number('alpha', 1))(x(0)),
  Equal: binary((x, y) => pipe(x, o.equal(y))),
  Erf: unary(o.erf),
  Exp: unary(o.exp),
  Expand: expanded,
  Floor: unary(o.floor),
  Flatten: ({ x, number }) => {
    const sizes = x(0).sizes
    const axis = number('axis', 1)
    const at = axis < 0 ? axis + sizes.length : axis
    const count = (part: readonly number[]): number => part.reduce((product, size) => product * size, 1)
    return o.reshape(text([count(sizes.slice(0, at)), count(sizes.slice(at))]))(x(0))
  },
  Gelu: ({ x, text: option }) => {
    const approximate = option('approximate', 'none')
    if (approximate !== 'tanh' && approximate !== 'none') return notOffered(`the approximation ${approximate} of Gelu`)
    return (approximate === 'tanh' ? o.geluTanh : o.gelu)(x(0))
  },
  Gemm: since(7, gemm),
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
  GroupNormalization: since(21, node => {
    const groups = node.number('num_groups', 0)
    return groupNormalised(node, () => groups)
  }),
  Greater: binary((x, y) => pipe(x, o.greater(y))),
  GreaterOrEqual: binary((x, y) => pipe(x, o.greaterEqual(y))),
  HardSigmoid: ({ x, number }) => pipe(x(0), o.mul(number('alpha', 0.2)), o.add(number('beta', 0.5)), o.clip(0, 1)),
  HardSwish: unary(x => pipe(x, o.mul(pipe(x, o.div(6), o.add(0.5), o.clip(0, 1))))),
  Hardmax: since(
    13,
    alongAxis(axis => x => {
      const at = axis < 0 ? axis + x.sizes.length : axis
      return o.moveAxis(-1, at)(o.oneHot(x.sizes[at] ?? 0)(o.argmax(at)(x)))
    }),
  ),
  InstanceNormalization: node => groupNormalised(node, channels => channels),
  IsInf: ({ x, number }) => {
    const [high, low] = [number('detect_positive', 1), number('detect_negative', 1)]
    const is = (wanted: number, infinity: number): Value => pipe(x(0), o.equal(wanted === 1 ? infinity : Number.NaN))
    return pipe(is(high, Number.POSITIVE_INFINITY), o.or(is(low, Number.NEGATIVE_INFINITY)))
  },
  IsNaN: unary(o.isNaN),
  LayerNormalization: node => layerNormalised(node, true),
  LeakyRelu: ({ x, number }) => o.leakyRelu(number('alpha', 0.01))(x(0)),
  Less: binary((x, y) => pipe(x, o.less(y))),
  LessOrEqual: binary((x, y) => pipe(x, o.lessEqual(y))),
  Log: unary(o.log),
  LogSoftmax: since(
    13,
    alongAxis(axis => o.logSoftmax(axis)),
  ),
  LpNormalization: ({ x, number }) => {
    const norm = o.norm(number('axis', -1), { ord: number('p', 2), keepDims: true })(x(0))
    // A row of zeros stays one.
    return pipe(x(0), o.div(pipe(norm, o.equal(0), o.where(1, norm))))
  },
  MatMul: multiplied,
  Max: folded((x, y) => pipe(x, o.maximum(y))),
  MaxPool: greatest,
  Mean: node => {
    const xs = node.xs()
    const [first = node.x(0), ...rest] = stretched(...xs)
    return pipe(
      rest.reduce((x, y) => pipe(x, o.add(y)), first),
      o.div(xs.length),
    )
  },
  Min: folded((x, y) => pipe(x, o.minimum(y))),
  Mish: unary(x => pipe(x, o.mul(pipe(x, o.softplus, o.tanh)))),
  Mod: node => {
    // Python's sign, that of the divisor, unless fmod is asked for.
    const like = node.number('fmod', 0) === 1
    return binary((x, y) => pipe(x, like ? o.rem(y) : o.mod(y)))(node)
  },
  Mul: binary((x, y) => pipe(x, o.mul(y))),
  Neg: unary(o.neg),
  NegativeLogLikelihoodLoss: node => nll(node.x(0), node),
  Not: unary(o.not),
  OneHot: oneHot,
  Or: binary((x, y) => pipe(x, o.or(y))),
  PRelu: binary((x, slope) => pipe(x, o.greater(0), o.where(x, pipe(x, o.mul(slope))))),
  Pad: since(11, padded),
  // The result has the first operand's dtype; this library wants both to be of one.
  Pow: binary((x, y) =>
    x.dtype === y.dtype ? pipe(x, o.pow(y)) : o.cast(x.dtype)(pipe(x, o.cast('float64'), o.pow(o.cast('float64')(y)))),
  ),
  RMSNormalization: node => layerNormalised(node, false),
  Reciprocal: unary(o.reciprocal),
  ReduceL1: reduction((axes, options) => x => pipe(x, o.abs, o.sum(axes, options))),
  ReduceL2: reduction((axes, options) => o.norm(axes, options)),
  ReduceLogSum: reduction((axes, options) => x => pipe(x, o.sum(axes, options), o.log)),
  ReduceLogSumExp: reduction((axes, options) => o.logSumExp(axes, options)),
  ReduceMax: reduction((axes, options) => x => (x.dtype === 'bool' ? o.any(axes, options)(x) : o.max(axes, options)(x))),
  ReduceMean: reduction((axes, options) => o.mean(axes, options)),
  ReduceMin: reduction((axes, options) => x => (x.dtype === 'bool' ? o.all(axes, options)(x) : o.min(axes, options)(x))),
  ReduceProd: reduction((axes, options) => o.prod(axes, options)),
  ReduceSum: reduction((axes, options) => o.sum(axes, options)),
  ReduceSumSquare: reduction((axes, options) => x => pipe(x, o.square, o.sum(axes, options))),
  Relu: unary(o.relu),
  Reshape: since(5, reshaped),
  Round: unary(o.round),
  Selu: ({ x, number }) => {
    const [alpha, gamma] = [number('alpha', 1.6732632423543772), number('gamma', 1.0507009873554805)]
    return pipe(x(0), o.elu(alpha), o.mul(gamma))
  },
  Sigmoid: unary(o.sigmoid),
  Sign: unary(o.sign),
  Sin: unary(o.sin),
  Sinh: unary(o.sinh),
  Slice: since(10, sliced),
  Softmax: since(
    13,
    alongAxis(axis => o.softmax(axis)),
  ),
  SoftmaxCrossEntropyLoss: node => {
    const logP = o.logSoftmax(1)(node.x(0))
    return [nll(logP, node), logP]
  },
  Softplus: unary(o.softplus),
  Softsign: unary(x => pipe(x, o.div(pipe(x, o.abs, o.add(1))))),
  Split: since(13, split),
  Sqrt: unary(o.sqrt),
  Squeeze: since(13, ({ x, list, has }) => o.squeeze(has(1) ? list(1) : undefined)(x(0))),
  Sub: binary((x, y) => pipe(x, o.sub(y))),
  Sum: folded((x, y) => pipe(x, o.add(y))),
  Swish: ({ x, number }) => pipe(x(0), o.mul(pipe(x(0), o.mul(number('alpha', 1)), o.sigmoid))),
  Tan: unary(o.tan),
  Tanh: unary(o.tanh),
  ThresholdedRelu: ({ x, number }) => threshold(number('alpha', 1))(x(0)),
  TopK: since(10, ({ x, list, number }) => {
    const [axis, largest] = [number('axis', -1), number('largest', 1) === 1]
    // Results that may be in any order are in order here too.
    number('sorted', 1)
    return o.topK(list(1)[0] ?? 0, axis, { largest })(x(0))
  }),
  Transpose: ({ x, numbers }) => (numbers('perm') ? o.permute(numbers('perm') ?? [])(x(0)) : o.transpose(x(0))),
  Unsqueeze: since(13, expandedDims),
  Where: ({ x }) => {
    const [condition = x(0), yes = x(1), no = x(2)] = stretched(x(0), x(1), x(2))
    return pipe(condition, o.where(yes, no))
  },
  Xor: binary((x, y) => pipe(x, o.xor(y))),
}
