/**
 * `abs`: |x|.
 *
 * Gradient: ct · sign(x). At 0 it is 0, also where ct is infinite.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { equal } from './compare.js'
import { numeric } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { distinct, whole } from './family/sample.js'
import { mul } from './mul.js'
import { select } from './select.js'
import { sign } from './sign.js'

export const absPrimitive: Primitive<None> = primitive(
  unary({
    name: 'abs',
    samples: [
      { params: none, inputs: [distinct([2, 3])] },
      { params: none, inputs: [whole([3], -9, 9)] },
    ],
    dtype: numeric('abs'),
    derivative: x => ct => select(equal(x, filled(x, 0)), filled(ct, 0), mul(ct, sign(x))),
    entry: () => Math.abs,
    self: () => abs,
  }),
)
const operation = absPrimitive.of(none)

export const abs = (x: Value): Value => apply(operation, x)
