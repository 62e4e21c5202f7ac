/** This library: the unit as one `scan`, or by two jitted functions called for each step, one forward and one backward. */

import { sample } from '../numbers.js'
import { decoded, engineOf, pullback } from '../ours.js'
import type { Run, Setup } from '../workload.js'
import { batch, sequence, steps, units, weightsOf } from './spec.js'

const { add, fromArray, grad, jit, matmul, mean, mul, ones, pipe, scan, sigmoid, slice, square, sub, sum, tanh, toArray, toNumber, tree } =
  pullback
const { valueAndGrad, zeros } = pullback
type Tensor<S extends string> = pullback.Tensor<S>

interface Weights {
  readonly input: Tensor<'16 192'>
  readonly recurrent: Tensor<'64 192'>
  readonly inputBias: Tensor<'192'>
  readonly recurrentBias: Tensor<'192'>
}
type Hidden = Tensor<'32 64'>
type Input = Tensor<'32 16'>
type Sequence = Tensor<'1000 32 16'>

const cell =
  (p: Weights) =>
  (h: Hidden, x: Input): Hidden => {
    const a = pipe(x, matmul(p.input), add(p.inputBias))
    const s = pipe(h, matmul(p.recurrent), add(p.recurrentBias))
    const gate = (from: Tensor<'32 64'>, and: Tensor<'32 64'>) => pipe(from, add(and), sigmoid)
    const r = gate(slice(':, 0:64')(a), slice(':, 0:64')(s))
    const z = gate(slice(':, 64:128')(a), slice(':, 64:128')(s))
    const n = pipe(slice(':, 128:192')(s), mul(r), add(slice(':, 128:192')(a)), tanh)
    return pipe(n, mul(pipe(ones('32 64'), sub(z))), add(mul(z)(h)))
  }

const loss = (p: Weights, xs: Sequence): Tensor<''> => {
  const round = (h: Hidden, x: Input) => {
    const next = cell(p)(h, x)
    return [next, next] as const
  }
  const [, hs] = pipe(xs, scan('1000')(round, zeros('32 64')))
  return pipe(hs, square, mean())
}

/** What a round of the loops below adds: to the loss, and to the gradients. */
const share = steps * batch * units
const addedBy = (h: Hidden): Tensor<''> => pipe(h, square, sum(), mul(1 / share))

export const open = async ({ case: work, threads }: Setup): Promise<Run> => {
  const engine = engineOf(threads)
  const [input, recurrent, inputBias, recurrentBias] = weightsOf()
  const weights: Weights = {
    input: decoded(fromArray('16 192')(input)),
    recurrent: decoded(fromArray('64 192')(recurrent)),
    inputBias: decoded(fromArray('192')(inputBias)),
    recurrentBias: decoded(fromArray('192')(recurrentBias)),
  }
  const xs = decoded(fromArray('1000 32 16')(sequence()))
  const compiled = jit((p: Weights, xs: Sequence) => valueAndGrad(loss)(p, xs), { engine })

  const forward = jit((p: Weights, h: Hidden, x: Input) => [cell(p)(h, x)] as const, { engine })
  const value = jit((h: Hidden) => addedBy(h), { engine })
  const backward = jit(
    (p: Weights, h: Hidden, x: Input, ct: Hidden, sums: Weights) => {
      const total = ({ p, h }: { readonly p: Weights; readonly h: Hidden }): Tensor<''> => {
        const next = cell(p)(h, x)
        return pipe(next, mul(ct), sum(), add(addedBy(next)))
      }
      const gradient = grad(total)({ p, h })
      return [gradient.h, tree.zipWith((a, b) => add(b)(a))(sums, gradient.p)] as const
    },
    { engine },
  )
  const x = sequence()
  const inputs = Array.from({ length: steps }, (_, i) => decoded(fromArray('32 16')(x.slice(i * 512, (i + 1) * 512))))
  const stepwise = (): readonly [Tensor<''>, Weights] => {
    const before: Hidden[] = []
    let h: Hidden = zeros('32 64')
    let loss = 0
    for (const x of inputs) {
      before.push(h)
      ;[h] = forward(weights, h, x)
      loss += toNumber(value(h))
    }
    let ct: Hidden = zeros('32 64')
    let sums = tree.map(mul(0))(weights)
    for (let i = steps - 1; i >= 0; i -= 1) {
      const [own, x] = [before[i], inputs[i]]
      if (own && x) [ct, sums] = backward(weights, own, x, ct, sums)
    }
    return [pullback.tensor(loss), sums]
  }
  const compute = work.name === 'scan' ? () => compiled(weights, xs) : stepwise
  return {
    values: async () => {
      const [value, g] = compute()
      return [toNumber(value), ...[g.input, g.recurrent, g.inputBias, g.recurrentBias].flatMap(x => sample(toArray(x)))]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) compute()
    },
  }
}
