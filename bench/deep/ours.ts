/** This library: the gradient of the chain as it is, and with each group of layers a `checkpoint`. */
import { sample } from '../numbers.js'
import { decoded, engineOf, pullback } from '../ours.js'
import type { Run, Setup } from '../workload.js'
import { checked, groups, inputOf, layers, weightsOf } from './spec.js'

const { checkpoint, fromArray, jit, matmul, mean, pipe, square, tanh, toArray, toNumber, valueAndGrad } = pullback
type Tensor<S extends string> = pullback.Tensor<S>

type Weight = Tensor<'64 64'>
type Rows = Tensor<'1024 64'>

const group = (x: Rows, weights: readonly Weight[]): Rows => weights.reduce((y, w) => pipe(y, matmul(w), tanh), x)

export const open = async ({ case: work, threads }: Setup): Promise<Run> => {
  const apply = work.name === 'checkpoint' ? checkpoint(group) : group
  const size = layers / groups
  const loss = (weights: readonly Weight[], x: Rows): Tensor<''> => {
    const parts = Array.from({ length: groups }, (_, i) => weights.slice(i * size, (i + 1) * size))
    const y = parts.reduce((y, part) => apply(y, part), x)
    return pipe(y, square, mean())
  }
  const f = jit((weights: readonly Weight[], x: Rows) => valueAndGrad(loss)(weights, x), { engine: engineOf(threads) })
  const weights = weightsOf().map(values => decoded(fromArray('64 64')(values)))
  const x = decoded(fromArray('1024 64')(inputOf()))
  return {
    values: async () => {
      const [value, gradients] = f(weights, x)
      return [toNumber(value), ...checked.flatMap(layer => sample(toArray(gradients[layer] ?? x)))]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) f(weights, x)
    },
  }
}
