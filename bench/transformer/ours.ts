/** This library: the block of one sequence, lifted to the batch by vmap; its jitted step is folded over batches. */
import { decoded, engineOf, pullback } from '../ours.js'
import { foldRun, inTurn, valuesFor } from '../training/ours.js'
import type { Run, Setup } from '../workload.js'
import { block, headWidth, normEpsilon } from './spec.js'

const { add, arange, broadcastTo, expandDims, fromArray, geluTanh, greaterEqual, jit, loss, matmul, mean, mul, optimizer } = pullback
const { permute, pipe, reshape, rsqrt, softmax, sub, train, valueAndGrad, variance, vmap, where } = pullback
type Tensor<S extends string> = pullback.Tensor<S>

interface Block {
  readonly gain1: Tensor<'128'>
  readonly shift1: Tensor<'128'>
  readonly query: Tensor<'128 128'>
  readonly key: Tensor<'128 128'>
  readonly value: Tensor<'128 128'>
  readonly mix: Tensor<'128 128'>
  readonly mixBias: Tensor<'128'>
  readonly gain2: Tensor<'128'>
  readonly shift2: Tensor<'128'>
  readonly up: Tensor<'128 512'>
  readonly upBias: Tensor<'512'>
  readonly down: Tensor<'512 128'>
  readonly downBias: Tensor<'128'>
}
type Sequence = Tensor<'64 128'>

const layerNorm =
  (gain: Tensor<'128'>, shift: Tensor<'128'>) =>
  (x: Sequence): Sequence => {
    const scale = pipe(x, variance(-1, { keepDims: true }), add(normEpsilon), rsqrt)
    return pipe(x, sub(mean(-1, { keepDims: true })(x)), mul(scale), mul(gain), add(shift))
  }

/** Place i sees place j where i ≥ j. */
const isSeen = pipe(arange(64), expandDims(1), broadcastTo('64 64'), greaterEqual(arange(64)))

const attention =
  ({ query, key, value }: Block) =>
  (x: Sequence): Sequence => {
    const heads = (w: Tensor<'128 128'>) => pipe(x, matmul(w), reshape('64 4 32'))
    const scores = pipe(heads(query), permute([1, 0, 2]), matmul(permute([1, 2, 0])(heads(key))), mul(1 / Math.sqrt(headWidth)))
    const weights = pipe(isSeen, where(scores, Number.NEGATIVE_INFINITY), softmax(-1))
    return pipe(weights, matmul(permute([1, 0, 2])(heads(value))), permute([1, 0, 2]), reshape('64 128'))
  }

const apply =
  (p: Block) =>
  (x: Sequence): Sequence => {
    const y = pipe(x, layerNorm(p.gain1, p.shift1), attention(p), matmul(p.mix), add(p.mixBias), add(x))
    return pipe(y, layerNorm(p.gain2, p.shift2), matmul(p.up), add(p.upBias), geluTanh, matmul(p.down), add(p.downBias), add(y))
  }

const initial = (): Block => {
  const values = valuesFor(block)
  const vector = (name: string) => decoded(fromArray('128')(values(name)))
  const square = (name: string) => decoded(fromArray('128 128')(values(name)))
  return {
    gain1: vector('gain1'),
    shift1: vector('shift1'),
    query: square('query'),
    key: square('key'),
    value: square('value'),
    mix: square('mix'),
    mixBias: vector('mixBias'),
    gain2: vector('gain2'),
    shift2: vector('shift2'),
    up: decoded(fromArray('128 512')(values('up'))),
    upBias: decoded(fromArray('512')(values('upBias'))),
    down: decoded(fromArray('512 128')(values('down'))),
    downBias: vector('downBias'),
  }
}

interface Batch {
  readonly input: Tensor<'16 64 128'>
  readonly target: Tensor<'16 64 128'>
}

export const open = async ({ threads }: Setup): Promise<Run> => {
  const adam = optimizer.adam(block.rate)
  const lossOf = (params: Block, { input, target }: Batch): Tensor<''> =>
    pipe(vmap('16')((x: Sequence, t: Sequence) => loss.meanSquaredError(apply(params)(x), t))(input, target), mean())
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
  const batches = block.batches().map(({ input, target }) => ({
    input: decoded(fromArray('16 64 128')(input)),
    target: decoded(fromArray('16 64 128')(target)),
  }))
  return foldRun(block, count => train.fold(step)(start)(inTurn(batches, count)))
}
