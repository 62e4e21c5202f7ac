/** jax-js: it has no scan, so one jitted function forward and one backward are called for each step. */
import { sample } from '../numbers.js'
import { type JaxArray, startJax } from '../peers/jax.js'
import type { Run, Setup } from '../workload.js'
import { batch, inputs, sequence, steps, units, weights, weightsOf } from './spec.js'

type Weights = [JaxArray, JaxArray, JaxArray, JaxArray]

const four = <A>([a, b, c, d]: readonly A[]): [A, A, A, A] => {
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four weights')
  return [a, b, c, d]
}

export const open = async ({ threads }: Setup): Promise<Run> => {
  const { jax, array, finish } = await startJax(threads)
  const { numpy: np, nn } = jax
  const share = steps * batch * units
  const values = weightsOf()
  const p: Weights = four(values.map((value, i) => array(value, weights[i]?.sizes ?? [])))
  const x = sequence()
  const xs = Array.from({ length: steps }, (_, i) => array(x.slice(i * batch * inputs, (i + 1) * batch * inputs), [batch, inputs]))

  const cell = ([w, u, b, c]: Weights, h: JaxArray, x: JaxArray): JaxArray => {
    const a = np.matmul(x, w).add(b)
    const s = np.matmul(h.ref, u).add(c)
    const part = (y: JaxArray, k: number): JaxArray => y.slice([], [k * units, (k + 1) * units])
    const r = nn.sigmoid(part(a.ref, 0).add(part(s.ref, 0)))
    const z = nn.sigmoid(part(a.ref, 1).add(part(s.ref, 1)))
    const n = np.tanh(part(a, 2).add(r.mul(part(s, 2))))
    return n.mul(z.ref.mul(-1).add(1)).add(z.mul(h))
  }
  const lossOf = (h: JaxArray): JaxArray => np.sum(np.square(h)).mul(1 / share)
  const forward = jax.jit((p: Weights, h: JaxArray, x: JaxArray, loss: JaxArray): [JaxArray, JaxArray] => {
    const next = cell(p, h, x)
    return [next.ref, loss.add(lossOf(next))]
  })
  const derivative = jax.grad((own: [Weights, JaxArray], x: JaxArray, ct: JaxArray): JaxArray => {
    const next = cell(own[0], own[1], x)
    return np.sum(next.ref.mul(ct)).add(lossOf(next))
  })
  const backward = jax.jit((p: Weights, h: JaxArray, x: JaxArray, ct: JaxArray, sums: Weights): [JaxArray, Weights] => {
    const [g, next] = derivative([p, h], x, ct)
    return [next, four(sums.map((sum, i) => sum.add(four(g)[i] ?? sum)))]
  })
  const copies = (arrays: Weights): Weights => four(arrays.map(y => y.ref))
  const compute = async (): Promise<[JaxArray, Weights]> => {
    const before: JaxArray[] = []
    let h: JaxArray = np.zeros([batch, units])
    let loss: JaxArray = np.array(0)
    for (const x of xs) {
      before.push(h.ref)
      ;[h, loss] = forward(copies(p), h, x.ref, loss)
      await finish(h, loss)
    }
    h.dispose()
    let ct: JaxArray = np.zeros([batch, units])
    let sums: Weights = four(weights.map(({ sizes }) => np.zeros([...sizes])))
    for (let i = steps - 1; i >= 0; i -= 1) {
      const [own, x] = [before[i], xs[i]]
      if (!own || !x) throw new Error('no step')
      ;[ct, sums] = backward(copies(p), own, x.ref, ct, sums)
      await finish(ct, ...sums)
    }
    ct.dispose()
    await finish(loss, ...sums)
    return [loss, sums]
  }
  return {
    values: async () => {
      const [loss, sums] = await compute()
      const gradients = await Promise.all(sums.map(async g => sample(await g.data())))
      return [(await loss.data())[0] ?? Number.NaN, ...gradients.flat()]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) {
        const [loss, sums] = await compute()
        for (const y of [loss, ...sums]) y.dispose()
      }
    },
  }
}
