/**
 * A Kalman filter in several dimensions: a point in the plane keeps its velocity but for random pushes, its place is measured with noise, and the filter
 * says after each measurement where the point is, how fast it goes, and how sure that is. It is written in two ways that give one result.
 *
 * As a `scan`, from measurement to measurement: predict, then correct (Kalman 1960). And as an `associativeScan` (Särkkä and García-Fernández 2021,
 * "Temporal parallelization of Bayesian smoothers", IEEE Trans. Automatic Control 66, lemmas 7 and 8): each measurement becomes an element, two elements
 * combine to one that stands for both, and all of them are combined in about 2 log₂ n large steps instead of n small ones.
 *
 *   npx tsx examples/tracking.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  associativeScan,
  at,
  diag,
  eye,
  jit,
  matmul,
  mean,
  mul,
  pipe,
  random,
  scan,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNumber,
  transpose,
  vmap,
  zeros,
} from 'pullback'
import { inv } from 'pullback/linalg'

/** Places and velocities along both axes of the plane. */
type State = Tensor<'4', 'float64'>
type Square = Tensor<'4 4', 'float64'>
type Measured = Tensor<'2', 'float64'>
type Measurements = Tensor<'128 2', 'float64'>

/** How the point moves, what is measured of it, and the variances: of the pushes, of the measurements, and of the state before the first. */
export interface Model {
  readonly motion: Square
  readonly pushes: Square
  readonly seen: Tensor<'2 4', 'float64'>
  readonly noise: Tensor<'2 2', 'float64'>
  readonly first: Square
}

/** After each measurement, the mean of the state and its covariance. */
export interface Filtered {
  readonly mean: Tensor<'128 4', 'float64'>
  readonly covariance: Tensor<'128 4 4', 'float64'>
}

const identity = eye(4, 'float64')

/** What is left of a covariance when the place is measured, and how much of a surprise goes to each entry of the state. */
const corrected = ({ seen, noise }: Model, predicted: Square) => {
  const total = pipe(seen, matmul(predicted), matmul(transpose(seen)), add(noise))
  const gain = pipe(predicted, matmul(transpose(seen)), matmul(inv(total)))
  const rest = pipe(identity, sub(pipe(gain, matmul(seen))))
  return { gain, rest, total, covariance: pipe(rest, matmul(predicted)) }
}

/** From measurement to measurement. */
export const filter =
  (model: Model) =>
  (measured: Measurements): Filtered => {
    const { motion, pushes, seen, first } = model
    const round = (before: { readonly mean: State; readonly covariance: Square }, y: Measured) => {
      const predicted = pipe(motion, matmul(before.covariance), matmul(transpose(motion)), add(pushes))
      const { gain, covariance } = corrected(model, predicted)
      const expected = pipe(motion, matmul(before.mean))
      const surprise = pipe(y, sub(pipe(seen, matmul(expected))))
      const state = { mean: pipe(gain, matmul(surprise), add(expected)), covariance }
      return [state, state] as const
    }
    const [, states] = pipe(measured, scan('128')(round, { mean: zeros('4', {}, 'float64'), covariance: first }))
    return states
  }

/**
 * What some measurements that follow on each other say of the state after the last of them, given the state x before the first: it is normal with mean
 * slope · x + shift and the covariance given; and x itself is then normal, of the precision given and of mean precision⁻¹ · information.
 */
interface Element {
  readonly slope: Square
  readonly shift: State
  readonly covariance: Square
  readonly information: State
  readonly precision: Square
}

/** What one measurement says. */
const elementOf = (model: Model) => {
  const { motion, pushes, seen } = model
  const { gain, rest, total, covariance } = corrected(model, pushes)
  const back = pipe(transpose(motion), matmul(transpose(seen)), matmul(inv(total)))
  return (y: Measured): Element => ({
    slope: pipe(rest, matmul(motion)),
    shift: pipe(gain, matmul(y)),
    covariance,
    information: pipe(back, matmul(y)),
    precision: pipe(back, matmul(seen), matmul(motion)),
  })
}

/** What two stretches of measurements say together, the left one being the earlier. */
const combine = (left: Element, right: Element): Element => {
  const forward = pipe(right.slope, matmul(inv(pipe(identity, add(pipe(left.covariance, matmul(right.precision)))))))
  const backward = pipe(transpose(left.slope), matmul(inv(pipe(identity, add(pipe(right.precision, matmul(left.covariance)))))))
  return {
    slope: pipe(forward, matmul(left.slope)),
    shift: pipe(forward, matmul(pipe(left.covariance, matmul(right.information), add(left.shift))), add(right.shift)),
    covariance: pipe(forward, matmul(left.covariance), matmul(transpose(right.slope)), add(right.covariance)),
    information: pipe(backward, matmul(pipe(right.information, sub(pipe(right.precision, matmul(left.shift))))), add(left.information)),
    precision: pipe(backward, matmul(right.precision), matmul(left.slope), add(left.precision)),
  }
}

/** All stretches that begin with the first measurement, by combining neighbours. */
export const filterInParallel =
  (model: Model) =>
  (measured: Measurements): Filtered => {
    const elements = vmap('128')(elementOf(model))(measured)
    // Of the first measurement the state before it is known: its mean is 0.
    const predicted = pipe(model.motion, matmul(model.first), matmul(transpose(model.motion)), add(model.pushes))
    const { gain, covariance } = corrected(model, predicted)
    const known = {
      ...elements,
      slope: pipe(elements.slope, at(0).set(0)),
      shift: pipe(elements.shift, at(0).set(pipe(gain, matmul(pipe(measured, slice('0')))))),
      covariance: pipe(elements.covariance, at(0).set(covariance)),
    }
    const all = pipe(known, associativeScan('128')(combine))
    return { mean: all.shift, covariance: all.covariance }
  }

export interface Config {
  readonly seed: number
  readonly push: number
  readonly noise: number
}

export interface Result {
  readonly model: Model
  readonly places: Measurements
  readonly measured: Measurements
  readonly sequential: Filtered
  readonly parallel: Filtered
}

/** The model of a point that is pushed at random at every step of length 1. */
export const modelOf = (push: number, noise: number): Model => ({
  motion: tensor(
    [
      [1, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
    'float64',
  ),
  // A push that is constant during a step moves the place by a third and a half of what it does to the velocity.
  pushes: pipe(
    tensor(
      [
        [1 / 3, 0, 1 / 2, 0],
        [0, 1 / 3, 0, 1 / 2],
        [1 / 2, 0, 1, 0],
        [0, 1 / 2, 0, 1],
      ],
      'float64',
    ),
    mul(push),
  ),
  seen: tensor(
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ],
    'float64',
  ),
  noise: pipe(eye(2, 'float64'), mul(noise)),
  first: pipe(tensor([1, 1, 0.01, 0.01], 'float64'), diag()),
})

export const main = ({ seed, push, noise }: Config): Result => {
  const model = modelOf(push, noise)
  const [moves, errors] = random.split(2)(random.key(seed))
  const step = ([place, velocity]: readonly [Measured, Measured], change: Measured) => {
    const next = [pipe(place, add(velocity), add(pipe(change, mul(0.5)))), pipe(velocity, add(change))] as const
    return [next, next[0]] as const
  }
  const changes = pipe(random.normal('128 2', {}, 'float64')(moves), mul(Math.sqrt(push)))
  const start = [zeros('2', {}, 'float64'), tensor([0.1, 0.05], 'float64')] as const
  const [, places] = pipe(changes, scan('128')(step, start))
  const measured = pipe(random.normal('128 2', {}, 'float64')(errors), mul(Math.sqrt(noise)), add(places))
  return { model, places, measured, sequential: jit(filter(model))(measured), parallel: jit(filterInParallel(model))(measured) }
}

/** The root of the mean squared distance of two paths. */
export const distance = (x: Measurements, y: Measurements): number => toNumber(pipe(x, sub(y), square, sum(1), mean(), sqrt))

/** The places that the filter thinks the point is at. */
export const placesOf = ({ mean: states }: Filtered): Measurements => pipe(states, slice(':, :2'))

/** The path in the plane: where the point was, and where the filter thinks it was. */
const picture = ({ places, sequential }: Result): string => {
  const paths = [toArray(places), toArray(placesOf(sequential))].map(values => [...values])
  const [xs, ys] = [0, 1].map(axis => paths.flatMap(path => path.filter((_, i) => i % 2 === axis)))
  const scaled = (value: number, all: readonly number[], cells: number): number =>
    Math.round(((value - Math.min(...all)) / (Math.max(...all) - Math.min(...all))) * (cells - 1))
  const rows = Array.from({ length: 24 }, () => new Array<string>(72).fill(' '))
  paths.forEach((path, which) => {
    for (let i = 0; i < path.length; i += 2) {
      const row = rows[23 - scaled(path[i + 1] ?? 0, ys ?? [], 24)]
      if (row) row[scaled(path[i] ?? 0, xs ?? [], 72)] = ['·', '●'][which] ?? ''
    }
  })
  return rows.map(row => row.join('').trimEnd()).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = main({ seed: 0, push: 0.01, noise: 1 })
  const { places, measured, sequential, parallel } = result
  console.log('· the point   ● the filter\n')
  console.log(picture(result))
  console.log(`\noff by, measured:  ${distance(measured, places).toFixed(3)}`)
  console.log(`off by, filtered:  ${distance(placesOf(sequential), places).toFixed(3)}`)
  console.log(`between the ways:  ${distance(placesOf(sequential), placesOf(parallel)).toExponential(1)}`)
}
