/** Losses as parts of a graph: the scalar, and its derivative by the predictions. */
import type { Graph } from '../onnx.js'
import { sizeOf } from './spec.js'

type Loss = (g: Graph, y: string, target: string, sizes: readonly number[]) => readonly [loss: string, derivative: string]

/** The mean over the rows of -Σ target · log softmax. */
export const crossEntropy: Loss = (g, y, target, [rows = 1]) => {
  const log = g.node('LogSoftmax', [y])
  const sum = g.node('ReduceSum', [g.node('Mul', [log, target])], { keepdims: { int: 0 } })
  return [g.node('Mul', [sum, g.scalar(-1 / rows)]), g.node('Mul', [g.node('Sub', [g.node('Exp', [log]), target]), g.scalar(1 / rows)])]
}

/** The mean of the squared differences. */
export const squaredError: Loss = (g, y, target, sizes) => {
  const e = g.node('Sub', [y, target])
  return [g.node('ReduceMean', [g.node('Mul', [e, e])], { keepdims: { int: 0 } }), g.node('Mul', [e, g.scalar(2 / sizeOf(sizes))])]
}
