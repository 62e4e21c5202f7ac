/**
 * Activation functions.
 *
 * @example
 * import { relu, softmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(relu(tensor([-1, 2]))), [0, 2])
 * assert.deepEqual(toNested(softmax(-1)(tensor([0, 0]))), [0.5, 0.5])
 */
import * as derived from '../derived/index.js'
import type { Axis, AxisOf, Expect } from '../shape/index.js'
import { type DType, type FloatDType, finiteNumber, type Settled, type Tensor, typed, type Value } from '../tensor/index.js'
import { alongAxis } from './apply-axis.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * max(x, 0); its derivative at 0 is 0. NaN stays NaN.
 *
 * @example
 * import { relu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(relu(tensor([-1, 2]))), [0, 2])
 */
export const relu: Unary<'relu', 'numeric'> = unaryOp('relu', 'numeric', derived.relu)

/** Checks a parameter of an activation function. An infinite one would give NaN at 0. */
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
  return unaryOp('leakyRelu', 'float', x => derived.leakyRelu(x, below))
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
  return unaryOp('elu', 'float', x => derived.elu(x, depth))
}

/**
 * Scaled exponential linear unit, with the constants of Klambauer et al. 2017.
 *
 * @example
 * import { selu, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(selu(tensor(1))) - 1.0507009873) < 1e-6)
 */
export const selu: Unary<'selu', 'float'> = unaryOp('selu', 'float', derived.selu)

/**
 * Gaussian error linear unit: x Φ(x), exact; 0 at -∞. Hendrycks and Gimpel 2016.
 *
 * @example
 * import { gelu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(gelu(tensor([0, 20, Number.POSITIVE_INFINITY]))), [0, 20, Number.POSITIVE_INFINITY])
 */
export const gelu: Unary<'gelu', 'float'> = unaryOp('gelu', 'float', derived.gelu)

/**
 * The tanh approximation of gelu: ½ x (1 + tanh u) with u = √(2/π) (x + 0.044715 x³), written x σ(2u), so that nothing cancels where tanh u is
 * near -1.
 *
 * @example
 * import { geluTanh, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(geluTanh(tensor([0, 20, Number.POSITIVE_INFINITY]))), [0, 20, Number.POSITIVE_INFINITY])
 */
export const geluTanh: Unary<'geluTanh', 'float'> = unaryOp('geluTanh', 'float', derived.geluTanh)

/**
 * x σ(x), also known as swish; 0 at -∞.
 *
 * @example
 * import { silu, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(silu(tensor([0, 1000, Number.POSITIVE_INFINITY]))), [0, 1000, Number.POSITIVE_INFINITY])
 */
export const silu: Unary<'silu', 'float'> = unaryOp('silu', 'float', derived.silu)

/**
 * log(1 + e^x), without overflow.
 *
 * @example
 * import { softplus, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(softplus(tensor(0))) - Math.LN2) < 1e-6)
 */
export const softplus: Unary<'softplus', 'float'> = unaryOp('softplus', 'float', derived.softplus)

/**
 * log σ(x) = -softplus(-x).
 *
 * @example
 * import { logSigmoid, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(logSigmoid(tensor(0))) - (-Math.LN2)) < 1e-6)
 */
export const logSigmoid: Unary<'logSigmoid', 'float'> = unaryOp('logSigmoid', 'float', derived.logSigmoid)

/** An operation along one axis that keeps the shape. @category type-level */
export type AlongAxis<Op extends string> = <const A extends Axis>(axis: A) => OverAxis<Op, A>

/** The operation, once its axis is given. @category type-level */
export type OverAxis<Op extends string, A extends Axis> = <S extends string, D extends DType = never>(
  x: Expect<FloatDType<Op, D>, Expect<AxisOf<Op, S, A>, Tensor<S, D>>>,
) => Tensor<S, Settled<D>>

const normalising = <Op extends string>(op: Op, apply: (x: Value, axis: number) => Value): AlongAxis<Op> =>
  typed(alongAxis(op, 'float', apply))

/**
 * e^x / Σ e^x along an axis.
 *
 * @example
 * import { softmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(softmax(-1)(tensor([[0, 0], [1e4, -1e4]]))), [[0.5, 0.5], [1, 0]])
 */
export const softmax: AlongAxis<'softmax'> = normalising('softmax', derived.softmax)

/**
 * The logarithm of softmax along an axis, finite where softmax rounds to 0.
 *
 * @example
 * import { logSoftmax, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(logSoftmax(-1)(tensor([1e4, 0]))), [0, -1e4])
 */
export const logSoftmax: AlongAxis<'logSoftmax'> = normalising('logSoftmax', derived.logSoftmax)
