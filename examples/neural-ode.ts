/**
 * A neural ordinary differential equation (Chen et al. 2018): a small network gives the velocity of a point, and the point's path is the solution of
 * dz/dt = f(z). The solver is the classical Runge-Kutta method of order four as a `scan`, so that a path of any number of steps is one loop.
 *
 * The gradient of a loss with respect to the network is had in two ways. `grad` differentiates the solver's own steps in reverse. The adjoint method
 * never stores the path: it solves a second equation backwards in time, for the loss's derivative with respect to the point, a, and to the
 * network, g, together with the path itself:
 *
 *   dz/dt = f(z),   da/dt = -aᵀ ∂f/∂z,   dg/dt = -aᵀ ∂f/∂θ
 *
 * Its right side is one `vjp`. Both ways differ by the error of the solver, which falls with the fourth power of the step.
 *
 *   npx tsx examples/neural-ode.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  cast,
  grad,
  jit,
  matmul,
  mean,
  mul,
  neg,
  optimizer,
  pipe,
  random,
  scan,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  toArray,
  toNumber,
  tree,
  valueAndGrad,
  vjp,
  zeros,
} from 'pullback'

type Point = Tensor<'2', 'float64'>
type Path = Tensor<'time 2', 'float64'>

export interface Params {
  readonly hidden: Tensor<'2 16', 'float64'>
  readonly bias: Tensor<'16', 'float64'>
  readonly out: Tensor<'16 2', 'float64'>
}

export interface Config {
  readonly seed: number
  /** How long the path is, in units of time, and in how many steps it is solved. */
  readonly duration: number
  readonly steps: number
  /** How often the network is improved. */
  readonly updates: number
  readonly learningRate: number
}

export const initial = (seed: number): Params => {
  const [first, second] = random.split()(random.key(seed))
  return {
    hidden: pipe(random.normal('2 16')(first), cast('float64')),
    bias: zeros('16', undefined, 'float64'),
    out: pipe(random.normal('16 2')(second), mul(0.1), cast('float64')),
  }
}

/** The velocity that the network gives at a point. */
export const velocity =
  ({ hidden, bias, out }: Params) =>
  (z: Point): Point =>
    pipe(z, matmul(hidden), add(bias), tanh, matmul(out))

/** The path that is to be learnt: a point that falls inwards on a spiral. */
export const spiral = (z: Point): Point =>
  pipe(
    z,
    matmul(
      tensor(
        [
          [-0.2, 2],
          [-2, -0.2],
        ],
        'float64',
      ),
    ),
  )

/** The field that a solver follows: how fast a state changes, whatever tree of tensors it is. */
type Field<S> = (state: S) => S

/** One step of the classical Runge-Kutta method. */
export const rungeKutta =
  <S extends object>(field: Field<S>, step: number) =>
  (state: S): S => {
    const plus = (slope: S, length: number): S => tree.zipWith((x, dx) => pipe(dx, mul(length), add(x)))(state, slope)
    const first = field(state)
    const second = field(plus(first, step / 2))
    const third = field(plus(second, step / 2))
    const fourth = field(plus(third, step))
    const ends = tree.zipWith((x, y) => add(y)(x))(first, fourth)
    const middle = tree.zipWith((x, y) => add(y)(x))(second, third)
    const slope = tree.zipWith((x, y) => pipe(y, mul(2), add(x)))(ends, middle)
    return plus(slope, step / 6)
  }

const stepOf = ({ duration, steps }: Config): number => duration / steps

/** The points that follow on the first one, one for each step. */
export const solve =
  (config: Config) =>
  (field: Field<Point>) =>
  (start: Point): Path => {
    const step = rungeKutta(field, stepOf(config))
    const rounds = zeros('time', { time: config.steps })
    const round = (z: Point, _: Tensor<''>) => {
      const next = step(z)
      return [next, next] as const
    }
    const [, path] = pipe(rounds, scan('time')(round, start))
    return path
  }

/** The loss that the adjoint is checked on: the squared distance of the last point from a target. */
export const distance =
  (target: Point) =>
  (z: Point): Tensor<'', 'float64'> =>
    pipe(z, sub(target), square, sum())

/** Where the path ends, without storing it: `fori` would do as well. */
const end =
  (config: Config) =>
  (field: Field<Point>) =>
  (start: Point): Point => {
    const step = rungeKutta(field, stepOf(config))
    const [last] = pipe(
      zeros('time', { time: config.steps }),
      scan('time')((z: Point, _: Tensor<''>) => [step(z), []] as const, start),
    )
    return last
  }

/** The gradient by differentiating the steps of the solver. */
export const gradientOfSteps =
  (config: Config) =>
  (params: Params, start: Point, target: Point): Params =>
    grad((params: Params) => pipe(start, end(config)(velocity(params)), distance(target)))(params)

interface Adjoint {
  readonly z: Point
  readonly a: Point
  readonly g: Params
}

/** The gradient by the adjoint equation, which is solved from the end of the path to its start. */
export const gradientByAdjoint =
  (config: Config) =>
  (params: Params, start: Point, target: Point): Params => {
    const last = end(config)(velocity(params))(start)
    // Time runs backwards, which turns every sign of the equations above.
    const field = ({ z, a }: Adjoint): Adjoint => {
      const [dz, pullback] = vjp(({ z, params }: { readonly z: Point; readonly params: Params }) => velocity(params)(z))({ z, params })
      const { z: da, params: dg } = pullback(a)
      return { z: neg(dz), a: da, g: dg }
    }
    const step = rungeKutta(field, stepOf(config))
    const initial: Adjoint = { z: last, a: grad(distance(target))(last), g: tree.map(mul(0))(params) }
    const round = (state: Adjoint, _: Tensor<''>) => [step(state), []] as const
    const [{ g }] = pipe(zeros('time', { time: config.steps }), scan('time')(round, initial))
    return g
  }

/** The largest difference of two gradients, as a part of the largest number in them. */
export const difference = (a: Params, b: Params): number => {
  const largest = tree.fold(0, (most, x) => Math.max(most, ...toArray(x).map(Math.abs)))
  return largest(tree.zipWith((x, y) => sub(y)(x))(a, b)) / largest(a)
}

export interface Learnt {
  readonly params: Params
  readonly losses: readonly number[]
  readonly wanted: Path
  readonly found: Path
}

/** Learns the spiral from its path alone. */
export const main = (config: Config): Learnt => {
  const start: Point = tensor([2, 0], 'float64')
  const wanted = solve(config)(spiral)(start)
  const loss = (params: Params): Tensor<'', 'float64'> => pipe(start, solve(config)(velocity(params)), sub(wanted), square, mean())
  const { init, update } = optimizer.adam(config.learningRate)
  const improve = jit((params: Params, state: ReturnType<typeof init<Params>>) => {
    const [value, gradient] = valueAndGrad(loss)(params)
    const [updates, next] = update(gradient, state, params)
    return [value, optimizer.applyUpdates(params, updates), next] as const
  })
  let [params, state] = [initial(config.seed), init(initial(config.seed))]
  const losses = Array.from({ length: config.updates }, () => {
    const [value, nextParams, nextState] = improve(params, state)
    ;[params, state] = [nextParams, nextState]
    return toNumber(value)
  })
  return { params, losses, wanted, found: solve(config)(velocity(params))(start) }
}

/** Two paths in one picture, and where both are. */
const picture = (wanted: Path, found: Path): string => {
  const [columns, rows] = [61, 21]
  const cells = Array.from({ length: rows }, () => new Array<string>(columns).fill(' '))
  const draw = (path: Path, mark: string): void => {
    const numbers = toArray(path)
    for (let i = 0; i < numbers.length; i += 2) {
      const [x = 0, y = 0] = [numbers[i], numbers[i + 1]]
      const [column, row] = [Math.round(((x + 2) / 4) * (columns - 1)), Math.round(((2 - y) / 4) * (rows - 1))]
      const line = cells[row]
      const before = line?.[column]
      if (line && before !== undefined) line[column] = before === ' ' || before === mark ? mark : '●'
    }
  }
  draw(wanted, '○')
  draw(found, '·')
  return cells.map(line => line.join('').trimEnd()).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config: Config = { seed: 0, duration: 6, steps: 120, updates: 1500, learningRate: 0.01 }
  const [start, target]: readonly [Point, Point] = [tensor([2, 0], 'float64'), tensor([0, 1], 'float64')]
  const params = initial(config.seed)
  console.log('steps  difference of the gradient by the adjoint from that of the steps')
  for (const steps of [30, 60, 120, 240]) {
    const at = { ...config, steps }
    const found = difference(gradientOfSteps(at)(params, start, target), gradientByAdjoint(at)(params, start, target))
    console.log(`${String(steps).padStart(5)}  ${found.toExponential(1)}`)
  }
  const { losses, wanted, found } = main(config)
  const of = (i: number): string => (losses.at(i) ?? Number.NaN).toExponential(1)
  console.log(`\nmean squared distance from the spiral: ${of(0)} before, ${of(-1)} after ${config.updates} updates`)
  console.log(`\n○ wanted   · found   ● both\n\n${picture(wanted, found)}`)
}
