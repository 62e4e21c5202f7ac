/**
 * Bits: `and`, `or`, `xor` of bools and of integers bit by bit, `shiftLeft` and `shiftRight` of integers.
 * A shift takes its count modulo 32; to the right, int32 keeps its sign and uint32 is filled with zeros.
 *
 * Gradient: none.
 */

import type { DType, Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { bits, integer } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { truth, whole } from './family/sample.js'

type Entry = (x: number, y: number) => number

/**
 * A primitive of this kind. Its operands are integers or bools (`bits`), or integers alone (`integer`) for shifts, which would make other
 * numbers than 0 and 1 of a bool.
 */
const bitwise = (
  name: 'and' | 'or' | 'xor' | 'shiftLeft' | 'shiftRight',
  of: 'bits' | 'integer',
  entry: (dtype: DType) => Entry,
): { readonly record: Primitive<None>; readonly combine: (x: Value, y: Value) => Value } => {
  const record: Primitive<None> = primitive(
    binary({
      name,
      samples: [
        { params: none, inputs: [whole([3, 4], 0, 31), whole([3, 4], 0, 31)] },
        { params: none, inputs: [whole([4], 0, 2 ** 32 - 1, 'uint32'), whole([4], 0, 31, 'uint32')] },
        ...(of === 'bits' ? [{ params: none, inputs: [truth([4]), truth([4])] }] : []),
      ],
      dtype: of === 'bits' ? bits(name) : integer(name),
      derivative: 'zero',
      entry,
      self: (x, y) => combine(x, y),
    }),
  )
  const operation = record.of(none)
  const combine = (x: Value, y: Value): Value => apply(operation, x, y)
  return { record, combine }
}

export const { record: andPrimitive, combine: and } = bitwise('and', 'bits', () => (x, y) => x & y)
export const { record: orPrimitive, combine: or } = bitwise('or', 'bits', () => (x, y) => x | y)
export const { record: xorPrimitive, combine: xor } = bitwise('xor', 'bits', () => (x, y) => x ^ y)
export const { record: shiftLeftPrimitive, combine: shiftLeft } = bitwise('shiftLeft', 'integer', () => (x, y) => x << y)
export const { record: shiftRightPrimitive, combine: shiftRight } = bitwise('shiftRight', 'integer', dtype =>
  dtype === 'int32' ? (x, y) => x >> y : (x, y) => x >>> y,
)
