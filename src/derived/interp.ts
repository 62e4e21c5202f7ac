/** Values between given points of a line. */
import { add, div, equal, filled, gather, less, maximum, minimum, mul, searchsorted, select, sub } from '../primitives/index.js'
import { concrete, type Value } from '../tensor/index.js'

/** On the straight line between the neighbouring points; before the first and after the last what is given for there, or their own values. */
export const interp = (x: Value, points: Value, values: Value, left: Value | undefined, right: Value | undefined): Value => {
  const last = (points.sizes[0] ?? 0) - 1
  const whole = (value: number): Value => concrete(x.sizes, 'int32', value)
  const at = (y: Value, index: Value): Value => gather(y, index, { axis: 0, batch: 0, op: 'interp' })
  const count = searchsorted(points, x, { batch: 0, right: true })
  const high = minimum(maximum(count, whole(Math.min(1, last))), whole(last))
  const low = maximum(sub(high, whole(1)), whole(0))
  const [x0, x1, y0, y1] = [at(points, low), at(points, high), at(values, low), at(values, high)]
  const width = sub(x1, x0)
  const isNarrow = equal(width, filled(width, 0))
  const part = div(sub(x, x0), select(isNarrow, filled(width, 1), width))
  const between = select(isNarrow, y1, add(y0, mul(part, sub(y1, y0))))
  const before = select(less(x, at(points, whole(0))), left ?? at(values, whole(0)), between)
  const inside = select(less(at(points, whole(last)), x), right ?? at(values, whole(last)), before)
  // NaN is neither before nor after any point, and between two that are one nothing is computed of it.
  return select(equal(x, x), inside, x)
}
