/**
 * Mean, variance and standard deviation, for numbers far from 0 and for the largest and smallest alike.
 *
 * A mean is rounded to the dtype, and its error enters the variance squared: of numbers near 1e8 with a spread of 10 nothing would be left. So
 * distances are first taken from one of the entries, which is exact for neighbours, and the mean of these small numbers is accurate. Equal
 * numbers have the distances 0, hence the variance 0 exactly.
 */
import {
  abs,
  add,
  broadcastAxes,
  div,
  equal,
  filled,
  less,
  maxAxes,
  maximum,
  mul,
  reshapeTo,
  select,
  sliceOf,
  sqrt,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { at, sizeOf, type Value } from '../tensor/index.js'
import { over, scale as times } from './scale.js'
import { countTaken, kept, type TakenEntries } from './taken.js'

/** How many entries are reduced to one. */
export const countOf = (x: Value, axes: readonly number[]): number => sizeOf(axes.map(axis => at(x.sizes, axis)))

/** The mean along axes: the sum over the number of entries. */
export const meanOf = (x: Value, axes: readonly number[]): Value => over(sumAxes(x, axes), countOf(x, axes))
/** The mean of the entries that are taken, each as often as it weighs: Σ w x / Σ w. */
export const meanTaken = (x: Value, axes: readonly number[], { mask, weights }: TakenEntries = {}): Value => {
  const entries = kept(x, mask, 0)
  if (weights === undefined) return overCount(sumAxes(entries, axes), x, axes, mask)
  const shares = kept(weights, mask, 0)
  return div(sumAxes(mul(entries, shares), axes), sumAxes(shares, axes))
}

/** A total over `factor` times the number of entries that are taken, or of `correction` less; where that is below 0, over 0. */
const overCount = (total: Value, x: Value, axes: readonly number[], mask: Value | undefined, factor = 1, correction = 0): Value => {
  if (mask === undefined) return over(total, Math.max(0, countOf(x, axes) - correction) * factor)
  const count = countTaken(x, axes, mask)
  return div(total, times(maximum(sub(count, filled(count, correction)), filled(count, 0)), factor))
}

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

/** An entry of each row that is taken, held constant in derivatives: the first, or the greatest of those of a mask. */
const pivotOf = (x: Value, axes: readonly number[], mask: Value | undefined): Value =>
  mask === undefined ? firstOf(x, axes) : stopGradient(maxAxes(kept(x, mask, Number.NEGATIVE_INFINITY), axes))

/** The greatest power of two that is not above 1/x. */
const powerBelow = (x: number): number => 2 ** -Math.ceil(Math.log2(x))

/**
 * The mean of the entries times `factor`, a power of two, found from their distances to one of them; and `rest`, what its rounding left out,
 * which is held constant in derivatives. The mean is exact where all entries are equal, and as near as the dtype allows for numbers far
 * from 0.
 */
export const shiftedMean = (
  x: Value,
  axes: readonly number[],
  factor = 1,
  mask?: Value,
): { readonly mean: Value; readonly rest: Value } => {
  // Each distance is multiplied by a number not above 1/2n, so that their sum does not overflow.
  const share = powerBelow(2 * countOf(x, axes))
  const pivot = pivotOf(x, axes, mask)
  const distances = kept(sub(times(x, factor * share), spread(times(pivot, factor * share), x, axes)), mask, 0)
  const further = overCount(sumAxes(distances, axes), x, axes, mask, share)
  const start = times(pivot, factor)
  const mean = add(start, further)
  return { mean, rest: stopGradient(add(sub(start, mean), further)) }
}

/**
 * The sum of the squared distances from the mean over the number of entries, or over `correction` less. The rounded mean is subtracted first,
 * then the rest. The sum of the squares may overflow where their mean does not. So the entries are multiplied by a power of two whose square is
 * not above 1/n, which changes no digit, and the result is divided by its square.
 */
export const varianceOf = (x: Value, axes: readonly number[], { correction, mask }: TakenEntries = {}): Value => {
  const n = countOf(x, axes)
  if (n === 0) return meanOf(x, axes)
  const factor = powerBelow(2 * Math.sqrt(n))
  const { mean, rest } = shiftedMean(x, axes, factor, mask)
  const centred = kept(sub(sub(times(x, factor), spread(mean, x, axes)), spread(rest, x, axes)), mask, 0)
  return overCount(sumAxes(mul(centred, centred), axes), x, axes, mask, factor * factor, correction)
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
 * The root of a sum of squares. The root's slope at 0 is infinite: there the derivative is taken to be 0, which lies between the slopes to
 * either side.
 */
export const rootOf = (squares: Value): Value => {
  const isZero = equal(squares, filled(squares, 0))
  return select(isZero, filled(squares, 0), sqrt(select(isZero, filled(squares, 1), squares)))
}

/** The standard deviation. It squares scaled numbers, which do not overflow. */
export const stdOf = (x: Value, axes: readonly number[], { correction, mask }: TakenEntries = {}): Value => {
  if (countOf(x, axes) === 0) return meanOf(x, axes)
  const { scale, ratio } = scaled(kept(x, mask, 0), axes)
  return mul(rootOf(varianceOf(ratio, axes, { correction, mask })), scale)
}
