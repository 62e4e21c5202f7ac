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
import {
  type DType,
  type FloatDType,
  failAs,
  finiteNumber,
  floatDType,
  heldDType,
  relabel,
  type Settled,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Unary, unaryOp } from './apply-unary.js'

const { add, castTo, div, equal, exp, expm1, filled, less, lessEqual, log1p, maxAxes, mul, neg, normalCdf, select, sub, sumAxes } =
  primitive

const positive = (x: Value): Value => less(filled(x, 0), x)
/** Not above 0. A NaN is neither, and so is kept where this decides what takes the place of x. */
const lower = (x: Value): Value => lessEqual(x, filled(x, 0))
const scaled = (x: Value, factor: number): Value => mul(x, filled(x, factor))

/**
 * max(x, 0); its derivative at 0 is 0. NaN stays NaN.
 *
 * @example
 * import { relu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(relu(tensor([-1, 2]))), [0, 2])
 */
export const relu: Unary<'relu', 'numeric'> = unaryOp('relu', 'numeric', x => select(lower(x), filled(x, 0), x))

/** A parameter of an activation function. An infinite one would make NaN at 0. */
const finite = (op: string, name: string, value: number): number => finiteNumber(op, value, shown => `${name} is ${shown}`)

/**
 * x above 0, slope · x below; the slope is 0.01 unless given.
 *
 * **Errors**: a slope that is not finite.
 *
 * @example
 * import { leakyRelu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(leakyRelu(0.5)(tensor([-2, 3]))), [-1, 3])
 */
export const leakyRelu = (slope = 0.01): Unary<'leakyRelu', 'float'> => {
  const below = finite('leakyRelu', 'the slope', slope)
  // 0 · -∞ would be NaN.
  return unaryOp('leakyRelu', 'float', x => select(lower(x), below === 0 ? filled(x, 0) : scaled(x, below), x))
}

/** x above 0, alpha (e^x - 1) below. The exponential sees only values below 0, so that its overflow reaches no gradient. */
const eluOf = (x: Value, alpha: number): Value => {
  const above = positive(x)
  return select(above, x, scaled(expm1(select(above, filled(x, 0), x)), alpha))
}

/**
 * Exponential linear unit: x above 0, alpha (e^x - 1) below; Clevert et al. 2015.
 *
 * **Errors**: an alpha that is not finite.
 *
 * @example
 * import { elu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(elu(2)(tensor([Number.NEGATIVE_INFINITY, 0, 3]))), [-2, 0, 3])
 */
export const elu = (alpha = 1): Unary<'elu', 'float'> => {
  const depth = finite('elu', 'alpha', alpha)
  return unaryOp('elu', 'float', x => eluOf(x, depth))
}

/** Scaled exponential linear unit, with the constants of Klambauer et al. 2017. */
export const selu: Unary<'selu', 'float'> = unaryOp('selu', 'float', x => scaled(eluOf(x, 1.6732632423543772), 1.0507009873554805))

/**
 * Gaussian error linear unit: x Φ(x), exact; 0 at -∞. Hendrycks and Gimpel 2016.
 *
 * @example
 * import { gelu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(gelu(tensor([0, 20, Number.POSITIVE_INFINITY]))), [0, 20, Number.POSITIVE_INFINITY])
 */
export const gelu: Unary<'gelu', 'float'> = unaryOp('gelu', 'float', x => {
  // Held to where Φ is 0, x makes the product 0 at -∞; held to where φ is 0, it makes the slope's product 0 and not 0 · ∞. A NaN fails both.
  const above = select(less(x, filled(x, -40)), filled(x, -40), x)
  return mul(above, normalCdf(select(less(filled(x, 40), above), filled(x, 40), above)))
})

/**
 * x · σ(v(x)) for an odd v, as max(x, 0) - m σ(-v(m)) with m = |x|: what is taken away is at most half of x, so that nothing cancels, in
 * derivatives neither. From the bound on, where σ(-v) is 0 in every dtype, m stays as it is: 0 · ∞ would be NaN, of values and of derivatives.
 */
const gated = (x: Value, bound: number, v: (m: Value) => Value): Value => {
  const opposite = neg(x)
  const above = less(opposite, x)
  const size = select(above, x, opposite)
  const limit = filled(x, bound)
  const m = select(less(limit, size), limit, size)
  const power = exp(neg(v(m)))
  return sub(select(above, x, filled(x, 0)), mul(m, div(power, add(filled(x, 1), power))))
}

/**
 * The tanh approximation of gelu: ½ x (1 + tanh u) with u = √(2/π) (x + 0.044715 x³), written x σ(2u), so that nothing cancels where tanh u is
 * near -1.
 *
 * @example
 * import { geluTanh, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(geluTanh(tensor([0, 20, Number.POSITIVE_INFINITY]))), [0, 20, Number.POSITIVE_INFINITY])
 */
export const geluTanh: Unary<'geluTanh', 'float'> = unaryOp('geluTanh', 'float', x =>
  gated(x, 100, m => {
    const factor = 2 * Math.sqrt(2 / Math.PI)
    return mul(m, add(filled(m, factor), scaled(mul(m, m), 0.044715 * factor)))
  }),
)

/**
 * x σ(x), also known as swish; 0 at -∞.
 *
 * @example
 * import { silu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(silu(tensor([0, 1000, Number.POSITIVE_INFINITY]))), [0, 1000, Number.POSITIVE_INFINITY])
 */
export const silu: Unary<'silu', 'float'> = unaryOp('silu', 'float', x => gated(x, 1000, m => m))

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which never overflows. */
const softplusOf = (x: Value): Value => {
  const above = positive(x)
  const size = select(above, x, neg(x))
  return add(select(above, x, filled(x, 0)), log1p(exp(neg(size))))
}

/** log(1 + e^x), without overflow. */
export const softplus: Unary<'softplus', 'float'> = unaryOp('softplus', 'float', softplusOf)

/** log σ(x) = -softplus(-x). */
export const logSigmoid: Unary<'logSigmoid', 'float'> = unaryOp('logSigmoid', 'float', x => neg(softplusOf(neg(x))))

/** An operation along one axis that keeps the shape. @category type-level */
export type AlongAxis<Op extends string> = <const A extends Axis>(axis: A) => OverAxis<Op, A>

/** The same, the axis given. @category type-level */
export type OverAxis<Op extends string, A extends Axis> = <S extends string, D extends DType = never>(
  x: Expect<FloatDType<Op, D>, Expect<AxisOf<Op, S, A>, Tensor<S, D>>>,
) => Tensor<S, Settled<D>>

const alongAxis = <Op extends string>(op: Op, apply: (x: Value, axis: number) => Value): AlongAxis<Op> =>
  typed((axis: Axis) => (x: Value): Value => {
    checkTensor(op, x)
    heldDType(floatDType(op, x.dtype))
    const shape = held(axisOf(op, x.shape, axis))
    const [position = 0] = held(axisPositions(op, x.shape, [axis]))
    try {
      return relabel(shape, apply(x, position))
    } catch (error) {
      return failAs(op, error)
    }
  })

/** x less its greatest entry, which is held constant: the derivative is the same and nothing overflows. */
const shifted = (x: Value, axis: number): Value =>
  sub(x, primitive.broadcastAxes(primitive.stopGradient(maxAxes(x, [axis])), x.sizes, [axis]))

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

/**
 * x - log Σ e^x along an axis. Where one entry is far above the others, the sum is 1 and little more: the 1 of each greatest entry is taken away
 * before the sum, and all but one of them added after it, so that log1p sees the rest with its digits.
 */
const logSoftmaxOf = (x: Value, axis: number): Value => {
  const centred = shifted(x, axis)
  const isGreatest = castTo(equal(centred, filled(centred, 0)), x.dtype)
  const rest = sumAxes(sub(exp(centred), isGreatest), [axis])
  const others = sumAxes(isGreatest, [axis])
  const total = log1p(add(rest, sub(others, filled(others, 1))))
  return sub(centred, primitive.broadcastAxes(total, x.sizes, [axis]))
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
