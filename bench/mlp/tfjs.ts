/** TensorFlow.js: a perceptron's loss. */
import type { Tensor } from '@tensorflow/tfjs'
import type { Backend } from '../peers/tfjs.js'
import { trainTfjs } from '../training/tfjs.js'
import type { Run, Setup } from '../workload.js'
import { layersOf, type Mlp } from './spec.js'

export const open =
  (mlp: Mlp, backend: Backend) =>
  ({ threads }: Setup): Promise<Run> =>
    trainTfjs(mlp, backend, threads, {
      lossWith: tf => (p, input, target) => {
        const y = layersOf(mlp, p).reduce((x: Tensor, { weight, bias, last }): Tensor => {
          const z = tf.add(tf.matMul(x, weight), bias)
          if (last) return z
          return mlp.activation === 'relu' ? tf.relu(z) : tf.tanh(z)
        }, input)
        return mlp.loss === 'crossEntropy' ? tf.losses.softmaxCrossEntropy(target, y) : tf.losses.meanSquaredError(target, y)
      },
    })
