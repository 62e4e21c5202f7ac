/**
 * `not`: the other truth value of a bool, all bits of an integer inverted.
 *
 * Gradient: none.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { bits } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { truth, whole } from './family/sample.js'

export const notPrimitive: Primitive<None> = primitive(
  unary({
    name: 'not',
    samples: [
      { params: none, inputs: [truth([4])] },
      { params: none, inputs: [whole([4], -9, 9)] },
    ],
    dtype: bits('not'),
    derivative: 'zero',
    entry: dtype => (dtype === 'bool' ? x => 1 - x : x => ~x),
    self: () => not,
  }),
)
const operation = notPrimitive.of(none)

export const not = (x: Value): Value => apply(operation, x)
