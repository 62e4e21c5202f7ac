import { add, broadcastAxes, filled, mul, sliceAxis, sub, sumAxes } from '../primitives/index.js'
import { at, type Value } from '../tensor/index.js'
import { scale } from './scale.js'

/** Σ (xᵢ₊₁ - xᵢ) (yᵢ₊₁ + yᵢ) / 2 along an axis; fewer than two points bound nothing. */
export const trapezoid = (y: Value, axis: number, points: Value | number): Value => {
  const count = at(y.sizes, axis)
  if (count < 2) return sumAxes(filled(y, 0), [axis])
  const pairs = add(sliceAxis(y, axis, 0, count - 1), sliceAxis(y, axis, 1, count))
  if (typeof points === 'number') return scale(sumAxes(pairs, [axis]), points / 2)
  const widths = scale(sub(sliceAxis(points, 0, 1, count), sliceAxis(points, 0, 0, count - 1)), 0.5)
  const others = pairs.sizes.flatMap((_, i) => (i === axis ? [] : [i]))
  return sumAxes(mul(pairs, broadcastAxes(widths, pairs.sizes, others)), [axis])
}
