/**
 * Regression with a Gaussian process: a curve through noisy points, with how sure it is at each place. The kernel says how alike the curve is at two
 * places; its three numbers, how far that reaches, how high the curve goes and how great the noise is, are trained by the gradient of the marginal
 * likelihood, through a Cholesky factorisation. Source: C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for Machine Learning, 2006,
 * algorithm 2.1 and equation 5.8.
 *
 *   npx tsx examples/gaussian-process.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  as,
  cast,
  div,
  exp,
  expandDims,
  eye,
  jit,
  linspace,
  log,
  matmul,
  mul,
  neg,
  optimizer,
  pairwise,
  pipe,
  random,
  sin,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNumber,
  transpose,
  valueAndGrad,
} from 'pullback'
import { cholesky, choSolve, triangularSolve } from 'pullback/linalg'

type Scalar = Tensor<'', 'float64'>
type Points = Tensor<'30', 'float64'>
type Places = Tensor<'50', 'float64'>

/** Logarithms, so that all numbers stand for positive ones. */
export interface Kernel {
  readonly length: Scalar
  readonly height: Scalar
  readonly noise: Scalar
}

export interface Config {
  readonly seed: number
  readonly steps: number
  readonly learningRate: number
}

/** Where something was measured, and what. */
export interface Measured {
  readonly x: Points
  readonly y: Points
}

/** height² exp(-(x - z)² / 2 length²) of the differences. */
const alike =
  ({ length, height }: Kernel) =>
  (differences: Tensor<string, 'float64'>): Tensor<string, 'float64'> =>
    pipe(differences, div(exp(length)), square, mul(-0.5), exp, mul(pipe(height, exp, square)))

/** The covariance of what is measured: the kernel at each pair of points, and the noise of each. */
export const covariance = (kernel: Kernel, x: Points): Tensor<'30 30', 'float64'> => {
  const differences = pairwise(sub)(expandDims(1)(x), x)
  return pipe(differences, alike(kernel), as('30 30'), add(pipe(eye(30, 'float64'), mul(pipe(kernel.noise, exp, square)))))
}

/** The negative logarithm of how likely the measurements are: half of yᵀ k⁻¹ y, of log det k and of n log 2π. */
export const unlikeliness =
  ({ x, y }: Measured) =>
  (kernel: Kernel): Scalar => {
    const l = cholesky(covariance(kernel, x))
    const fit = pipe(y, triangularSolve(l, { lower: true }), square, sum(), mul(0.5))
    const volume = pipe(l, mul(eye(30, 'float64')), sum(0), log, sum())
    return pipe(fit, add(volume), add(15 * Math.log(2 * Math.PI)))
  }

/** The mean of the curve at other places, and its standard deviation. */
export const predict =
  ({ x, y }: Measured, kernel: Kernel) =>
  (at: Places): { readonly mean: Places; readonly deviation: Places } => {
    const l = cholesky(covariance(kernel, x))
    const across = pipe(pairwise(sub)(expandDims(1)(x), at), alike(kernel), as('30 50'))
    const mean = pipe(transpose(across), matmul(pipe(y, choSolve(l))))
    const explained = pipe(across, triangularSolve(l, { lower: true }), square, sum(0))
    const deviation = pipe(explained, neg, add(pipe(kernel.height, exp, square)), sqrt)
    return { mean, deviation }
  }

export interface Trained {
  readonly measured: Measured
  readonly kernel: Kernel
  readonly losses: readonly number[]
  readonly places: Places
  readonly mean: Places
  readonly deviation: Places
}

/** Measures a sine with noise, trains the kernel and draws the curve. */
export const main = (config: Config): Trained => {
  const [first, second] = random.split()(random.key(config.seed))
  const x = pipe(random.uniform('30')(first), cast('float64'), mul(8))
  const y = pipe(random.normal('30')(second), cast('float64'), mul(0.1), add(sin(x)))
  const measured = { x, y }
  const { init, update } = optimizer.adam(config.learningRate)
  const improve = jit((kernel: Kernel, state: ReturnType<typeof init<Kernel>>) => {
    const [value, gradient] = valueAndGrad(unlikeliness(measured))(kernel)
    const [updates, next] = update(gradient, state, kernel)
    return [value, optimizer.applyUpdates(kernel, updates), next] as const
  })
  const zero = tensor(0, 'float64')
  const untrained: Kernel = { length: zero, height: zero, noise: tensor(-1, 'float64') }
  let [kernel, state] = [untrained, init(untrained)]
  const losses = Array.from({ length: config.steps }, () => {
    const [value, nextKernel, nextState] = improve(kernel, state)
    ;[kernel, state] = [nextKernel, nextState]
    return toNumber(value)
  })
  const places = linspace(0, 8, 50, 'float64')
  return { measured, kernel, losses, places, ...predict(measured, kernel)(places) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { kernel, losses, places, mean, deviation } = main({ seed: 0, steps: 100, learningRate: 0.1 })
  const [means, deviations] = [toArray(mean), toArray(deviation)]
  const column = (value: number): number => Math.max(0, Math.min(70, Math.round((value + 1.4) * 25)))
  toArray(places).forEach((place, i) => {
    const [middle, reach] = [means[i] ?? 0, 2 * (deviations[i] ?? 0)]
    const cells = new Array<string>(71).fill(' ').fill('·', column(middle - reach), column(middle + reach) + 1)
    cells[column(Math.sin(place))] = '│'
    cells[column(middle)] = '●'
    console.log(cells.join('').trimEnd())
  })
  const [reach, height, noise] = [kernel.length, kernel.height, kernel.noise].map(value => Math.exp(toNumber(value)).toFixed(3))
  console.log(`\n● the curve  · two standard deviations  │ the sine\nlength ${reach}, height ${height}, noise ${noise} (0.1 is right)`)
  console.log(`-log likelihood ${losses[0]?.toFixed(2)} → ${losses.at(-1)?.toFixed(2)}`)
}
