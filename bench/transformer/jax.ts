/** jax-js: the transformer block's loss, with its own attention. */
import type { JaxArray } from '../peers/jax.js'
import { trainJax } from '../training/jax.js'
import type { Run, Setup } from '../workload.js'
import { batch, block, headWidth, heads, length, width } from './spec.js'

export const open = ({ threads }: Setup): Promise<Run> =>
  trainJax(block, threads, ({ numpy: np, nn }) => (params, x, target) => {
    const [gain1, shift1, query, key, value, mix, mixBias, gain2, shift2, up, upBias, down, downBias] = params
    if (!gain1 || !shift1 || !query || !key || !value || !mix || !mixBias || !gain2 || !shift2 || !up || !upBias || !down || !downBias)
      throw new Error('thirteen parameters')
    const split = (h: JaxArray, w: JaxArray): JaxArray => np.matmul(h, w).reshape([batch, length, heads, headWidth])
    const h = nn.standardize(x.ref).mul(gain1).add(shift1)
    const attended = nn.dotProductAttention(split(h.ref, query), split(h.ref, key), split(h, value), { isCausal: true })
    const y = np
      .matmul(attended.reshape([batch, length, width]), mix)
      .add(mixBias)
      .add(x)
    const normal = nn.standardize(y.ref).mul(gain2).add(shift2)
    const raised = nn.gelu(np.matmul(normal, up).add(upBias))
    return np.mean(np.square(np.matmul(raised, down).add(downBias).add(y).sub(target)))
  })
