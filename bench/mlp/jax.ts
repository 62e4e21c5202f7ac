/** jax-js: a perceptron's loss. */
import type { JaxArray } from '../peers/jax.js'
import { trainJax } from '../training/jax.js'
import type { Run, Setup } from '../workload.js'
import { layersOf, type Mlp } from './spec.js'

export const open =
  (mlp: Mlp) =>
  ({ threads }: Setup): Promise<Run> =>
    trainJax(mlp, threads, ({ numpy: np, nn }) => (p, input, target) => {
      const y = layersOf(mlp, p).reduce((x: JaxArray, { weight, bias, last }) => {
        const z = np.matmul(x, weight).add(bias)
        if (last) return z
        return mlp.activation === 'relu' ? nn.relu(z) : np.tanh(z)
      }, input)
      return mlp.loss === 'crossEntropy' ? np.mean(np.sum(nn.logSoftmax(y).mul(target), -1)).mul(-1) : np.mean(np.square(y.sub(target)))
    })
