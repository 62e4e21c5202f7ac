/** A perceptron's loss by plain loops over float64. */
import { crossEntropy, dense, relu, squaredError, tanh } from '../training/loops.js'
import { expectedOf } from '../training/oracle.js'
import type { Node } from '../training/tape.js'
import { layersOf, type Mlp } from './spec.js'

export const expected = (mlp: Mlp): readonly number[] =>
  expectedOf(mlp, (tape, p, { input, target }) => {
    const y = layersOf(mlp, p).reduce((x: Node, { weight, bias, last }) => {
      const z = dense(tape, x, weight, bias, weight.data.length / bias.data.length)
      if (last) return z
      return mlp.activation === 'relu' ? relu(tape, z) : tanh(tape, z)
    }, tape.leaf(input))
    return mlp.loss === 'crossEntropy' ? crossEntropy(tape, y, target, mlp.sizes.at(-1) ?? 0) : squaredError(tape, y, target)
  })
