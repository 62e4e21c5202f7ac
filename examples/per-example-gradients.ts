/**
 * A gradient for every example, by `vmap` of `grad`. Training looks at the mean of the examples' gradients; here each is kept, as one more
 * axis of the same tree of parameters, so that one can ask which example pulls hardest. One label in the data is wrong. Clipping every
 * gradient to the same length before they are averaged, as differentially private descent does before it adds noise (Abadi et al. 2016),
 * bounds what any one example can do: the weights come out nearly right, and there the gradient of the wrong label stands out.
 *
 *   npx tsx examples/per-example-gradients.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  argmax,
  type Batched,
  div,
  full,
  grad,
  jit,
  layer,
  loss,
  matmul,
  mean,
  minimum,
  mul,
  oneHot,
  optimizer,
  pipe,
  random,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  tree,
  vmap,
} from 'pullback'

export interface Config {
  readonly seed: number
  /** The example whose label is wrong, by 10. */
  readonly wrong: number
  /** The length to which gradients are clipped. */
  readonly limit: number
  readonly steps: number
  readonly learningRate: number
}

const model = pipe(layer.input('3'), layer.dense(1))
export type Params = ReturnType<typeof model.init>
type Gradients = Batched<'24', Params>

/** The weights that the labels are made with; the bias is 0. */
export const truth = tensor([[1], [-2], [0.5]])

/** Inputs, and labels that are linear in them but for a little noise and one mistake. */
export const examplesOf = ({ seed, wrong }: Config): { readonly x: Tensor<'24 3'>; readonly y: Tensor<'24 1'> } => {
  const [inputKey, noiseKey] = random.split()(random.key(seed))
  const x = random.normal('24 3')(inputKey)
  const noise = pipe(random.normal('24 1')(noiseKey), mul(0.1))
  const mistake = pipe(tensor(wrong, 'int32'), oneHot(24), mul(10), reshape('24 1'))
  return { x, y: pipe(x, matmul(truth), add(noise), add(mistake)) }
}

/** The loss of one example. */
export const exampleLoss = (params: Params, x: Tensor<'3'>, y: Tensor<'1'>): Tensor<''> => loss.meanSquaredError(model.apply(params)(x), y)

/** The gradient of each example's loss: the tree of the parameters, with the examples as a leading axis. */
export const gradients = (params: Params, x: Tensor<'24 3'>, y: Tensor<'24 1'>): Gradients =>
  vmap('24')((x: Tensor<'3'>, y: Tensor<'1'>) => grad(exampleLoss)(params, x, y))(x, y)

/** The length of one gradient. */
export const norm = ([{ weight, bias }]: Params): Tensor<''> => pipe(square(weight), sum(), add(pipe(square(bias), sum())), sqrt)

/** One gradient, shortened to the limit if it is longer. */
export const clip =
  (limit: number) =>
  (gradient: Params): Params => {
    const factor = pipe(full(limit)(''), div(norm(gradient)), minimum(1))
    return tree.map(mul(factor))(gradient)
  }

const average = ([{ weight, bias }]: Gradients): Params => [{ weight: mean(0)(weight), bias: mean(0)(bias) }]

export interface Found {
  /** The weights learnt from the mean gradient, and from the mean of the clipped ones. */
  readonly plain: readonly number[]
  readonly clipped: readonly number[]
  /** The length of each example's gradient at the latter. */
  readonly norms: readonly number[]
  /** The example with the longest. */
  readonly outlier: number
}

export const main = (config: Config): Found => {
  const { x, y } = examplesOf(config)
  const initial = model.init(random.key(config.seed))
  const descent = optimizer.sgd(config.learningRate)

  const learn = (prepare: (gradient: Params) => Params): Params => {
    const step = jit((params: Params): Params => {
      const prepared = vmap('24')(prepare)(gradients(params, x, y))
      const [updates] = descent.update(average(prepared), descent.init(params), params)
      return optimizer.applyUpdates(params, updates)
    })
    return Array.from({ length: config.steps }).reduce<Params>(params => step(params), initial)
  }

  const plain = learn(gradient => gradient)
  const clipped = learn(clip(config.limit))
  const norms = vmap('24')(norm)(gradients(clipped, x, y))
  return {
    plain: [...toArray(plain[0].weight)],
    clipped: [...toArray(clipped[0].weight)],
    norms: toNested(norms),
    outlier: toNumber(argmax(0)(norms)),
  }
}

const numbers = (values: readonly number[]): string => values.map(value => value.toFixed(3).padStart(8)).join('')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { plain, clipped, norms, outlier } = main({ seed: 0, wrong: 7, limit: 1, steps: 200, learningRate: 0.2 })
  console.log(`weights              ${numbers([...toArray(truth)])}`)
  console.log(`from mean gradients  ${numbers(plain)}`)
  console.log(`from clipped ones    ${numbers(clipped)}`)
  console.log('\nThe length of each example’s gradient, at the last:\n')
  norms.forEach((norm, i) => {
    console.log(
      `${String(i).padStart(4)} ${norm.toFixed(2).padStart(7)} ${'█'.repeat(Math.round(norm))}${i === outlier ? ' the longest' : ''}`,
    )
  })
}
