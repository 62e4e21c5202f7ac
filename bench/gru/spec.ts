/** A gated recurrent unit over a long sequence (Cho et al. 2014, in the form of PyTorch's GRU), and the gradient of its loss. */
import { uniform } from '../numbers.js'

export const [steps, batch, inputs, units] = [1000, 32, 16, 64]

/**
 * r = σ(xWᵣ + bᵣ + hUᵣ + cᵣ), z likewise, n = tanh(xWₙ + bₙ + r ∘ (hUₙ + cₙ)), h' = (1 - z) ∘ n + z ∘ h. The three gates lie side by side in each weight.
 * The loss is the mean of all h².
 */
export const weights = [
  { name: 'input', sizes: [inputs, 3 * units], seed: 101 },
  { name: 'recurrent', sizes: [units, 3 * units], seed: 102 },
  { name: 'inputBias', sizes: [3 * units], seed: 103 },
  { name: 'recurrentBias', sizes: [3 * units], seed: 104 },
] as const

type Values = Float32Array<ArrayBuffer>

/** The first values of the weights, in their order. */
export const weightsOf = (): readonly [Values, Values, Values, Values] => {
  const of = ({ sizes, seed }: (typeof weights)[number]): Values => uniform(sizes[0] * (sizes[1] ?? 1), seed, 1 / Math.sqrt(units))
  return [of(weights[0]), of(weights[1]), of(weights[2]), of(weights[3])]
}

/** Steps by examples by inputs. */
export const sequence = (): Float32Array<ArrayBuffer> => uniform(steps * batch * inputs, 105)

/** Two for each multiply and add of the products; forward, and twice as many backward. */
export const flops = 3 * 2 * steps * batch * 3 * units * (inputs + units)
