/** TensorFlow.js: the convolutional network's loss, with channels last as it wants them. */
import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs'
import type { Backend, tf as Tf } from '../peers/tfjs.js'
import { trainTfjs } from '../training/tfjs.js'
import type { Run, Setup } from '../workload.js'
import { channels, features, lastSide, lenet, padding } from './spec.js'

/** The type of a tensor of rank 4; nothing is copied. */
const images = (x: Tensor): Tensor4D => {
  const [a = 1, b = 1, c = 1, d = 1] = x.shape
  return x.as4D(a, b, c, d)
}

/**
 * The WebAssembly backend has no gradient of filters. It is itself a convolution, with batch and channels exchanged: of the images by the
 * cotangents, as large filters. That is faster than the gradient of conv3d, which the backend has.
 */
const giveFilterGradient = (tf: typeof Tf): void => {
  if (tf.getKernel(tf.Conv2DBackpropFilter, 'wasm')) return
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs: { x, dy } }) => {
      if (!(x instanceof tf.Tensor && dy instanceof tf.Tensor)) throw new Error('no images')
      return tf.conv2d(images(x.transpose([3, 1, 2, 0])), images(dy.transpose([1, 2, 0, 3])), 1, padding).transpose([1, 2, 0, 3])
    },
  })
}

/** The spec's layout to channels last. */
const arrange = (name: string, x: Tensor): Tensor => {
  if (name.startsWith('filter')) return x.transpose([2, 3, 1, 0])
  if (name === 'input') return x.transpose([0, 2, 3, 1])
  if (name === 'weight') return x.reshape([channels[2], lastSide, lastSide, -1]).transpose([1, 2, 0, 3]).reshape([features, -1])
  return x
}

export const open =
  (backend: Backend) =>
  ({ threads }: Setup): Promise<Run> =>
    trainTfjs(lenet, backend, threads, {
      arrange,
      lossWith: tf => {
        if (backend === 'wasm') giveFilterGradient(tf)
        const layer = (x: Tensor, filter: Variable, bias: Variable): Tensor => {
          const y: Tensor4D = tf.add(tf.conv2d(images(x), images(filter), 1, 'same'), bias)
          return tf.maxPool(tf.relu(y), 2, 2, 'valid')
        }
        return (p, x, target) => {
          const h = layer(layer(x, p('filter1'), p('bias1')), p('filter2'), p('bias2'))
          return tf.losses.softmaxCrossEntropy(target, h.reshape([-1, features]).matMul(p('weight')).add(p('bias')))
        }
      },
    })
