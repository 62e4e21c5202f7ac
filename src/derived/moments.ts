/**
 * Mean, variance and standard deviation, for numbers far from 0 and for the largest and smallest alike.
 *
 * A mean is rounded to the dtype, and its error enters the variance squared: of numbers near 1e8 with a spread of 10 nothing would be left. So
 * distances are first taken from one of the entries, which is exact for neighbours, and the mean of these small numbers is accurate. Equal
 * numbers have the distances 0, hence the variance 0 exactly.
 */
import * as primitive from '../primitives/index.js'
import { at, sizeOf, type Value } from '../tensor/index.js'
import { over, scale as times } from './scale.js'

const { abs, add, broadcastAxes, div, equal, filled, less, maxAxes, mul, reshapeTo, select, sliceOf, sqrt, stopGradient, sub, sumAxes } =
  primitive

/** How many entries are reduced to one. */
export const countOf = (x: Value, axes: readonly number[]): number => sizeOf(axes.map(axis => at(x.sizes, axis)))

/** The mean along axes: the sum over the number of entries. */
export const meanOf = (x: Value, axes: readonly number[]): Value => over(sumAxes(x, axes), countOf(x, axes))
/** The mean of all entries. */
export const meanAll = (x: Value): Value =>
  meanOf(
    x,
    x.sizes.map((_, axis) => axis),
  )
/** A reduced tensor repeated along the axes that it has lost. */
export const spread = (y: Value, x: Value, axes: readonly number[]): Value => broadcastAxes(y, x.sizes, axes)

/** The first entry along the axes, held constant in derivatives. There must be one. */
const firstOf = (x: Value, axes: readonly number[]): Value => {
  const first = sliceOf(x, {
    start: x.sizes.map(() => 0),
    stop: x.sizes.map((size, axis) => (axes.includes(axis) ? 1 : size)),
    step: x.sizes.map(() => 1),
  })
  return stopGradient(
    reshapeTo(
      first,
      x.sizes.filter((_, axis) => !axes.includes(axis)),
    ),
  )
}

/** The greatest power of two that is not above 1/x. */
const powerBelow = (x: number): number => 2 ** -Math.ceil(Math.log2(x))

/**
 * The mean of the entries times `factor`, a power of two, found from their distances to the first; and `rest`, what its rounding left out,
 * which is held constant in derivatives. The mean is exact where all entries are equal, and as near as the dtype allows for numbers far
 * from 0.
 */
export const shiftedMean = (x: Value, axes: readonly number[], factor = 1): { readonly mean: Value; readonly rest: Value } => {
  const n = countOf(x, axes)
  // Each distance is multiplied by a number not above 1/2n, so that their sum does not overflow.
  const share = powerBelow(2 * n)
  const first = firstOf(x, axes)
  const distances = sub(times(x, factor * share), spread(times(first, factor * share), x, axes))
  const further = over(sumAxes(distances, axes), n * share)
  const start = times(first, factor)
  const mean = add(start, further)
  return { mean, rest: stopGradient(add(sub(start, mean), further)) }
}

/**
 * The mean of the squared distances from the mean: the rounded mean is subtracted first, then the rest. The sum of the squares may overflow
 * where their mean does not. So the entries are multiplied by a power of two whose square is not above 1/n, which changes no digit, and the
 * result is divided by its square.
 */
export const varianceOf = (x: Value, axes: readonly number[]): Value => {
  const n = countOf(x, axes)
  if (n === 0) return meanOf(x, axes)
  const factor = powerBelow(2 * Math.sqrt(n))
  const { mean, rest } = shiftedMean(x, axes, factor)
  const centred = sub(sub(times(x, factor), spread(mean, x, axes)), spread(rest, x, axes))
  return over(sumAxes(mul(centred, centred), axes), n * factor * factor)
}

/**
 * Exponents of the scales. A row has the scale 2^power of the last pair [from, power] for which its greatest magnitude is above 2^from, and
 * 2^least if there is none. Ratios to the scale have squares in the middle of the dtype, and so have the factors of the derivative;
 * ordinary numbers have the scale 1.
 */
const scales = {
  float32: {
    least: -100,
    others: [
      [-80, -60],
      [-20, 0],
      [40, 60],
      [80, 100],
    ],
  },
  float64: {
    least: -600,
    others: [
      [-400, 0],
      [400, 600],
    ],
  },
} as const

/**
 * A power of two for each row, so near its greatest magnitude that neither the squares of the ratios to it nor those of their differences
 * overflow or underflow. It is held constant in derivatives.
 */
const scaleOf = (x: Value, axes: readonly number[]): Value => {
  const greatest = maxAxes(abs(stopGradient(x)), axes)
  const { least, others } = scales[x.dtype === 'float64' ? 'float64' : 'float32']
  let scale = filled(greatest, 2 ** least)
  for (const [from, power] of others) scale = select(less(filled(greatest, 2 ** from), greatest), filled(greatest, 2 ** power), scale)
  return scale
}

/** A tensor divided by a scale for each row, and the scale. */
export const scaled = (x: Value, axes: readonly number[]): { readonly scale: Value; readonly ratio: Value } => {
  const scale = scaleOf(x, axes)
  return { scale, ratio: mul(x, spread(div(filled(scale, 1), scale), x, axes)) }
}

/**
 * The root of the variance. The root's slope at 0 is infinite: there the derivative is taken to be 0, which lies between the slopes to either
 * side.
 */
const rootOf = (variance: Value): Value => {
  const isZero = equal(variance, filled(variance, 0))
  return select(isZero, filled(variance, 0), sqrt(select(isZero, filled(variance, 1), variance)))
}

/** The standard deviation. It squares scaled numbers, which do not overflow. */
export const stdOf = (x: Value, axes: readonly number[]): Value => {
  if (countOf(x, axes) === 0) return meanOf(x, axes)
  const { scale, ratio } = scaled(x, axes)
  return mul(rootOf(varianceOf(ratio, axes)), scale)
}
