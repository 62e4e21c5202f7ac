/** jax-js: the same attention by its `einsum`, and by `matmul` of transposed arrays. */
import { sample } from '../numbers.js'
import { type JaxArray, startJax } from '../peers/jax.js'
import type { Run, Setup } from '../workload.js'
import { batch, given, heads, places, width } from './spec.js'

type Three = [JaxArray, JaxArray, JaxArray]

export const open = async ({ case: work, threads }: Setup): Promise<Run> => {
  const { jax, array, finish } = await startJax(threads)
  const { numpy: np, nn } = jax
  const [q, k, v] = given().map(values => array(values, [batch, places, heads, width]))
  if (!q || !k || !v) throw new Error('three arrays')
  const scale = 1 / Math.sqrt(width)
  const attention = ([q, k, v]: Three): JaxArray => {
    if (work.name === 'einsum') {
      const weights = nn.softmax(np.einsum('bqhd,bkhd->bhqk', q, k).mul(scale), -1)
      return np.einsum('bhqk,bkhd->bqhd', weights, v)
    }
    const scores = np.matmul(np.transpose(q, [0, 2, 1, 3]), np.transpose(k, [0, 2, 3, 1])).mul(scale)
    return np.transpose(np.matmul(nn.softmax(scores, -1), np.transpose(v, [0, 2, 1, 3])), [0, 2, 1, 3])
  }
  const f = jax.jit(jax.valueAndGrad((three: Three): JaxArray => np.mean(np.square(attention(three)))))
  const compute = async (): Promise<[JaxArray, Three]> => {
    const [loss, gradients] = f([q.ref, k.ref, v.ref])
    await finish(loss, ...gradients)
    return [loss, gradients]
  }
  return {
    values: async () => {
      const [loss, gradients] = await compute()
      const samples = await Promise.all(gradients.map(async g => sample(await g.data())))
      return [(await loss.data())[0] ?? Number.NaN, ...samples.flat()]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) {
        const [loss, gradients] = await compute()
        for (const y of [loss, ...gradients]) y.dispose()
      }
    },
  }
}
