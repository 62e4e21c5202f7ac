/** TensorFlow.js: variables, `optimizer.minimize`, everything else tidied; the loss is read back once a round. */
import type { Scalar, Tensor2D } from '@tensorflow/tfjs'
import { type Backend, startTfjs } from '../peers/tfjs.js'
import type { Run, Setup } from '../workload.js'
import { batchesOf, betas, epsilon, layersOf, type Mlp } from './spec.js'

export const open =
  (mlp: Mlp, backend: Backend) =>
  async ({ threads }: Setup): Promise<Run> => {
    const tf = await startTfjs(backend, threads)
    const initial = layersOf(mlp).map(({ inputs, outputs, weight, bias }) => ({
      w: tf.tensor2d(weight, [inputs, outputs]),
      b: tf.tensor1d(bias),
    }))
    const layers = initial.map(({ w, b }) => ({ w: tf.variable(w.clone()), b: tf.variable(b.clone()) }))
    const [inputs, outputs] = [mlp.sizes[0] ?? 0, mlp.sizes.at(-1) ?? 0]
    const batches = batchesOf(mlp).map(({ input, target }) => ({
      input: tf.tensor2d(input, [mlp.batch, inputs]),
      target: tf.tensor2d(target, [mlp.batch, outputs]),
    }))
    const newOptimizer = () => (mlp.optimizer === 'adam' ? tf.train.adam(mlp.rate, ...betas, epsilon) : tf.train.sgd(mlp.rate))
    let optimizer = newOptimizer()
    const prepare = async (): Promise<void> => {
      optimizer.dispose()
      optimizer = newOptimizer()
      layers.forEach(({ w, b }, i) => {
        const from = initial[i]
        if (from) {
          w.assign(from.w.clone())
          b.assign(from.b.clone())
        }
      })
    }
    const step = (i: number): Scalar => {
      const batch = batches[i % batches.length]
      if (!batch) throw new Error('no batch')
      const loss = optimizer.minimize(() => {
        const y = layers.reduce((x: Tensor2D, { w, b }, l): Tensor2D => {
          const z: Tensor2D = tf.add(tf.matMul(x, w), b)
          if (l === layers.length - 1) return z
          return mlp.activation === 'relu' ? tf.relu(z) : tf.tanh(z)
        }, batch.input)
        const loss: Scalar =
          mlp.loss === 'crossEntropy' ? tf.losses.softmaxCrossEntropy(batch.target, y) : tf.losses.meanSquaredError(batch.target, y)
        return loss
      }, true)
      if (!loss) throw new Error('no loss')
      return loss
    }
    const read = (loss: Scalar): number => {
      const [value] = loss.dataSync()
      loss.dispose()
      return value ?? Number.NaN
    }
    return {
      prepare,
      values: async () => {
        await prepare()
        return Array.from({ length: mlp.checked }, (_, i) => read(step(i)))
      },
      round: async count => {
        for (let i = 0; i < count - 1; i += 1) step(i).dispose()
        read(step(count - 1))
      },
    }
  }
