/** jax-js: the transformer block's loss, with its own attention. */
import type { JaxArray } from '../peers/jax.js'
import { trainJax } from '../training/jax.js'
import type { Run, Setup } from '../workload.js'
import { batch, block, heads, headWidth, length, width } from './spec.js'

export const open = ({ threads }: Setup): Promise<Run> =>
  trainJax(block, threads, ({ numpy: np, nn }) => (p, x, target) => {
    const split = (h: JaxArray, w: JaxArray): JaxArray => np.matmul(h, w).reshape([batch, length, heads, headWidth])
    const h = nn.standardize(x.ref).mul(p('gain1')).add(p('shift1'))
    const attended = nn.dotProductAttention(split(h.ref, p('query')), split(h.ref, p('key')), split(h, p('value')), { isCausal: true })
    const y = np
      .matmul(attended.reshape([batch, length, width]), p('mix'))
      .add(p('mixBias'))
      .add(x)
    const normal = nn.standardize(y.ref).mul(p('gain2')).add(p('shift2'))
    const raised = nn.gelu(np.matmul(normal, p('up')).add(p('upBias')))
    return np.mean(np.square(np.matmul(raised, p('down')).add(p('downBias')).add(y).sub(target)))
  })
