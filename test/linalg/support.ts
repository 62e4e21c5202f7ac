/** Random matrices for tests of linear algebra, and what is compared of them. */
import { type Tensor, toArray } from 'pullback'
import { concrete, typed } from '../../src/tensor/index.js'

type Float = 'float32' | 'float64'
export type Matrix = Tensor<string, 'float64'>

/** Numbers from -1 to 1, the same ones for the same seed (Park and Miller's generator). */
export const numbers = (count: number, seed: number): readonly number[] => {
  let state = seed + 1
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647
    return (2 * state) / 2_147_483_647 - 1
  })
}

/** m rows of n such numbers. */
export const matrix = (m: number, n: number, seed = 1): Matrix =>
  typed<Matrix>(concrete([m, n], 'float64', Float64Array.from(numbers(m * n, seed))))

/** The greatest difference of two tensors' numbers. */
export const distance = (x: Tensor<string, Float>, y: Tensor<string, Float>): number => {
  const others = [...toArray(y)]
  return [...toArray(x)].reduce((most, value, i) => Math.max(most, Math.abs(value - (others[i] ?? Number.NaN))), 0)
}
