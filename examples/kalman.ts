/**
 * A Kalman filter in one dimension: a point drifts at random, each measurement of it is off by noise, and the filter says after each measurement where
 * the point is and how sure that is. It is written in two ways that give one result.
 *
 * As a `scan`, from measurement to measurement: predict, then correct (Kalman 1960). And as an `associativeScan` (Särkkä and García-Fernández 2021):
 * each measurement becomes an element, two elements combine to one that stands for both, and all of them are combined in about 2 log₂ n large steps
 * instead of n small ones.
 *
 *   npx tsx examples/kalman.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  associativeScan,
  cast,
  div,
  jit,
  mean,
  mul,
  oneHot,
  pipe,
  random,
  reciprocal,
  scan,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  toArray,
  toNumber,
  vmap,
  zeros,
} from 'pullback'

type Scalar = Tensor<'', 'float64'>
type Series = Tensor<'200', 'float64'>

/** Variances: of the drift before each measurement, of a measurement's noise, and of the place at the beginning, whose mean is 0. */
export interface Noise {
  readonly drift: Scalar
  readonly measurement: Scalar
  readonly first: Scalar
}

/** After each measurement, the mean and the variance of the place. */
export interface Filtered {
  readonly mean: Series
  readonly variance: Series
}

/** The place as far as it is known. */
interface Belief {
  readonly mean: Scalar
  readonly variance: Scalar
}

const one = tensor(1, 'float64')

/** From measurement to measurement. */
export const filter =
  ({ drift, measurement, first }: Noise) =>
  (measured: Series): Filtered => {
    const round = (before: Belief, y: Scalar) => {
      const predicted = pipe(before.variance, add(drift))
      const gain = pipe(predicted, div(add(measurement)(predicted)))
      const belief = {
        mean: pipe(y, sub(before.mean), mul(gain), add(before.mean)),
        variance: pipe(one, sub(gain), mul(predicted)),
      }
      return [belief, belief] as const
    }
    const [, beliefs] = pipe(measured, scan('200')(round, { mean: zeros('', undefined, 'float64'), variance: first }))
    return beliefs
  }

/**
 * What some measurements that follow on each other say of the place after the last of them, given the place before the first: it is normal with mean
 * slope · place + shift and the variance given; and the place before is then normal, of precision `precision` and mean information / precision.
 */
interface Element {
  readonly slope: Scalar
  readonly shift: Scalar
  readonly variance: Scalar
  readonly information: Scalar
  readonly precision: Scalar
}

/** What one measurement says; before the first of all the place is not given. */
const elementOf =
  ({ drift, measurement, first }: Noise) =>
  (y: Scalar, isFirst: Scalar): Element => {
    const predicted = pipe(first, mul(isFirst), add(drift))
    const total = add(measurement)(predicted)
    const gain = pipe(predicted, div(total))
    const rest = pipe(one, sub(gain))
    return {
      slope: pipe(one, sub(isFirst), mul(rest)),
      shift: mul(y)(gain),
      variance: mul(predicted)(rest),
      information: pipe(y, div(total)),
      precision: reciprocal(total),
    }
  }

/** What two stretches of measurements say together, the left one being the earlier. */
const combine = (left: Element, right: Element): Element => {
  const shared = pipe(left.variance, mul(right.precision), add(1), reciprocal)
  const [forward, backward] = [mul(shared)(right.slope), mul(shared)(left.slope)]
  return {
    slope: mul(left.slope)(forward),
    shift: pipe(left.variance, mul(right.information), add(left.shift), mul(forward), add(right.shift)),
    variance: pipe(left.variance, mul(forward), mul(right.slope), add(right.variance)),
    information: pipe(right.information, sub(mul(left.shift)(right.precision)), mul(backward), add(left.information)),
    precision: pipe(right.precision, mul(backward), mul(left.slope), add(left.precision)),
  }
}

/** All stretches that begin with the first measurement, by combining neighbours. */
export const filterInParallel =
  (noise: Noise) =>
  (measured: Series): Filtered => {
    const isFirst = pipe(tensor(0, 'int32'), oneHot(200), cast('float64'))
    const elements = vmap('200')(elementOf(noise))(measured, isFirst)
    const { shift, variance } = pipe(elements, associativeScan('200')(combine))
    return { mean: shift, variance }
  }

export interface Config {
  readonly seed: number
  readonly drift: number
  readonly measurement: number
}

export interface Result {
  readonly noise: Noise
  readonly places: Series
  readonly measured: Series
  readonly sequential: Filtered
  readonly parallel: Filtered
}

export const main = ({ seed, drift, measurement }: Config): Result => {
  const noise: Noise = { drift: tensor(drift, 'float64'), measurement: tensor(measurement, 'float64'), first: tensor(1, 'float64') }
  const [start, steps, errors] = random.split(3)(random.key(seed))
  const moves = pipe(random.normal('200', undefined, 'float64')(steps), mul(sqrt(noise.drift)))
  const from = pipe(random.normal('', undefined, 'float64')(start), mul(sqrt(noise.first)))
  const round = (place: Scalar, move: Scalar) => {
    const next = add(move)(place)
    return [next, next] as const
  }
  const [, places] = pipe(moves, scan('200')(round, from))
  const measured = pipe(random.normal('200', undefined, 'float64')(errors), mul(sqrt(noise.measurement)), add(places))
  return {
    noise,
    places,
    measured,
    sequential: jit(filter(noise))(measured),
    parallel: jit(filterInParallel(noise))(measured),
  }
}

/** The root of the mean squared distance of two series. */
export const distance = (x: Series, y: Series): number => toNumber(pipe(x, sub(y), square, mean(), sqrt))

/** Where every fourth place is, was measured and is thought to be, one to a line. */
const picture = ({ places, measured, sequential }: Result): string => {
  const series = [toArray(measured), toArray(places), toArray(sequential.mean)]
  const all = series.flatMap(values => [...values])
  const [low, high] = [Math.min(...all), Math.max(...all)]
  return Array.from({ length: 50 }, (_, line) => {
    const cells = new Array<string>(70).fill(' ')
    series.forEach((values, i) => {
      cells[Math.round((((values[4 * line] ?? low) - low) / (high - low)) * 69)] = ['·', '│', '●'][i] ?? ''
    })
    return cells.join('').trimEnd()
  }).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = main({ seed: 0, drift: 0.05, measurement: 1 })
  const { places, measured, sequential, parallel } = result
  console.log('│ the place   · measured   ● the filter\n')
  console.log(picture(result))
  console.log(`\noff by, measured:  ${distance(measured, places).toFixed(3)}`)
  console.log(`off by, filtered:  ${distance(sequential.mean, places).toFixed(3)}`)
  console.log(`between the ways:  ${distance(sequential.mean, parallel.mean).toExponential(1)}`)
}
