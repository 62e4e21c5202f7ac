/** onnxruntime: the convolutional network's loss and its gradients. */
import type { Graph } from '../onnx.js'
import type { Build } from '../peers/ort.js'
import { trainOrt } from '../training/ort.js'
import { crossEntropy } from '../training/ort-loss.js'
import type { Run, Setup } from '../workload.js'
import { batch, channels, classes, features, lenet, padding, side } from './spec.js'

const pads = { pads: { ints: [padding, padding, padding, padding] } }
const dropped = { keepdims: { int: 0 } }

interface Layer {
  readonly value: string
  /** From the value's cotangent to the filter's and the bias's, and that of the convolution's result. */
  readonly pullback: (ct: string) => readonly [filter: string, bias: string, convolved: string]
}

/** Convolution, relu and max pool by 2; images of `size` × `size`. */
const layer = (g: Graph, x: string, filter: string, bias: string, outputs: number, size: number): Layer => {
  const half = size / 2
  const y = g.node('Relu', [g.node('Conv', [x, filter, bias], pads)])
  const value = g.node('MaxPool', [y], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } })
  const reshaped = (v: string, ...sizes: readonly number[]): string => g.node('Reshape', [v, g.axes(batch, outputs, ...sizes)])
  const exchanged = (v: string): string => g.node('Transpose', [v], { perm: { ints: [1, 0, 2, 3] } })
  return {
    value,
    pullback: ct => {
      // The largest of its window, and above 0, where relu is the identity; so equals among zeros do not matter.
      const cells = reshaped(y, half, 2, half, 2)
      const isLargest = g.node('Equal', [cells, reshaped(value, half, 1, half, 1)])
      const passes = g.node('And', [isLargest, g.node('Greater', [cells, g.scalar(0)])])
      const d = reshaped(g.node('Where', [passes, reshaped(ct, half, 1, half, 1), g.scalar(0)]), size, size)
      // A filter's gradient is a convolution with batch and channels exchanged: of the images by the cotangents, as large filters.
      const dFilter = exchanged(g.node('Conv', [exchanged(x), exchanged(d)], pads))
      return [dFilter, g.node('ReduceSum', [d, g.axes(0, 2, 3)], dropped), d]
    },
  }
}

export const open =
  (build: Build) =>
  ({ threads }: Setup): Promise<Run> =>
    trainOrt(lenet, build, threads, (g, p, input, target) => {
      const layer1 = layer(g, input, p('filter1'), p('bias1'), channels[1], side)
      const layer2 = layer(g, layer1.value, p('filter2'), p('bias2'), channels[2], side / 2)
      const h = g.node('Reshape', [layer2.value, g.axes(batch, features)])
      const [loss, dy] = crossEntropy(g, g.node('Gemm', [h, p('weight'), p('bias')]), target, [batch, classes])
      const [dFilter2, dBias2, d2] = layer2.pullback(g.node('Gemm', [dy, p('weight')], { transB: { int: 1 } }))
      const [dFilter1, dBias1] = layer1.pullback(g.node('ConvTranspose', [d2, p('filter2')], pads))
      return {
        loss,
        gradients: {
          filter1: dFilter1,
          bias1: dBias1,
          filter2: dFilter2,
          bias2: dBias2,
          weight: g.node('Gemm', [h, dy], { transA: { int: 1 } }),
          bias: g.node('ReduceSum', [dy, g.axes(0)], dropped),
        },
      }
    })
