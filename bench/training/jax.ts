/** jax-js: one jitted step over arrays, Adam written out; the loss is awaited at every step, as its authors ask. */
import type * as Jax from '@jax-js/jax'
import { type JaxArray, startJax } from '../peers/jax.js'
import type { Run } from '../workload.js'
import { betas, distances, epsilon, type Named, named, namesOf, type Training, valuesOf } from './spec.js'

type Arrays = JaxArray[]
type State = { params: Arrays; first: Arrays; second: Arrays; powers: Arrays }

/** The loss of a batch; it uses up its arguments. */
export type JaxLoss = (p: Named<JaxArray>, input: JaxArray, target: JaxArray) => JaxArray

export const trainJax = async (training: Training, threads: number, lossWith: (jax: typeof Jax) => JaxLoss): Promise<Run> => {
  const { optimizer, rate } = training
  const parameters = training.parameters()
  const { jax, array, finish } = await startJax(threads)
  const { numpy: np } = jax
  const lossOf = lossWith(jax)
  const names = namesOf(training)
  const derivative = jax.valueAndGrad((params: Arrays, input: JaxArray, target: JaxArray) => lossOf(named(names, params), input, target))
  const both = (params: Arrays, input: JaxArray, target: JaxArray) =>
    derivative(
      params.map(p => p.ref),
      input,
      target,
    )

  const sgd = jax.jit((params: Arrays, input: JaxArray, target: JaxArray): [JaxArray, Arrays] => {
    const [loss, gradients] = both(params, input, target)
    return [loss, params.map((p, i) => p.sub((gradients[i] ?? p).mul(rate)))]
  })

  const adam = jax.jit(({ params, first, second, powers }: State, input: JaxArray, target: JaxArray): [JaxArray, State] => {
    const [loss, gradients] = both(params, input, target)
    const [p1, p2] = powers.map((power, i) => power.mul(betas[i] ?? 1))
    if (!p1 || !p2) throw new Error('two powers')
    const m = first.map((old, i) => old.mul(betas[0]).add((gradients[i] ?? old).ref.mul(1 - betas[0])))
    const v = second.map((old, i) => old.mul(betas[1]).add(np.square(gradients[i] ?? old).mul(1 - betas[1])))
    const [c1, c2] = [np.reciprocal(p1.ref.mul(-1).add(1)), np.reciprocal(p2.ref.mul(-1).add(1))]
    const next = params.map((p, i) => {
      const [mean, square] = [m[i], v[i]]
      if (!mean || !square) throw new Error('two moments')
      const root = np.sqrt(square.ref.mul(c2.ref)).add(epsilon)
      return p.sub(mean.ref.mul(c1.ref).mul(rate).div(root))
    })
    c1.dispose()
    c2.dispose()
    return [loss, { params: next, first: m, second: v, powers: [p1, p2] }]
  })

  const zeros = (): Arrays => parameters.map(({ sizes }) => np.zeros([...sizes]))
  const begin = (): State => ({
    params: parameters.map(({ values, sizes }) => array(values, sizes)),
    first: zeros(),
    second: zeros(),
    powers: [np.array(1), np.array(1)],
  })
  const all = ({ params, first, second, powers }: State): Arrays => [...params, ...first, ...second, ...powers]
  let state = begin()
  const prepare = async (): Promise<void> => {
    for (const old of all(state)) old.dispose()
    state = begin()
    await finish(...all(state))
  }
  const batches = training.batches().map(({ input, target }) => ({
    input: array(input, training.inputSizes),
    target: array(target, training.targetSizes),
  }))

  const step = async (i: number): Promise<JaxArray> => {
    const batch = batches[i % batches.length]
    if (!batch) throw new Error('no batch')
    let loss: JaxArray
    if (optimizer === 'adam') [loss, state] = adam(state, batch.input.ref, batch.target.ref)
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
      for (let i = 0; i < training.checked; i += 1) losses.push(await read(await step(i)))
      const values = await Promise.all(state.params.map(p => p.ref.data()))
      return [...losses, ...distances(rate, valuesOf(training), values)]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) await read(await step(i))
      await finish(...state.params)
    },
  }
}
