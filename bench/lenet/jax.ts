/** jax-js: the convolutional network's loss. */
import type { JaxArray } from '../peers/jax.js'
import { trainJax } from '../training/jax.js'
import type { Run, Setup } from '../workload.js'
import { batch, channels, features, lenet, side } from './spec.js'

export const open = ({ threads }: Setup): Promise<Run> =>
  trainJax(lenet, threads, ({ lax, numpy: np, nn }) => (p, x, target) => {
    const layer = (x: JaxArray, filter: JaxArray, bias: JaxArray, outputs: number, size: number): JaxArray => {
      const y = nn.relu(lax.conv(x, filter, [1, 1], 'SAME').add(bias.reshape([1, outputs, 1, 1])))
      return np.max(y.reshape([batch, outputs, size / 2, 2, size / 2, 2]), [3, 5])
    }
    const h = layer(layer(x, p('filter1'), p('bias1'), channels[1], side), p('filter2'), p('bias2'), channels[2], side / 2)
    const y = np.matmul(h.reshape([batch, features]), p('weight')).add(p('bias'))
    return np.mean(np.sum(nn.logSoftmax(y).mul(target), -1)).mul(-1)
  })
