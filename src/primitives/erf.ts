/**
 * `erf`: the error function, 2/√π ∫₀ˣ e^(-t²) dt.
 *
 * Gradient: ct · 2/√π e^(-x²).
 * Numerics: below 3 the series with terms of one sign, DLMF 7.6.2; above it the continued fraction of the complement, DLMF 7.9.3.
 * Both to float64's precision.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { exp } from './exp.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { neg } from './neg.js'

const series = (x: number): number => {
  let term = x
  let sum = x
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return ((2 / Math.sqrt(Math.PI)) * sum) / Math.exp(x * x)
}

const complement = (x: number): number => {
  let fraction = x
  for (let n = 60; n >= 1; n -= 1) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}

const errorFunction = (x: number): number => {
  const size = Math.abs(x)
  // The complement is below half a unit in the last place of 1 from 6 on.
  const value = size < 3 ? series(size) : size < 6 ? 1 - complement(size) : 1
  return Number.isNaN(x) ? x : x < 0 || Object.is(x, -0) ? -value : value
}

export const erfPrimitive: Primitive<None> = primitive(
  unary({
    name: 'erf',
    samples: [
      { params: none, inputs: [real([2, 3], -2, 2)] },
      { params: none, inputs: [real([], -2, 2)] },
    ],
    dtype: float('erf'),
    derivative: x => {
      const slope = mul(filled(x, 2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x))))
      return ct => mul(ct, slope)
    },
    kernel: () => errorFunction,
    self: () => erf,
  }),
)
const operation = erfPrimitive.of(none)

export const erf = (x: Value): Value => apply(operation, x)
