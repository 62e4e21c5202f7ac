/**
 * How many entries lie in each bin between ascending edges. A bin has its lower edge and not its upper one, but the last has both, as in numpy.
 * What lies in no bin is counted with the weight 0.
 */
import {
  abs,
  add,
  and,
  broadcastAxes,
  castTo,
  div,
  equal,
  filled,
  iota,
  less,
  mul,
  not,
  reshapeTo,
  scatterAdd,
  searchsorted,
  select,
  sliceAxis,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { at, concrete, sizeOf, type Value } from '../tensor/index.js'
import { max, min } from './reduce.js'

/** The least and the greatest number, infinities left out; half below and above where they are equal. */
const rangeOf = (x: Value): readonly [Value, Value] => {
  const axes = x.sizes.map((_, axis) => axis)
  const mask = less(abs(x), filled(x, Number.POSITIVE_INFINITY))
  const [low, high] = [min(x, axes, { mask }), max(x, axes, { mask })]
  const margin = select(equal(low, high), filled(low, 0.5), filled(low, 0))
  return [sub(low, margin), add(high, margin)]
}

/** The edges of bins of one width; the first and the last are the ends of the range. */
export const histogramEdges = (x: Value, bins: number, range: readonly [number, number] | undefined): Value => {
  const scalar = (value: number): Value => concrete([], x.dtype, value)
  const [low, high] = range === undefined ? rangeOf(stopGradient(x)) : [scalar(range[0]), scalar(range[1])]
  const edges = (y: Value): Value => broadcastAxes(y, [bins + 1], [0])
  const place = iota([bins + 1], 0, x.dtype)
  const share = div(place, filled(place, bins))
  // low (1 - t) + high t is exact at both ends and overflows nowhere.
  return add(mul(edges(low), sub(filled(share, 1), share)), mul(edges(high), share))
}

/** The weights of the entries in each bin, added up. */
export const histogram = (x: Value, edges: Value, weights: Value): Value => {
  const entries = [sizeOf(x.sizes)]
  const bins = at(edges.sizes, 0) - 1
  const numbers = reshapeTo(stopGradient(x), entries)
  const sorted = stopGradient(edges)
  const top = broadcastAxes(reshapeTo(sliceAxis(sorted, 0, bins, bins + 1), []), entries, [0])
  const isTop = equal(numbers, top)
  const below = searchsorted(sorted, numbers, { batch: 0, right: true })
  const bin = sub(below, add(filled(below, 1), castTo(isTop, 'int32')))
  const isInside = and(not(less(bin, filled(bin, 0))), less(bin, filled(bin, bins)))
  const taken = reshapeTo(weights, entries)
  return scatterAdd(concrete([bins], weights.dtype, 0), select(isInside, bin, filled(bin, 0)), select(isInside, taken, filled(taken, 0)), {
    axis: 0,
    batch: 0,
    op: 'histogram',
  })
}

/** Counts over their sum and the width of their bin: a density, whose integral is 1. */
export const density = (counts: Value, edges: Value): Value => {
  const bins = at(counts.sizes, 0)
  const widths = sub(sliceAxis(edges, 0, 1, bins + 1), sliceAxis(edges, 0, 0, bins))
  const total = broadcastAxes(sumAxes(counts, [0]), [bins], [0])
  return div(div(counts, total), widths)
}
