/**
 * Comparisons: `equal`, `less`, `lessEqual`. The others are these with the sides changed or the answer negated.
 * A comparison with NaN is false.
 *
 * Gradient: none, the answer is a bool.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { comparison } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { real, whole } from './family/sample.js'

const comparing = (
  name: 'equal' | 'less' | 'lessEqual',
  entry: (x: number, y: number) => boolean,
): { readonly record: Primitive<None>; readonly compare: (x: Value, y: Value) => Value } => {
  const record: Primitive<None> = primitive(
    binary({
      name,
      samples: [
        { params: none, inputs: [whole([3, 4], 0, 2), whole([3, 4], 0, 2)] },
        { params: none, inputs: [real([4]), real([4])] },
      ],
      dtype: comparison,
      derivative: 'zero',
      entry: () => (x, y) => Number(entry(x, y)),
      self: (x, y) => compare(x, y),
    }),
  )
  const operation = record.of(none)
  const compare = (x: Value, y: Value): Value => apply(operation, x, y)
  return { record, compare }
}

export const { record: equalPrimitive, compare: equal } = comparing('equal', (x, y) => x === y)
export const { record: lessPrimitive, compare: less } = comparing('less', (x, y) => x < y)
export const { record: lessEqualPrimitive, compare: lessEqual } = comparing('lessEqual', (x, y) => x <= y)
