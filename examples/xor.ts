/**
 * Exclusive or, learnt by a perceptron of two layers: the smallest problem that no straight line solves. The four examples are one batch,
 * a training step is folded over it many times, and the trained model is then lifted twice with `vmap`, over rows and over columns,
 * so that one function of one point draws the whole plane. The compiler knows every shape: '2' → '1' for the model, '17 33' for the picture.
 *
 *   npx tsx examples/xor.ts
 */
import { fileURLToPath } from 'node:url'
import {
  data,
  jit,
  layer,
  linspace,
  loss,
  optimizer,
  pipe,
  random,
  reshape,
  sigmoid,
  stack,
  type Tensor,
  tensor,
  toNested,
  toNumber,
  train,
  vmap,
} from 'pullback'

export interface Config {
  readonly seed: number
  readonly steps: number
  readonly learningRate: number
}

export interface Found {
  /** The loss of the first step and of the last. */
  readonly losses: readonly [first: number, last: number]
  /** The probability of true for 0 0, 0 1, 1 0 and 1 1. */
  readonly predictions: readonly number[]
  /** The same probability over the square from (-0.5, -0.5) to (1.5, 1.5), top row first. */
  readonly surface: readonly (readonly number[])[]
}

const examples = {
  input: tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  target: tensor([[0], [1], [1], [0]]),
}

const model = pipe(layer.input('2'), layer.dense(8), layer.tanh, layer.dense(1))

export const main = ({ seed, steps, learningRate }: Config): Found => {
  const descend = optimizer.adam(learningRate)
  const step = train.step(model, loss.binaryCrossEntropyLogits, descend)
  const untrained = train.init(model, descend)(random.key(seed))
  const [trained, history] = pipe(examples, data.batches({ size: 4, epochs: steps }), train.fold(step)(untrained))

  const probability = (point: Tensor<'2'>): Tensor<''> => pipe(point, model.apply(trained.params), reshape(''), sigmoid)
  const row = (y: Tensor<''>): Tensor<'33'> => vmap('33')((x: Tensor<''>) => probability(stack(0)([x, y])))(linspace(-0.5, 1.5, 33))
  const losses = history.map(metrics => toNumber(metrics.loss))
  return {
    losses: [losses.at(0) ?? Number.NaN, losses.at(-1) ?? Number.NaN],
    predictions: toNested(vmap('4')(probability)(examples.input)),
    surface: toNested(jit(vmap('17')(row))(linspace(1.5, -0.5, 17))),
  }
}

/** One character a point: from a space, surely false, to a full block, surely true. */
export const picture = (surface: Found['surface']): string =>
  surface.map(row => row.map(p => ' ░▒▓█'.charAt(Math.min(4, Math.floor(p * 5)))).join('')).join('\n')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { losses, predictions, surface } = main({ seed: 0, steps: 300, learningRate: 0.05 })
  console.log(`loss ${losses[0].toFixed(4)} at the first step, ${losses[1].toFixed(4)} at the last\n`)
  toNested(examples.input).forEach(([a, b], i) => {
    console.log(`${a} xor ${b} = ${predictions[i]?.toFixed(3)}`)
  })
  console.log(`\n${picture(surface)}`)
}
