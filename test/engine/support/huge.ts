/** A program larger than any memory. */
import type { Tensor } from 'pullback'
import * as primitive from '../../../src/primitives/index.js'
import { typed } from '../../../src/tensor/index.js'

/** 2¹⁶ rows of 2¹⁶ columns of float32 are 16 GiB, which are asked for at once or not at all. */
export const huge = (x: Tensor<''>): Tensor<''> => {
  const all = primitive.broadcastAxes(primitive.exp(x), [2 ** 16, 2 ** 16], [0, 1])
  const table = primitive.padWith(all, { low: [1, 0], high: [0, 0], interior: [0, 0] })
  return typed<Tensor<''>>(primitive.sumAxes(table, [0, 1]))
}
