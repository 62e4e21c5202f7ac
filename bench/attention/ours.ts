/** This library: the same attention by `einsum`, and by `matmul` of permuted tensors. */
import { sample } from '../numbers.js'
import { decoded, engineOf, pullback } from '../ours.js'
import type { Run, Setup } from '../workload.js'
import { given, width } from './spec.js'

const { einsum, fromArray, jit, matmul, mean, mul, permute, pipe, softmax, square, toArray, toNumber, valueAndGradOf } = pullback
type Tensor<S extends string> = pullback.Tensor<S>

type Heads = Tensor<'16 64 4 32'>
const scale = 1 / Math.sqrt(width)

const byEinsum = (q: Heads, k: Heads, v: Heads): Heads => {
  const weights = pipe(einsum('b q h d, b k h d -> b h q k')(q, k), mul(scale), softmax(-1))
  return einsum('b h q k, b k h d -> b q h d')(weights, v)
}

const byMatmul = (q: Heads, k: Heads, v: Heads): Heads => {
  const scores = pipe(q, permute([0, 2, 1, 3]), matmul(permute([0, 2, 3, 1])(k)), mul(scale))
  return pipe(scores, softmax(-1), matmul(permute([0, 2, 1, 3])(v)), permute([0, 2, 1, 3]))
}

export const open = async ({ case: work, threads }: Setup): Promise<Run> => {
  const attention = work.name === 'einsum' ? byEinsum : byMatmul
  const [q, k, v] = given().map(values => decoded(fromArray('16 64 4 32')(values)))
  if (!q || !k || !v) throw new Error('three tensors')
  const loss = (q: Heads, k: Heads, v: Heads): Tensor<''> => pipe(attention(q, k, v), square, mean())
  const f = jit((q: Heads, k: Heads, v: Heads) => valueAndGradOf([0, 1, 2])(loss)(q, k, v), { engine: engineOf(threads) })
  return {
    values: async () => {
      const [value, gradients] = f(q, k, v)
      return [toNumber(value), ...gradients.flatMap(x => sample(toArray(x)))]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) f(q, k, v)
    },
  }
}
