/**
 * `erf`: the error function, 2/√π ∫₀ˣ e^(-t²) dt, and `erfc`: its complement 1 - erf x, with its digits however small that becomes.
 *
 * Gradient: ct · 2/√π e^(-x²), and the negative of that. Numerics: near 0 the series DLMF 7.6.1, further out the continued fraction of the
 * complement, DLMF 7.9.3. An error of x² is a relative error of the same size in e^(-x²), so x² is never rounded, neither here nor in the
 * gradient.
 */

import type { Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { type None, none, unary } from './family/elementwise.js'
import { gaussian, gaussianTail } from './family/gaussian.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'

/** 2/√π less 1. */
const slopeExcess = 0.1283791670955126
const slope = 1 + slopeExcess
/** √π as the nearest number, and what that leaves out. */
const rootPi: readonly [number, number] = [1.772453850905516, -7.666586499825799e-17]

/**
 * The coefficients of the series of erf x / x - 1 in powers of x²: 2/√π (-1)ⁿ / (n! (2n + 1)), the first of them less 1. They are enough
 * for |x| up to 1.
 */
const coefficients: readonly number[] = (() => {
  const found = [slopeExcess]
  for (let n = 1, term = slope; n < 20; n += 1) {
    term /= -n
    found.push(term / (2 * n + 1))
  }
  return found
})()

const series = (x: number): number => coefficients.reduceRight((sum, c) => sum * x * x + c, 0)

/** erfc x for x from 0.7 on. */
const complement = (x: number): number => gaussianTail(x, 1, rootPi)

export const errorFunction = (x: number): number => {
  const size = Math.abs(x)
  const value = size < 1 ? size + size * series(size) : 1 - complement(size)
  return Number.isNaN(x) ? x : x < 0 || Object.is(x, -0) ? -value : value
}

export const complementaryErrorFunction = (x: number): number => {
  if (Math.abs(x) < 0.7) return 1 - x - x * series(x)
  return x < 0 ? 2 - complement(-x) : complement(x)
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
      const by = gaussian(x, 1, slope)
      return ct => mul(ct, by)
    },
    entry: () => errorFunction,
    self: () => erf,
  }),
)

export const erfcPrimitive: Primitive<None> = primitive(
  unary({
    name: 'erfc',
    samples: [
      { params: none, inputs: [real([2, 3], -2, 2)] },
      { params: none, inputs: [real([3], 2, 6)] },
    ],
    dtype: float('erfc'),
    derivative: x => {
      const by = gaussian(x, 1, -slope)
      return ct => mul(ct, by)
    },
    entry: () => complementaryErrorFunction,
    self: () => erfc,
  }),
)
const operation = erfPrimitive.of(none)
const complementary = erfcPrimitive.of(none)

export const erf = (x: Value): Value => apply(operation, x)
export const erfc = (x: Value): Value => apply(complementary, x)
