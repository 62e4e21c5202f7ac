/** jax-js: one jitted step over a tree of arrays, Adam written out; the loss is awaited at every step, as its authors ask. */
import { type JaxArray, startJax } from '../peers/jax.js'
import type { Run, Setup } from '../workload.js'
import { batchesOf, betas, epsilon, layersOf, type Mlp } from './spec.js'

/** Weight and bias of each layer, in order. */
type Arrays = JaxArray[]
type State = { params: Arrays; first: Arrays; second: Arrays; powers: Arrays }

export const open =
  (mlp: Mlp) =>
  async ({ threads }: Setup): Promise<Run> => {
    const { jax, array, finish } = await startJax(threads)
    const { numpy: np, nn } = jax
    const layers = layersOf(mlp)
    const [inputs, outputs] = [mlp.sizes[0] ?? 0, mlp.sizes.at(-1) ?? 0]

    const lossOf = (params: Arrays, x: JaxArray, t: JaxArray): JaxArray => {
      let y = x
      for (let l = 0; l < layers.length; l += 1) {
        const [w, b] = [params[2 * l], params[2 * l + 1]]
        if (!w || !b) throw new Error('no layer')
        const z = np.matmul(y, w).add(b)
        y = l === layers.length - 1 ? z : mlp.activation === 'relu' ? nn.relu(z) : np.tanh(z)
      }
      return mlp.loss === 'crossEntropy' ? np.mean(np.sum(nn.logSoftmax(y).mul(t), -1)).mul(-1) : np.mean(np.square(y.sub(t)))
    }
    const derivative = jax.valueAndGrad(lossOf)

    const sgd = jax.jit((params: Arrays, x: JaxArray, t: JaxArray): [JaxArray, Arrays] => {
      const [loss, gradients] = derivative(
        params.map(p => p.ref),
        x,
        t,
      )
      return [loss, params.map((p, i) => descend(p, gradients[i], g => g.mul(mlp.rate)))]
    })
    const descend = (p: JaxArray, gradient: JaxArray | undefined, scale: (g: JaxArray) => JaxArray): JaxArray => {
      if (!gradient) throw new Error('no gradient')
      return p.sub(scale(gradient))
    }

    const adam = jax.jit(({ params, first, second, powers }: State, x: JaxArray, t: JaxArray): [JaxArray, State] => {
      const [loss, gradients] = derivative(
        params.map(p => p.ref),
        x,
        t,
      )
      const [p1, p2] = powers.map((power, i) => power.mul(betas[i] ?? 1))
      if (!p1 || !p2) throw new Error('two powers')
      const m = first.map((old, i) => old.mul(betas[0]).add((gradients[i] ?? old).ref.mul(1 - betas[0])))
      const v = second.map((old, i) => old.mul(betas[1]).add(np.square(gradients[i] ?? old).mul(1 - betas[1])))
      const [c1, c2] = [np.reciprocal(p1.ref.mul(-1).add(1)), np.reciprocal(p2.ref.mul(-1).add(1))]
      const next = params.map((p, i) =>
        descend(p, m[i]?.ref, mean =>
          mean
            .mul(c1.ref)
            .mul(mlp.rate)
            .div(np.sqrt((v[i] ?? mean).ref.mul(c2.ref)).add(epsilon)),
        ),
      )
      c1.dispose()
      c2.dispose()
      return [loss, { params: next, first: m, second: v, powers: [p1, p2] }]
    })

    const begin = (): State => ({
      params: layers.flatMap(({ weight, bias, inputs, outputs }) => [array(weight, [inputs, outputs]), array(bias, [outputs])]),
      first: layers.flatMap(({ inputs, outputs }) => [np.zeros([inputs, outputs]), np.zeros([outputs])]),
      second: layers.flatMap(({ inputs, outputs }) => [np.zeros([inputs, outputs]), np.zeros([outputs])]),
      powers: [np.array(1), np.array(1)],
    })
    const all = ({ params, first, second, powers }: State): Arrays => [...params, ...first, ...second, ...powers]
    let state = begin()
    const prepare = async (): Promise<void> => {
      for (const old of all(state)) old.dispose()
      state = begin()
      await finish(...all(state))
    }
    const batches = batchesOf(mlp).map(({ input, target }) => ({
      input: array(input, [mlp.batch, inputs]),
      target: array(target, [mlp.batch, outputs]),
    }))

    const step = async (i: number): Promise<JaxArray> => {
      const batch = batches[i % batches.length]
      if (!batch) throw new Error('no batch')
      let loss: JaxArray
      if (mlp.optimizer === 'adam') [loss, state] = adam(state, batch.input.ref, batch.target.ref)
      else {
        const [value, params] = sgd(state.params, batch.input.ref, batch.target.ref)
        loss = value
        state = { ...state, params }
      }
      if (threads > 1) await finish(loss)
      return loss
    }
    const read = async (loss: JaxArray): Promise<number> => {
      const data = threads > 1 ? await loss.data() : loss.dataSync()
      return data[0] ?? Number.NaN
    }
    return {
      prepare,
      values: async () => {
        await prepare()
        const losses: number[] = []
        for (let i = 0; i < mlp.checked; i += 1) losses.push(await read(await step(i)))
        return losses
      },
      round: async count => {
        for (let i = 0; i < count; i += 1) await read(await step(i))
        await finish(...state.params.map(p => p))
      },
    }
  }
