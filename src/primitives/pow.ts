/**
 * `pow`: x to the power y, of floats.
 *
 * Gradient: ct · y x^(y-1), 0 where y is 0; and ct · z log x, with log 0 read as 0, so that 0² has a finite derivative.
 */
import { apply, type Primitive, primitive } from '../program/index.js'
import type { Value } from '../tensor/index.js'
import { equal } from './compare.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { log } from './log.js'
import { mul } from './mul.js'
import { select } from './select.js'
import { sub } from './sub.js'

/** IEEE 754's pow: unlike JavaScript's, 1 to any power and -1 to an infinite one are 1. */
const power = (x: number, y: number): number => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)

export const powPrimitive: Primitive<None> = primitive(
  binary({
    name: 'pow',
    samples: [{ params: none, inputs: [real([2, 3], 0.3, 2), real([2, 3])] }],
    dtype: float('pow'),
    derivative: (x, y, z) => [
      ct => {
        const flat = equal(y, filled(y, 0))
        const slope = mul(y, pow(x, sub(y, filled(y, 1))))
        return mul(ct, select(flat, filled(x, 0), slope))
      },
      ct => mul(ct, mul(z, log(select(equal(x, filled(x, 0)), filled(x, 1), x)))),
    ],
    kernel: () => power,
    self: (x, y) => pow(x, y),
  }),
)
const operation = powPrimitive.of(none)

export const pow = (x: Value, y: Value): Value => apply(operation, x, y)
