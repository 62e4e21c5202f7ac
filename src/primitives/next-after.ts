/**
 * `nextAfter`: the number of the dtype that comes next after x on the way to y; y itself where the two are equal.
 *
 * Gradient: ct to x, from which the value differs by a unit in the last place; 0 to y.
 */

import type { DType, Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { float } from './family/dtype.js'
import { binary, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real } from './family/sample.js'

const view = new DataView(new ArrayBuffer(8))

/** By bits: those of positive numbers count up with the numbers, and those of negative ones down. */
const next =
  (dtype: DType) =>
  (x: number, y: number): number => {
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
    if (x === y) return y
    const isSingle = dtype === 'float32'
    if (x === 0) return Math.sign(y) * (isSingle ? 2 ** -149 : Number.MIN_VALUE)
    const step = y > x === x > 0 ? 1n : -1n
    if (isSingle) {
      view.setFloat32(0, x)
      view.setUint32(0, view.getUint32(0) + Number(step))
      return view.getFloat32(0)
    }
    view.setFloat64(0, x)
    view.setBigUint64(0, view.getBigUint64(0) + step)
    return view.getFloat64(0)
  }

export const nextAfterPrimitive: Primitive<None> = primitive(
  binary({
    name: 'nextAfter',
    samples: [{ params: none, inputs: [real([2, 3], 0.5, 2), real([2, 3], -2, -0.5)] }],
    dtype: float('nextAfter'),
    derivative: () => [ct => ct, ct => filled(ct, 0)],
    entry: next,
    self: (x, y) => nextAfter(x, y),
  }),
)
const operation = nextAfterPrimitive.of(none)

export const nextAfter = (x: Value, y: Value): Value => apply(operation, x, y)
