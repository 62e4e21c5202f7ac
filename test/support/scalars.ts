/** Smooth functions of one number whose derivatives of every order are known. */

import { pipe } from 'fp-ts/lib/function.js'
import { cos, exp, mul, neg, sin, square, sub } from '../../src/ops/index.js'
import { type Tensor, tensor, toNumber } from '../../src/tensor/index.js'

export type Real = Tensor<'', 'float64'>
export type Smooth = (x: Real) => Real

export const real = (x: number): Real => tensor(x, 'float64')
export const valueAt = (f: Smooth, x: number): number => toNumber(f(real(x)))

export interface Known {
  readonly name: string
  readonly f: Smooth
  /** The derivative of an order, order 0 being the function. */
  readonly derivative: (order: number, x: number) => number
}

const quarterTurns = (order: number, x: number): number => Math.sin(x + (order * Math.PI) / 2)
const falling = (n: number, order: number): number => (order === 0 ? 1 : n * falling(n - 1, order - 1))
const monomial = (n: number, order: number, x: number): number => (order > n ? 0 : falling(n, order) * x ** (n - order))

export const known: readonly Known[] = [
  { name: 'sin x', f: sin, derivative: quarterTurns },
  { name: 'cos x', f: cos, derivative: (order, x) => quarterTurns(order + 1, x) },
  { name: 'e^x', f: exp, derivative: (_, x) => Math.exp(x) },
  { name: 'e^(-x)', f: x => pipe(x, neg, exp), derivative: (order, x) => (-1) ** order * Math.exp(-x) },
  {
    name: 'x⁵ - 2x³',
    f: x => pipe(x, square, square, mul(x), sub(pipe(x, square, mul(x), mul(2)))),
    derivative: (order, x) => monomial(5, order, x) - 2 * monomial(3, order, x),
  },
  // sin x cos x = ½ sin 2x
  { name: 'sin x cos x', f: x => pipe(sin(x), mul(cos(x))), derivative: (order, x) => 2 ** (order - 1) * quarterTurns(order, 2 * x) },
]

/** A few hundred roundings of float64, each relative 1e-16, of terms that fourth derivatives make up to about 100. */
export const closely = 1e-11
