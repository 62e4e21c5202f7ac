/** Reductions of each window of the last axes. */
import * as primitive from '../primitives/index.js'
import type { PlacedWindow } from '../shape/index.js'
import { leastOf, sizeOf, type Value } from '../tensor/index.js'
import { over } from './scale.js'

/** Windows of the given sizes over the last axes. */
export interface Windows {
  readonly size: readonly number[]
  readonly placed: readonly PlacedWindow[]
}

const isPadded = ({ placed }: Windows): boolean => placed.some(({ low, high }) => low + high > 0)

/** x with zeros around its last axes. */
const padded = (x: Value, { placed }: Windows): Value => {
  const lead = x.sizes.slice(0, x.sizes.length - placed.length).map(() => 0)
  return primitive.padWith(x, {
    low: [...lead, ...placed.map(({ low }) => low)],
    high: [...lead, ...placed.map(({ high }) => high)],
    interior: x.sizes.map(() => 0),
  })
}

/**
 * The windows of a tensor that is padded already. The offsets are the first axes, so that neighbours in memory belong to different windows.
 */
const windowsOf = (x: Value, { size, placed }: Windows): Value => {
  const lead = x.sizes.length - size.length
  const seen = primitive.windows(x, {
    axes: size.map((_, i) => lead + i),
    size,
    step: placed.map(({ stride }) => stride),
    dilation: placed.map(({ dilation }) => dilation),
  })
  return primitive.permuteAxes(seen, [...size.map((_, i) => x.sizes.length + i), ...x.sizes.map((_, axis) => axis)])
}

const offsets = ({ size }: Windows): readonly number[] => size.map((_, i) => i)

/** x with the least value of its dtype around its last axes, which is never the greatest in a window. */
const surrounded = (x: Value, { placed }: Windows): Value => {
  const lead = x.sizes.length - placed.length
  const slab = (y: Value, axis: number, length: number): readonly Value[] => {
    const sizes = y.sizes.map((size, i) => (i === axis ? length : size))
    return length === 0 ? [] : [primitive.filled({ sizes, dtype: y.dtype }, leastOf(y.dtype))]
  }
  return placed.reduce((y, { low, high }, i) => {
    const parts = [...slab(y, lead + i, low), y, ...slab(y, lead + i, high)]
    return parts.length === 1 ? y : primitive.concatAxis(parts, lead + i)
  }, x)
}

/** The greatest entry of each window. */
export const maxPool = (x: Value, windows: Windows): Value =>
  primitive.maxAxes(windowsOf(surrounded(x, windows), windows), offsets(windows))

/** The sum of each window, where padding is 0. */
export const sumPool = (x: Value, windows: Windows): Value => primitive.sumAxes(windowsOf(padded(x, windows), windows), offsets(windows))

/** The mean of the entries of x that each window holds. */
export const meanPool = (x: Value, windows: Windows): Value => {
  const sums = sumPool(x, windows)
  if (!isPadded(windows)) return over(sums, sizeOf(windows.size))
  // How many entries of x a window holds depends on its position alone, and not on the axes before.
  const lead = x.sizes.length - windows.size.length
  const counts = sumPool(primitive.filled({ sizes: x.sizes.slice(lead), dtype: x.dtype }, 1), windows)
  return primitive.div(
    sums,
    primitive.broadcastAxes(
      counts,
      sums.sizes,
      x.sizes.slice(0, lead).map((_, axis) => axis),
    ),
  )
}

/** The windows themselves: their entries as last axes, beside the positions. Padding is 0. */
export const unfold = (x: Value, windows: Windows): Value => {
  const count = windows.size.length
  const seen = windowsOf(padded(x, windows), windows)
  const rank = seen.sizes.length
  return primitive.permuteAxes(seen, [...Array.from({ length: rank - count }, (_, i) => count + i), ...offsets(windows)])
}
