/** Blocks that begin at places which are computed. */
import { add, broadcastAxes, castTo, gather, iota, mul, reshapeTo, scatterBy } from '../primitives/index.js'
import { at, concrete, sizeOf, type Value } from '../tensor/index.js'

/** Where a block begins along one axis. */
export type Start = number | Value

/** The places along one axis, from the start on. */
const placesFrom = (start: Start, size: number): Value => {
  const first = typeof start === 'number' ? concrete([size], 'int32', start) : broadcastAxes(castTo(start, 'int32'), [size], [0])
  return add(iota([size], 0, 'int32'), first)
}

/** Whether a block takes the whole of an axis, as a number says; a scalar is not looked at. */
const isWhole = (start: Start, size: number, own: number): boolean => size === own && start === 0

/** The block of the sizes given that begins at the starts, one for each axis. */
export const dynamicSlice = (op: string, x: Value, starts: readonly Start[], sizes: readonly number[]): Value =>
  starts.reduce<Value>(
    (part, start, axis) =>
      isWhole(start, at(sizes, axis), at(x.sizes, axis))
        ? part
        : gather(part, placesFrom(start, at(sizes, axis)), { axis, batch: 0, op, what: 'index' }),
    x,
  )

/** The tensor with a block put where the starts say. */
export const dynamicUpdate = (op: string, x: Value, starts: readonly Start[], y: Value): Value => {
  const moved = starts.flatMap((start, axis) => (isWhole(start, at(y.sizes, axis), at(x.sizes, axis)) ? [] : [axis]))
  const [only] = moved
  if (only === undefined) return y
  const start = (axis: number): Start => starts[axis] ?? 0
  if (moved.length === 1) return scatterBy(x, placesFrom(start(only), at(y.sizes, only)), y, { axis: only, batch: 0, op, by: 'set' })
  // Each axis says how far its places are from the first entry; a list of the axis finds those that lie outside.
  const offsets = x.sizes.map((size, axis) => {
    const step = sizeOf(x.sizes.slice(axis + 1))
    const table = mul(iota([size], 0, 'int32'), concrete([size], 'int32', step))
    const along = gather(table, placesFrom(start(axis), at(y.sizes, axis)), { axis: 0, batch: 0, op })
    return broadcastAxes(
      along,
      y.sizes,
      y.sizes.flatMap((_, other) => (other === axis ? [] : [other])),
    )
  })
  const places = reshapeTo(
    offsets.reduce((sum, offset) => add(sum, offset)),
    [sizeOf(y.sizes)],
  )
  const flat = scatterBy(reshapeTo(x, [sizeOf(x.sizes)]), places, reshapeTo(y, [sizeOf(y.sizes)]), { axis: 0, batch: 0, op, by: 'set' })
  return reshapeTo(flat, x.sizes)
}
