/** This library: the network of one image, lifted to the batch by vmap; its jitted step is folded over batches. */
import { decoded, engineOf, pullback } from '../ours.js'
import { foldRun, inTurn, valuesFor } from '../training/ours.js'
import type { Run, Setup } from '../workload.js'
import { lenet } from './spec.js'

const { add, conv, flatten, fromArray, jit, loss, matmul, maxPool, mean, optimizer, pipe, relu, reshape, train, valueAndGrad, vmap } =
  pullback
type Tensor<S extends string, D extends pullback.DType = 'float32'> = pullback.Tensor<S, D>

interface Network {
  readonly filter1: Tensor<'8 1 5 5'>
  readonly bias1: Tensor<'8'>
  readonly filter2: Tensor<'16 8 5 5'>
  readonly bias2: Tensor<'16'>
  readonly weight: Tensor<'784 10'>
  readonly bias: Tensor<'10'>
}

const apply =
  ({ filter1, bias1, filter2, bias2, weight, bias }: Network) =>
  (image: Tensor<'1 28 28'>): Tensor<'10'> =>
    pipe(
      image,
      conv(filter1, { padding: 'same' }),
      add(reshape('8 1 1')(bias1)),
      relu,
      maxPool([2, 2]),
      conv(filter2, { padding: 'same' }),
      add(reshape('16 1 1')(bias2)),
      relu,
      maxPool([2, 2]),
      flatten,
      matmul(weight),
      add(bias),
    )

const initial = (): Network => {
  const values = valuesFor(lenet)
  return {
    filter1: decoded(fromArray('8 1 5 5')(values('filter1'))),
    bias1: decoded(fromArray('8')(values('bias1'))),
    filter2: decoded(fromArray('16 8 5 5')(values('filter2'))),
    bias2: decoded(fromArray('16')(values('bias2'))),
    weight: decoded(fromArray('784 10')(values('weight'))),
    bias: decoded(fromArray('10')(values('bias'))),
  }
}

interface Batch {
  readonly input: Tensor<'64 1 28 28'>
  readonly target: Tensor<'64', 'int32'>
}

export const open = async ({ threads }: Setup): Promise<Run> => {
  const adam = optimizer.adam(lenet.rate)
  const lossOf = (params: Network, { input, target }: Batch): Tensor<''> =>
    pipe(
      vmap('64')((x: Tensor<'1 28 28'>, label: Tensor<'', 'int32'>) => loss.softmaxCrossEntropy(apply(params)(x), label))(input, target),
      mean(),
    )
  const begin = () => {
    const params = initial()
    return { params, moments: adam.init(params) }
  }
  const step = jit(
    ({ params, moments }: ReturnType<typeof begin>, batch: Batch) => {
      const [value, gradients] = valueAndGrad(lossOf)(params, batch)
      const [updates, next] = adam.update(gradients, moments, params)
      return [{ params: optimizer.applyUpdates(params, updates), moments: next }, { loss: value }] as const
    },
    { engine: engineOf(threads) },
  )
  const start = begin()
  const batches = lenet.batches().map(({ input, labels }) => ({
    input: decoded(fromArray('64 1 28 28')(input)),
    target: decoded(fromArray('64', 'int32')(labels)),
  }))
  return foldRun(lenet, count => train.fold(step)(start)(inTurn(batches, count)))
}
