/** Functions of the order of entries. They gather at positions, and so have the derivative of `gather`. */
import {
  and,
  argsortAxis,
  broadcastAxes,
  castTo,
  concatAxis,
  cumSum,
  equal,
  filled,
  gather,
  iota,
  less,
  minimum,
  moveAxis,
  mul,
  not,
  or,
  reshapeTo,
  scatterAdd,
  select,
  sliceAxis,
  sub,
  sumAxes,
  topKAxis,
} from '../primitives/index.js'
import { concrete, sizeOf, type Value } from '../tensor/index.js'
import { takeAlong } from './select.js'

/** Entries along an axis in ascending or descending order. */
export const sorted = (x: Value, axis: number, descending: boolean): Value => {
  // Where the axis is the last, so that the positions are there already.
  const last = x.sizes.length - 1
  const rows = moveAxis(x, axis, last)
  return moveAxis(takeAlong('sort', rows, argsortAxis(rows, last, descending), last), last, axis)
}

/** The k greatest or least entries along an axis, and their positions. */
export const topK = (x: Value, axis: number, k: number, largest: boolean): readonly [values: Value, indices: Value] => {
  const places = topKAxis(x, { axis, k, descending: largest })
  return [takeAlong('topK', x, places, axis), places]
}

/** Rows of a tensor, in the order of their numbers. */
export const rowsAt = (op: string, x: Value, rows: Value): Value => gather(x, rows, { axis: 0, batch: 0, op })

/** Positions that sort by the last key, among equals by the one before it, and so on: stable sorts, from the first key to the last. */
export const lexsort = ([first, ...others]: readonly [Value, ...Value[]], axis: number): Value =>
  others.reduce(
    (places, key) => takeAlong('lexsort', places, argsortAxis(takeAlong('lexsort', key, places, axis), axis), axis),
    argsortAxis(first, axis),
  )

export interface UniqueValues {
  readonly values: Value
  readonly indices: Value
  readonly inverse: Value
  readonly counts: Value
}

/**
 * The first `size` kinds of entries in ascending order, of a tensor that has entries: the entries in order, those that are other than the one
 * before, and how many of these there are up to each.
 */
export const unique = (x: Value, size: number, fill: number | undefined): UniqueValues => {
  const count = sizeOf(x.sizes)
  const rows = { axis: 0, batch: 0, op: 'unique' }
  const flat = reshapeTo(x, [count])
  const places = argsortAxis(flat, 0)
  const ordered = gather(flat, places, rows)
  const [before, after] = [sliceAxis(ordered, 0, 0, count - 1), sliceAxis(ordered, 0, 1, count)]
  const bothNaN = and(not(equal(before, before)), not(equal(after, after)))
  const isOther = not(or(equal(before, after), bothNaN))
  const isFirst = castTo(concatAxis([concrete([1], 'bool', 1), isOther], 0), 'int32')
  const upTo = cumSum(isFirst, { axis: 0, reverse: false, exclusive: false })
  const kind = sub(upTo, filled(upTo, 1))
  // Kinds beyond those that are asked for have one more place together, which is left out.
  const held = minimum(kind, filled(kind, size))
  const ofKinds = (entries: Value): Value => sliceAxis(scatterAdd(concrete([size + 1], 'int32', 0), held, entries, rows), 0, 0, size)
  const number = iota([size], 0, 'int32')
  const isThere = less(number, broadcastAxes(sumAxes(isFirst, [0]), [size], [0]))
  const indices = select(isThere, ofKinds(mul(places, isFirst)), broadcastAxes(reshapeTo(sliceAxis(places, 0, 0, 1), []), [size], [0]))
  const values = gather(flat, indices, rows)
  return {
    values: fill === undefined ? values : select(isThere, values, filled(values, fill)),
    indices,
    inverse: reshapeTo(scatterAdd(filled(places, 0), places, kind, rows), x.sizes),
    counts: ofKinds(filled(kind, 1)),
  }
}
