/**
 * `sin` and `cos`, of radians; each is the other's derivative up to sign.
 *
 * Gradient: sin: ct · cos x. cos: -ct · sin x.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { neg } from './neg.js'

export const sinPrimitive: Primitive<None> = primitive(
  unary({
    name: 'sin',
    samples: [{ params: none, inputs: [real([2, 3])] }],
    dtype: float('sin'),
    derivative: x => ct => mul(ct, cos(x)),
    entry: () => Math.sin,
    self: () => sin,
  }),
)
const sinOperation = sinPrimitive.of(none)

export const cosPrimitive: Primitive<None> = primitive(
  unary({
    name: 'cos',
    samples: [{ params: none, inputs: [real([2, 3])] }],
    dtype: float('cos'),
    derivative: x => ct => neg(mul(ct, sin(x))),
    entry: () => Math.cos,
    self: () => cos,
  }),
)
const cosOperation = cosPrimitive.of(none)

export const sin = (x: Value): Value => apply(sinOperation, x)
export const cos = (x: Value): Value => apply(cosOperation, x)
