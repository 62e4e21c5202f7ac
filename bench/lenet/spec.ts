/** The convolutional network of W4, and the numbers that every side starts from. Images are channels × rows × columns, filters out × in × rows × columns. */
import { labels, uniform } from '../numbers.js'
import { batchCount, oneHot, type Parameter, sizeOf, type Training } from '../training/spec.js'

export const [batch, classes, side] = [64, 10, 28]
/** Channels of the images and of each layer's results. */
export const channels = [1, 8, 16] as const
/** A filter's rows and columns, and the zeros around an image that keep its size. */
export const [filterSide, padding] = [5, 2]
/** Rows and columns of what the dense layer is given, after two poolings by 2. */
export const lastSide = side / 4
export const features = channels[2] * lastSide ** 2

const glorot = (name: string, seed: number, sizes: readonly number[], fans: number): Parameter => ({
  name,
  sizes,
  values: uniform(sizeOf(sizes), seed, Math.sqrt(6 / fans)),
})
const zeros = (name: string, size: number): Parameter => ({ name, sizes: [size], values: new Float32Array(size) })
const filter = (name: string, seed: number, inputs: number, outputs: number): Parameter =>
  glorot(name, seed, [outputs, inputs, filterSide, filterSide], (inputs + outputs) * filterSide ** 2)

export const lenet: Training = {
  inputSizes: [batch, channels[0], side, side],
  targetSizes: [batch, classes],
  parameters: () => [
    filter('filter1', 20, channels[0], channels[1]),
    zeros('bias1', channels[1]),
    filter('filter2', 21, channels[1], channels[2]),
    zeros('bias2', channels[2]),
    glorot('weight', 22, [features, classes], features + classes),
    zeros('bias', classes),
  ],
  optimizer: 'adam',
  rate: 0.001,
  checked: 3,
  batches: () =>
    Array.from({ length: batchCount }, (_, i) => {
      const own = labels(batch, 200 + i, classes)
      return { input: uniform(batch * channels[0] * side ** 2, 100 + i), labels: own, target: oneHot(own, classes) }
    }),
}

/** How many entries of a filter meet an image, over all its places along an axis: the zeros around it need no arithmetic. */
const meetings = (size: number): number => filterSide * size - padding * (padding + 1)
const convolution = (inputs: number, outputs: number, size: number): number => 2 * batch * inputs * outputs * meetings(size) ** 2

/** The least floating-point operations: products forward, and as many again for each gradient; the images need none. */
export const lenetFlops =
  2 * convolution(channels[0], channels[1], side) + 3 * convolution(channels[1], channels[2], side / 2) + 3 * 2 * batch * features * classes
