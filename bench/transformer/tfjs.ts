/** TensorFlow.js: the transformer block's loss. Rows are one axis where weights are applied: its products of rank 3 by 2 copy the weight. */
import type { Tensor, Variable } from '@tensorflow/tfjs'
import type { Backend } from '../peers/tfjs.js'
import { trainTfjs } from '../training/tfjs.js'
import type { Run, Setup } from '../workload.js'
import { batch, block, heads, headWidth, length, normEpsilon, width } from './spec.js'

export const open =
  (backend: Backend) =>
  ({ threads }: Setup): Promise<Run> =>
    trainTfjs(block, backend, threads, {
      arrange: (name, x) => (name === 'input' ? x.reshape([-1, width]) : x),
      lossWith: tf => {
        const layerNorm = (x: Tensor, gain: Variable, shift: Variable): Tensor => {
          const centred = x.sub(x.mean(-1, true))
          return centred.mul(centred.square().mean(-1, true).add(normEpsilon).rsqrt()).mul(gain).add(shift)
        }
        const split = (x: Tensor): Tensor => x.reshape([batch, length, heads, headWidth]).transpose([0, 2, 1, 3])
        const gelu = (x: Tensor): Tensor =>
          x.mul(0.5).mul(
            x
              .add(x.square().mul(x).mul(0.044715))
              .mul(Math.sqrt(2 / Math.PI))
              .tanh()
              .add(1),
          )
        // 0 where a place is seen, and a number that no softmax outlives where it is not: cheaper than a choice, whose gradient is two more.
        const mask = tf.keep(tf.sub(1, tf.linalg.bandPart(tf.ones([length, length]), -1, 0)).mul(-1e9))
        return (p, x, target) => {
          const h = layerNorm(x, p('gain1'), p('shift1'))
          const project = (w: Variable): Tensor => split(h.matMul(w))
          const scores = project(p('query'))
            .matMul(project(p('key')), false, true)
            .mul(1 / Math.sqrt(headWidth))
            .add(mask)
          const attended = tf
            .matMul(scores.softmax(), project(p('value')))
            .transpose([0, 2, 1, 3])
            .reshape([-1, width])
          const y = attended.matMul(p('mix')).add(p('mixBias')).add(x)
          const raised = gelu(layerNorm(y, p('gain2'), p('shift2')).matMul(p('up')).add(p('upBias')))
          return tf.losses.meanSquaredError(target.reshape([-1, width]), raised.matMul(p('down')).add(p('downBias')).add(y))
        }
      },
    })
