/**
 * `log2`: the logarithm to base 2; whole at powers of two, -Infinity at 0, NaN below.
 *
 * Gradient: ct / (x log 2), computed as ct / x times 1 / log 2, because x log 2 loses digits where it is subnormal.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { div } from './div.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

export const log2Primitive: Primitive<None> = primitive(
  unary({
    name: 'log2',
    samples: [
      { params: none, inputs: [real([2, 3], 0.2, 3)] },
      { params: none, inputs: [real([], 0.2, 3)] },
    ],
    dtype: float('log2'),
    derivative: x => ct => mul(div(ct, x), filled(x, Math.LOG2E)),
    entry: () => Math.log2,
    self: () => log2,
  }),
)
const operation = log2Primitive.of(none)

export const log2 = (x: Value): Value => apply(operation, x)
