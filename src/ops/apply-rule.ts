/** From shape rules to values: a rule that fails is thrown, one that holds gives the result its dimension string. */

import { reshapeTo } from '../primitives/reshape.js'
import { broadcastAxes } from '../primitives/sum.js'
import { broadcast, dims, type Err, isErr, type Ok, pairwise } from '../shape/index.js'
import { at, checkSizes, fail, relabel, type Value } from '../tensor/index.js'

export { checkTensor } from '../tensor/index.js'

/** The result of a rule about shapes, axes or positions, or a thrown ShapeError. */
export const held = <T>(rule: Ok<T> | Err<string>): T => (isErr(rule) ? fail({ _tag: 'ShapeError', detail: rule.message }) : rule.shape)

/** A tensor repeated to the sizes of a wider one: trailing axes align, axes of size 1 stretch, new axes lead. */
export const stretch = (x: Value, sizes: readonly number[], shape: string): Value => {
  const lead = sizes.length - x.sizes.length
  const stretched = x.sizes.flatMap((size, axis) => (size === 1 && at(sizes, lead + axis) !== 1 ? [axis] : []))
  const kept = x.sizes.filter((_, axis) => !stretched.includes(axis))
  const added = [...Array(lead).keys(), ...stretched.map(axis => axis + lead)]
  return relabel(shape, broadcastAxes(reshapeTo(x, kept), sizes, added))
}

/** Two operands brought to the shape of one of them. */
export const align = (op: string, x: Value, y: Value): readonly [Value, Value, string] => {
  if (x.shape === y.shape && x.sizes.every((size, axis) => size === y.sizes[axis])) return [x, y, x.shape]
  const shape = held(broadcast(op, x.shape, y.shape))
  checkSizes(op, [x, y])
  const { sizes } = shape === x.shape ? x : y
  return [stretch(x, sizes, shape), stretch(y, sizes, shape), shape]
}

/** Two operands brought to a shape that may be wider than both. */
export const alignPairs = (op: string, x: Value, y: Value): readonly [Value, Value] => {
  const shape = held(pairwise(op, x.shape, y.shape))
  checkSizes(`pairwise(${op})`, [x, y])
  const rank = dims(shape).length
  const sizes = Array.from({ length: rank }, (_, axis) => {
    const [a = 1, b = 1] = [x.sizes[axis + x.sizes.length - rank], y.sizes[axis + y.sizes.length - rank]]
    return a === 1 ? b : a
  })
  return [stretch(x, sizes, shape), stretch(y, sizes, shape)]
}
