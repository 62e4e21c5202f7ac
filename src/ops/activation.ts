/**
 * Activation functions.
 *
 * @example
 * import { relu, softmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(relu(tensor([-1, 2]))), [0, 2])
 * assert.deepEqual(toNested(softmax(-1)(tensor([0, 0]))), [0.5, 0.5])
 */
import * as primitive from '../primitives/index.js'
import { type Axis, type AxisOf, axisOf, axisPositions, type Expect } from '../shape/index.js'
import { type DType, type FloatDType, floatDType, heldDType, relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Unary, unaryOp } from './unary.js'

const { add, div, exp, expm1, erf, filled, less, log, log1p, maxAxes, mul, neg, select, sigmoid: logistic, sub, sumAxes, tanh } = primitive

const positive = (x: Value): Value => less(filled(x, 0), x)
const scaled = (x: Value, factor: number): Value => mul(x, filled(x, factor))

/**
 * max(x, 0); its derivative at 0 is 0.
 *
 * @example
 * import { relu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(relu(tensor([-1, 2]))), [0, 2])
 */
export const relu: Unary<'relu', 'numeric'> = unaryOp('relu', 'numeric', x => select(positive(x), x, filled(x, 0)))

/** x above 0, slope · x below; the slope is 0.01 unless given. */
export const leakyRelu = (slope = 0.01): Unary<'leakyRelu', 'float'> =>
  unaryOp('leakyRelu', 'float', x => select(positive(x), x, scaled(x, slope)))

/** x above 0, alpha (e^x - 1) below. The exponential sees only values below 0, so that its overflow reaches no gradient. */
const eluOf = (x: Value, alpha: number): Value => {
  const above = positive(x)
  return select(above, x, scaled(expm1(select(above, filled(x, 0), x)), alpha))
}

/** Exponential linear unit: x above 0, alpha (e^x - 1) below; Clevert et al. 2015. */
export const elu = (alpha = 1): Unary<'elu', 'float'> => unaryOp('elu', 'float', x => eluOf(x, alpha))

/** Scaled exponential linear unit, with the constants of Klambauer et al. 2017. */
export const selu: Unary<'selu', 'float'> = unaryOp('selu', 'float', x => scaled(eluOf(x, 1.6732632423543772), 1.0507009873554805))

/** Gaussian error linear unit: x Φ(x), exact, by the error function; Hendrycks and Gimpel 2016. */
export const gelu: Unary<'gelu', 'float'> = unaryOp('gelu', 'float', x =>
  mul(scaled(x, 0.5), add(filled(x, 1), erf(scaled(x, Math.SQRT1_2)))),
)

/** The tanh approximation of gelu: ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
export const geluTanh: Unary<'geluTanh', 'float'> = unaryOp('geluTanh', 'float', x => {
  const inner = scaled(add(x, scaled(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI))
  return mul(scaled(x, 0.5), add(filled(x, 1), tanh(inner)))
})

/** x σ(x), also known as swish. */
export const silu: Unary<'silu', 'float'> = unaryOp('silu', 'float', x => mul(x, logistic(x)))

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which never overflows. */
export const softplusOf = (x: Value): Value => {
  const above = positive(x)
  const size = select(above, x, neg(x))
  return add(select(above, x, filled(x, 0)), log1p(exp(neg(size))))
}

/** log(1 + e^x), without overflow. */
export const softplus: Unary<'softplus', 'float'> = unaryOp('softplus', 'float', softplusOf)

/** log σ(x) = -softplus(-x). */
export const logSigmoid: Unary<'logSigmoid', 'float'> = unaryOp('logSigmoid', 'float', x => neg(softplusOf(neg(x))))

/** An operation along one axis that keeps the shape. @category type-level */
export type AlongAxis<Op extends string> = <const A extends Axis>(
  axis: A,
) => <S extends string, D extends DType>(x: Expect<FloatDType<Op, D>, Expect<AxisOf<Op, S, A>, Tensor<S, D>>>) => Tensor<S, D>

const alongAxis = <Op extends string>(op: Op, apply: (x: Value, axis: number) => Value): AlongAxis<Op> =>
  typed((axis: Axis) => (x: Value): Value => {
    checkTensor(op, x)
    heldDType(floatDType(op, x.dtype))
    const shape = held(axisOf(op, x.shape, axis))
    const [position = 0] = held(axisPositions(op, x.shape, [axis]))
    return relabel(shape, apply(x, position))
  })

/** x less its greatest entry, which is held constant: the derivative is the same and nothing overflows. */
const shifted = (x: Value, axis: number): Value =>
  sub(x, primitive.broadcastAxes(primitive.stopGradient(maxAxes(x, [axis])), x.sizes, [axis]))

const total = (x: Value, axis: number): Value => primitive.broadcastAxes(sumAxes(x, [axis]), x.sizes, [axis])

/**
 * e^x / Σ e^x along an axis.
 *
 * @example
 * import { softmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(softmax(-1)(tensor([[0, 0], [1e4, -1e4]]))), [[0.5, 0.5], [1, 0]])
 */
export const softmax: AlongAxis<'softmax'> = alongAxis('softmax', (x, axis) => {
  const powers = exp(shifted(x, axis))
  const sums = sumAxes(powers, [axis])
  // One division for a sum, rather than one for an entry: half a unit in the last place more, and a third of the time.
  return mul(powers, primitive.broadcastAxes(div(filled(sums, 1), sums), x.sizes, [axis]))
})

/** x - log Σ e^x along an axis. */
export const logSoftmaxOf = (x: Value, axis: number): Value => {
  const centred = shifted(x, axis)
  return sub(centred, log(total(exp(centred), axis)))
}

/**
 * The logarithm of softmax along an axis, finite where softmax rounds to 0.
 *
 * @example
 * import { logSoftmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(logSoftmax(-1)(tensor([1e4, 0]))), [0, -1e4])
 */
export const logSoftmax: AlongAxis<'logSoftmax'> = alongAxis('logSoftmax', logSoftmaxOf)
