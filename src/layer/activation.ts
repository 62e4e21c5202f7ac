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
import { type Expect, type Flatten, flatten as flattenRule, ok } from '../shape/index.js'
import { fail, isTensor, shapeText, type Tensor, typed, type Value } from '../tensor/index.js'
import { type After, append, type Layer } from './layer.js'

/** A layer followed by a function that keeps the shape. @category type-level */
export type Keeping = <P extends readonly unknown[], I extends string, O extends string>(m: Layer<P, I, O>) => Layer<P, I, O>

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
  typeof f === 'function'
    ? keeping('layer.activation', f)
    : fail({ _tag: 'ArgumentError', op: 'layer.activation', detail: 'give a function of a tensor, as in layer.activation(relu)' })

const keeping = (op: string, f: (x: Tensor<string>) => Tensor<string>): Keeping =>
  typed((layer: unknown) =>
    append(op, layer, before => [
      ok(before.output),
      {
        init: undefined,
        apply: () => (x: Value) => {
          const y: unknown = f(typed<Tensor<string>>(x))
          if (!isTensor(y)) return fail({ _tag: 'TreeError', op, path: '', detail: 'is a function that gives no tensor' })
          return y.shape === x.shape && y.dtype === x.dtype && y.sizes.every((size, axis) => size === x.sizes[axis])
            ? y
            : fail({
                _tag: 'ShapeError',
                detail: `${op}: the function makes ${y.dtype} ${shapeText(y)} of ${x.dtype} ${shapeText(x)}: it must keep shape and dtype`,
              })
        },
      },
    ]),
  )

/**
 * 1 / (1 + e^-x).
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.sigmoid)
 * assert.deepEqual(toNested(model.apply([])(tensor([0]))), [0.5])
 */
export const sigmoid: Keeping = keeping('layer.sigmoid', op.sigmoid)
/**
 * The hyperbolic tangent.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.tanh)
 * assert.deepEqual(toNested(model.apply([])(tensor([0]))), [0])
 */
export const tanh: Keeping = keeping('layer.tanh', op.tanh)
/**
 * max(x, 0).
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.relu)
 * assert.deepEqual(toNested(model.apply([])(tensor([-1, 2]))), [0, 2])
 */
export const relu: Keeping = keeping('layer.relu', op.relu)
/**
 * x above 0, slope · x below; the slope is 0.01 unless given.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.leakyRelu(0.5))
 * assert.deepEqual(toNested(model.apply([])(tensor([-2, 2]))), [-1, 2])
 */
export const leakyRelu = (slope?: number): Keeping => keeping('layer.leakyRelu', op.leakyRelu(slope))
/**
 * x above 0, alpha (e^x - 1) below; alpha is 1 unless given.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.elu())
 * assert.deepEqual(toNested(model.apply([])(tensor([0, 2]))), [0, 2])
 */
export const elu = (alpha?: number): Keeping => keeping('layer.elu', op.elu(alpha))
/**
 * Scaled exponential linear unit.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.selu)
 * assert.deepEqual(toNested(model.apply([])(tensor([0]))), [0])
 */
export const selu: Keeping = keeping('layer.selu', op.selu)
/**
 * x Φ(x), exact.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.gelu)
 * assert.deepEqual(toNested(model.apply([])(tensor([0]))), [0])
 */
export const gelu: Keeping = keeping('layer.gelu', op.gelu)
/**
 * x σ(x), also known as swish.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.silu)
 * assert.deepEqual(toNested(model.apply([])(tensor([0]))), [0])
 */
export const silu: Keeping = keeping('layer.silu', op.silu)
/**
 * log(1 + e^x).
 *
 * @example
 * import { layer, pipe, tensor, toNumber } from 'pullback'
 *
 * const model = pipe(layer.input(''), layer.softplus)
 * assert.ok(Math.abs(toNumber(model.apply([])(tensor(0))) - Math.LN2) < 1e-6)
 */
export const softplus: Keeping = keeping('layer.softplus', op.softplus)
/**
 * e^x / Σ e^x along the last axis.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.softmax)
 * assert.deepEqual(toNested(model.apply([])(tensor([3, 3]))), [0.5, 0.5])
 */
export const softmax: Keeping = keeping('layer.softmax', typed(op.softmax(-1)))
/**
 * The logarithm of softmax along the last axis.
 *
 * @example
 * import { layer, pipe, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('1'), layer.logSoftmax)
 * assert.deepEqual(toNested(model.apply([])(tensor([3]))), [0])
 */
export const logSoftmax: Keeping = keeping('layer.logSoftmax', typed(op.logSoftmax(-1)))

/** A layer followed by the flattening of its output. @category type-level */
export type Flattening = <P extends readonly unknown[], I extends string, O extends string>(
  m: Expect<Flatten<O>, Layer<P, I, O>>,
) => After<Flatten<O>, P, I>

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
export const flatten: Flattening = typed<Flattening>((layer: unknown) =>
  append('layer.flatten', layer, before => [
    flattenRule(before.output),
    { init: undefined, apply: () => (x: Value) => op.flatten(typed<Tensor<string>>(x)) },
  ]),
)
