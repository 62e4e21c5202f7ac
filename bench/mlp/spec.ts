/** The perceptrons of the benchmark, and the numbers that every side starts from. */
import { labels, uniform } from '../numbers.js'

export interface Mlp {
  readonly name: 'classifier' | 'regression'
  readonly sizes: readonly number[]
  readonly activation: 'relu' | 'tanh'
  readonly loss: 'crossEntropy' | 'squaredError'
  readonly optimizer: 'adam' | 'sgd'
  readonly rate: number
  readonly batch: number
  /** Steps whose losses are checked. */
  readonly checked: number
}

export const classifier: Mlp = {
  name: 'classifier',
  sizes: [784, 512, 256, 10],
  activation: 'relu',
  loss: 'crossEntropy',
  optimizer: 'adam',
  rate: 0.001,
  batch: 128,
  checked: 5,
}

export const regression: Mlp = {
  name: 'regression',
  sizes: [2, 16, 16, 1],
  activation: 'tanh',
  loss: 'squaredError',
  optimizer: 'sgd',
  rate: 0.05,
  batch: 32,
  checked: 40,
}

export const betas = [0.9, 0.999] as const
export const epsilon = 1e-8

/** Different batches that are taken in turn, so that nobody may keep one. */
export const batchCount = 4

export interface Dense {
  readonly inputs: number
  readonly outputs: number
  readonly weight: Float32Array<ArrayBuffer>
  readonly bias: Float32Array<ArrayBuffer>
}

export const layersOf = ({ sizes }: Mlp): readonly Dense[] =>
  sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i] ?? 0
    return {
      inputs,
      outputs,
      weight: uniform(inputs * outputs, 10 + i, Math.sqrt(6 / (inputs + outputs))),
      bias: new Float32Array(outputs),
    }
  })

export interface Batch {
  readonly input: Float32Array<ArrayBuffer>
  /** Classes; empty for a regression. */
  readonly labels: Int32Array<ArrayBuffer>
  /** One-hot rows of the classes, or the numbers of a regression. */
  readonly target: Float32Array<ArrayBuffer>
}

export const batchesOf = ({ sizes, batch, loss }: Mlp): readonly Batch[] => {
  const [inputs, outputs] = [sizes[0] ?? 0, sizes.at(-1) ?? 0]
  return Array.from({ length: batchCount }, (_, i) => {
    const input = uniform(batch * inputs, 100 + i)
    if (loss === 'squaredError') return { input, labels: new Int32Array(0), target: uniform(batch * outputs, 200 + i) }
    const classes = labels(batch, 200 + i, outputs)
    const target = new Float32Array(batch * outputs)
    classes.forEach((label, row) => {
      target[row * outputs + label] = 1
    })
    return { input, labels: classes, target }
  })
}

/** The least floating-point operations of a step: the products forward, and backward for weights and for all inputs but the first. */
export const flopsOf = ({ sizes, batch }: Mlp): number =>
  sizes.slice(1).reduce((total, outputs, i) => total + 2 * batch * (sizes[i] ?? 0) * outputs * (i === 0 ? 2 : 3), 0)
