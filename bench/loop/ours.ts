/** This library: a recurrent network of so many steps as one `scan`, and its gradient. */
import { sample } from '../numbers.js'
import { decoded, engineOf, pullback } from '../ours.js'
import type { Run, Setup } from '../workload.js'
import { inputOf, stepsOf, weight } from './spec.js'

const { add, fromArray, jit, matmul, mean, pipe, scan, square, tanh, toArray, toNumber, valueAndGrad, zeros } = pullback
type Tensor<S extends string> = pullback.Tensor<S>

export const open = async ({ case: work, threads }: Setup): Promise<Run> => {
  const steps = stepsOf(work)
  const w = decoded(fromArray('8 8')(weight()))
  const xs = decoded(fromArray('time 8')(inputOf(steps)))
  const loss = (w: Tensor<'8 8'>, xs: Tensor<'time 8'>): Tensor<''> => {
    const round = (h: Tensor<'8'>, x: Tensor<'8'>) => {
      const next = pipe(h, matmul(w), add(x), tanh)
      return [next, next] as const
    }
    const [, hs] = pipe(xs, scan('time')(round, zeros('8')))
    return pipe(hs, square, mean())
  }
  const f = jit((w: Tensor<'8 8'>, xs: Tensor<'time 8'>) => valueAndGrad(loss)(w, xs), { engine: engineOf(threads) })
  return {
    values: async () => {
      const [value, gradient] = f(w, xs)
      return [toNumber(value), ...sample(toArray(gradient))]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) f(w, xs)
    },
  }
}
