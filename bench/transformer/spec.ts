/** The transformer block of W6, and the numbers that every side starts from. */
import { uniform } from '../numbers.js'
import { batchCount, type Parameter, sizeOf, type Training } from '../training/spec.js'

export const [width, heads, length, batch, hidden] = [128, 4, 64, 16, 512]
export const headWidth = width / heads
/** Added to the variance in layer norm. */
export const normEpsilon = 1e-5

const weight = (name: string, seed: number, inputs: number, outputs: number): Parameter => ({
  name,
  sizes: [inputs, outputs],
  values: uniform(inputs * outputs, seed, Math.sqrt(6 / (inputs + outputs))),
})
const vector = (name: string, size: number, value = 0): Parameter => ({ name, sizes: [size], values: new Float32Array(size).fill(value) })

const inputSizes = [batch, length, width]

/** The norm comes before attention and before the perceptron, and both are added to what they were given. Queries, keys and values have no bias. */
export const block: Training = {
  inputSizes,
  targetSizes: inputSizes,
  parameters: () => [
    vector('gain1', width, 1),
    vector('shift1', width),
    weight('query', 30, width, width),
    weight('key', 31, width, width),
    weight('value', 32, width, width),
    weight('mix', 33, width, width),
    vector('mixBias', width),
    vector('gain2', width, 1),
    vector('shift2', width),
    weight('up', 34, width, hidden),
    vector('upBias', hidden),
    weight('down', 35, hidden, width),
    vector('downBias', width),
  ],
  optimizer: 'adam',
  rate: 0.001,
  checked: 3,
  batches: () =>
    Array.from({ length: batchCount }, (_, i) => ({
      input: uniform(sizeOf(inputSizes), 100 + i),
      labels: new Int32Array(0),
      target: uniform(sizeOf(inputSizes), 200 + i),
    })),
}

/** The least floating-point operations: products forward, and as many again for each operand's gradient. Norm 1 has parameters, so all are needed. */
export const blockFlops = 3 * 2 * batch * (length * width * (4 * width + 2 * hidden) + 2 * heads * length * length * headWidth)
