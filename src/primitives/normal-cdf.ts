/**
 * `normalCdf`: Φ, the distribution function of the standard normal distribution, ½ erfc(-x / √2), with its digits however small it becomes.
 *
 * It is a primitive of its own because erfc(-x / √2) would multiply the rounding of -x / √2, some hundred times in the tail. Gradient: ct ·
 * φ(x) = ct · e^(-x²/2) / √2π. Numerics: near 0 the series of DLMF 7.6.1; further out Laplace's continued fraction, DLMF 7.9.3 in x / √2.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { gaussian, gaussianTail } from './family/gaussian.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

/** √2π as the nearest number, and what that leaves out. */
const rootTwoPi: readonly [number, number] = [2.5066282746310007, -1.8328579980459167e-16]
const height = 0.3989422804014327

/** The coefficients of the series of (Φ(x) - ½) / x in powers of x²: 1/√2π (-1)ⁿ / (2ⁿ n! (2n + 1)). They are enough for |x| up to 0.7. */
const coefficients: readonly number[] = (() => {
  const found = [height]
  for (let n = 1, term = height; n < 14; n += 1) {
    term /= -2 * n
    found.push(term / (2 * n + 1))
  }
  return found
})()

/** Φ(-x) for x from 0.7 on. */
const tail = (x: number): number => gaussianTail(x, 0.5, rootTwoPi)

const distribution = (x: number): number => {
  if (Math.abs(x) < 0.7) return 0.5 + x * coefficients.reduceRight((sum, c) => sum * x * x + c, 0)
  return x < 0 ? tail(-x) : 1 - tail(x)
}

export const normalCdfPrimitive: Primitive<None> = primitive(
  unary({
    name: 'normalCdf',
    samples: [
      { params: none, inputs: [real([2, 3], -3, 3)] },
      { params: none, inputs: [real([3], -8, -2)] },
    ],
    dtype: float('normalCdf'),
    derivative: x => {
      const density = gaussian(x, 0.5, height)
      return ct => mul(ct, density)
    },
    entry: () => distribution,
    self: () => normalCdf,
  }),
)
const operation = normalCdfPrimitive.of(none)

export const normalCdf = (x: Value): Value => apply(operation, x)
