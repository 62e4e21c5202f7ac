/** TensorFlow.js: variables, `optimizer.minimize`, everything else tidied; the loss is read back once a round. */
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs'
import { type Backend, startTfjs, type tf as Tf } from '../peers/tfjs.js'
import type { Run } from '../workload.js'
import { betas, distances, epsilon, type Named, named, namesOf, type Training } from './spec.js'

/** The loss of a batch. */
export type TfjsLoss = (p: Named<Variable>, input: Tensor, target: Tensor) => Scalar

export interface TfjsModel {
  readonly lossWith: (tf: typeof Tf) => TfjsLoss
  /** Brings a parameter, or the 'input', to the layout that the library wants; the spec's unless given. */
  readonly arrange?: (name: string, x: Tensor) => Tensor
}

export const trainTfjs = async (
  training: Training,
  backend: Backend,
  threads: number,
  { lossWith, arrange = (_, x) => x }: TfjsModel,
): Promise<Run> => {
  const { rate } = training
  const tf = await startTfjs(backend, threads)
  const lossOf = lossWith(tf)
  const initial = training.parameters().map(({ name, values, sizes }) => arrange(name, tf.tensor(values, [...sizes])))
  const params = initial.map(x => tf.variable(x.clone()))
  const p = named(namesOf(training), params)
  const batches = training.batches().map(({ input, target }) => ({
    input: arrange('input', tf.tensor(input, [...training.inputSizes])),
    target: tf.tensor(target, [...training.targetSizes]),
  }))
  const newOptimizer = () => (training.optimizer === 'adam' ? tf.train.adam(rate, ...betas, epsilon) : tf.train.sgd(rate))
  let optimizer = newOptimizer()
  const prepare = async (): Promise<void> => {
    optimizer.dispose()
    optimizer = newOptimizer()
    params.forEach((variable, i) => {
      const from = initial[i]
      if (from) variable.assign(from.clone())
    })
  }
  const step = (i: number): Scalar => {
    const batch = batches[i % batches.length]
    if (!batch) throw new Error('no batch')
    const loss = optimizer.minimize(() => lossOf(p, batch.input, batch.target), true)
    if (!loss) throw new Error('no loss')
    return loss
  }
  const read = (loss: Scalar): number => {
    const [value] = loss.dataSync()
    loss.dispose()
    return value ?? Number.NaN
  }
  return {
    prepare,
    values: async () => {
      await prepare()
      const losses = Array.from({ length: training.checked }, (_, i) => read(step(i)))
      const dataOf = (x: Tensor): ArrayLike<number> => x.dataSync()
      return [...losses, ...distances(rate, initial.map(dataOf), params.map(dataOf))]
    },
    round: async count => {
      for (let i = 0; i < count - 1; i += 1) step(i).dispose()
      read(step(count - 1))
    },
  }
}
