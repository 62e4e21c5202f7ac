/**
 * Activation functions as layers, without parameters.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.relu)
 * assert.deepEqual(toNested(model.apply([])(tensor([-1, 2]))), [0, 2])
 */
import * as op from '../ops/index.js'
import { type Expect, type Flatten, flatten as flattenRule, ok, type ShapeOf } from '../shape/index.js'
import { fail, shapeText, type Tensor, typed, type Value } from '../tensor/index.js'
import { append, type Layer } from './layer.js'

/** A layer followed by a function that keeps the shape. @category type-level */
export type Keeping = <P extends readonly unknown[], I extends string, O extends string>(layer: Layer<P, I, O>) => Layer<P, I, O>

/**
 * Any function of an example that keeps its shape, as a layer. It is written for a tensor of any shape, `Tensor<string>`.
 *
 * **Errors**: a function that changes the shape, when it is applied.
 *
 * @example
 * import { layer, mul, pipe, relu, tensor, toNested } from 'pullback'
 *
 * const squaredRelu = layer.activation(x => pipe(relu(x), mul(relu(x))))
 * assert.deepEqual(toNested(pipe(layer.input('2'), squaredRelu).apply([])(tensor([-1, 2]))), [0, 4])
 *
 * @category constructors
 */
export const activation = (f: (x: Tensor<string>) => Tensor<string>): Keeping =>
  typed((layer: Layer<readonly unknown[], string, string>) =>
    append(layer, ok(layer.output), {
      init: undefined,
      apply: () => (x: Value) => {
        const y = f(typed<Tensor<string>>(x))
        return y.shape === x.shape && y.sizes.every((size, axis) => size === x.sizes[axis])
          ? y
          : fail({
              _tag: 'ShapeError',
              detail: `activation: the function makes ${shapeText(y)} of ${shapeText(x)}: it must keep the shape`,
            })
      },
    }),
  )

/** 1 / (1 + e^-x). */
export const sigmoid: Keeping = activation(op.sigmoid)
/** The hyperbolic tangent. */
export const tanh: Keeping = activation(op.tanh)
/** max(x, 0). */
export const relu: Keeping = activation(op.relu)
/** x above 0, slope · x below; the slope is 0.01 unless given. */
export const leakyRelu = (slope?: number): Keeping => activation(op.leakyRelu(slope))
/** x above 0, alpha (e^x - 1) below; alpha is 1 unless given. */
export const elu = (alpha?: number): Keeping => activation(op.elu(alpha))
/** Scaled exponential linear unit. */
export const selu: Keeping = activation(op.selu)
/** x Φ(x), exact. */
export const gelu: Keeping = activation(op.gelu)
/** x σ(x), also known as swish. */
export const silu: Keeping = activation(op.silu)
/** log(1 + e^x). */
export const softplus: Keeping = activation(op.softplus)
/** e^x / Σ e^x along the last axis. */
export const softmax: Keeping = activation(typed(op.softmax(-1)))
/** The logarithm of softmax along the last axis. */
export const logSoftmax: Keeping = activation(typed(op.logSoftmax(-1)))

/**
 * All axes of an example as one.
 *
 * @example
 * import { layer, pipe } from 'pullback'
 *
 * assert.equal(pipe(layer.input('28 28'), layer.flatten).output, '784')
 *
 * @category combinators
 */
export const flatten = <P extends readonly unknown[], I extends string, O extends string>(
  layer: Expect<Flatten<O>, Layer<P, I, O>>,
): Layer<P, I, ShapeOf<Flatten<O>>> => {
  const before = typed<Layer<P, I, O>>(layer)
  return append(typed(before), flattenRule(before.output), {
    init: undefined,
    apply: () => (x: Value) => op.flatten(typed<Tensor<string>>(x)),
  })
}
