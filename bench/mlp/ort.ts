/** onnxruntime: a perceptron's loss and its gradients. */
import type { Graph } from '../onnx.js'
import type { Build } from '../peers/ort.js'
import { trainOrt } from '../training/ort.js'
import { crossEntropy, squaredError } from '../training/ort-loss.js'
import type { Run, Setup } from '../workload.js'
import { layersOf, type Mlp } from './spec.js'

export const open =
  (mlp: Mlp, build: Build) =>
  ({ threads }: Setup): Promise<Run> =>
    trainOrt(mlp, build, threads, (g, p, input, target) => {
      const layers = layersOf(mlp, p)
      const values = [input]
      for (const { weight, bias, last } of layers) {
        const z = g.node('Gemm', [values.at(-1) ?? '', weight, bias])
        values.push(last ? z : g.node(mlp.activation === 'relu' ? 'Relu' : 'Tanh', [z]))
      }
      const y = values.at(-1) ?? ''
      const [loss, top] = (mlp.loss === 'crossEntropy' ? crossEntropy : squaredError)(g, y, target, mlp.targetSizes)
      let d = top
      const gradients: { [name: string]: string } = {}
      for (const [l, { weight, bias }] of [...layers.entries()].reverse()) {
        const x = values[l] ?? ''
        gradients[weight] = g.node('Gemm', [x, d], { transA: { int: 1 } })
        gradients[bias] = g.node('ReduceSum', [d, g.axes(0)], { keepdims: { int: 0 } })
        if (l > 0) d = derivative(g, mlp, x, g.node('Gemm', [d, weight], { transB: { int: 1 } }))
      }
      return { loss, gradients }
    })

/** The cotangent of what an activation was given, from its value and that one's cotangent. */
const derivative = (g: Graph, { activation }: Mlp, y: string, ct: string): string =>
  activation === 'relu'
    ? g.node('Where', [g.node('Greater', [y, g.scalar(0)]), ct, g.scalar(0)])
    : g.node('Mul', [ct, g.node('Sub', [g.scalar(1), g.node('Mul', [y, y])])])
