/** The perceptrons of the benchmark, and the numbers that every side starts from. */
import { labels, uniform } from '../numbers.js'
import { type Batch, batchCount, type Named, oneHot, type Parameter, type Training } from '../training/spec.js'

export interface Mlp extends Training {
  readonly sizes: readonly number[]
  readonly activation: 'relu' | 'tanh'
  readonly loss: 'crossEntropy' | 'squaredError'
}

type Form = Pick<Mlp, 'sizes' | 'activation' | 'loss' | 'optimizer' | 'rate' | 'checked'> & { readonly batch: number }

/** Weight and bias of each layer, in order. */
const parametersOf = ({ sizes }: Form): readonly Parameter[] =>
  sizes.slice(1).flatMap((outputs, i) => {
    const inputs = sizes[i] ?? 0
    const values = uniform(inputs * outputs, 10 + i, Math.sqrt(6 / (inputs + outputs)))
    return [
      { name: `${i}.weight`, sizes: [inputs, outputs], values },
      { name: `${i}.bias`, sizes: [outputs], values: new Float32Array(outputs) },
    ]
  })

const batchesOf = ({ loss, batch }: Form, inputs: number, outputs: number): readonly Batch[] =>
  Array.from({ length: batchCount }, (_, i) => {
    const input = uniform(batch * inputs, 100 + i)
    if (loss === 'squaredError') return { input, labels: new Int32Array(0), target: uniform(batch * outputs, 200 + i) }
    const classes = labels(batch, 200 + i, outputs)
    return { input, labels: classes, target: oneHot(classes, outputs) }
  })

const mlp = (form: Form): Mlp => {
  const [inputs, outputs] = [form.sizes[0] ?? 0, form.sizes.at(-1) ?? 0]
  return {
    ...form,
    inputSizes: [form.batch, inputs],
    targetSizes: [form.batch, outputs],
    parameters: () => parametersOf(form),
    batches: () => batchesOf(form, inputs, outputs),
  }
}

export const classifier: Mlp = mlp({
  sizes: [784, 512, 256, 10],
  activation: 'relu',
  loss: 'crossEntropy',
  optimizer: 'adam',
  rate: 0.001,
  batch: 128,
  checked: 5,
})

export const regression: Mlp = mlp({
  sizes: [2, 16, 16, 1],
  activation: 'tanh',
  loss: 'squaredError',
  optimizer: 'sgd',
  rate: 0.05,
  batch: 32,
  checked: 40,
})

/** The least floating-point operations of a step: the products forward, and backward for weights and for all inputs but the first. */
export const flopsOf = ({ sizes, inputSizes: [batch = 0] }: Mlp): number =>
  sizes.slice(1).reduce((total, outputs, i) => total + 2 * batch * (sizes[i] ?? 0) * outputs * (i === 0 ? 2 : 3), 0)

/** What each layer has. */
export const layersOf = <P>({ sizes }: Mlp, p: Named<P>): readonly { readonly weight: P; readonly bias: P; readonly last: boolean }[] =>
  sizes.slice(1).map((_, i) => ({ weight: p(`${i}.weight`), bias: p(`${i}.bias`), last: i === sizes.length - 2 }))
