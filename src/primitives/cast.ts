/**
 * `cast`: the values in another dtype: floats round to float32, integers wrap to 32 bits, floats become integers by truncation
 * (NaN becomes 0, a value out of range the nearest integer in it), a bool is 0 or 1, and any other value is true unless it is 0.
 *
 * Gradient: between floats ct cast back; otherwise 0.
 */

import { type DType, greatestOf, isFloat, isInteger, leastOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { unary } from './family/elementwise.js'
import { real, truth, whole } from './family/sample.js'

type CastParams = { readonly dtype: DType }

const rules = unary<CastParams>({
  name: 'cast',
  samples: [
    { params: { dtype: 'float64' }, inputs: [real([2, 3])] },
    { params: { dtype: 'int32' }, inputs: [real([3], -9, 9)] },
    { params: { dtype: 'float32' }, inputs: [whole([3], 0, 9, 'uint32')] },
    { params: { dtype: 'bool' }, inputs: [whole([3], 0, 2)] },
    { params: { dtype: 'float64' }, inputs: [truth([3])] },
  ],
  dtype: (_, { dtype }) => dtype,
  derivative: 'zero',
  entry: (from, { dtype }) => {
    if (dtype === 'bool') return x => Number(x !== 0)
    if (!(isFloat(from) && isInteger(dtype))) return x => x
    const [low, high] = [leastOf(dtype), greatestOf(dtype)]
    return x => (Number.isNaN(x) ? 0 : Math.min(Math.max(Math.trunc(x), low), high))
  },
  self:
    ({ dtype }) =>
    x =>
      castTo(x, dtype),
})

export const castPrimitive: Primitive<CastParams> = primitive({
  ...rules,
  vjp: ([x], { dtype }) => [isFloat(x.dtype) && isFloat(dtype) ? ct => castTo(ct, x.dtype) : 'zero'],
  jvp: ([x], [tangent], { dtype }) => (tangent && isFloat(x.dtype) && isFloat(dtype) ? [castTo(tangent, dtype)] : []),
})

export const castTo = (x: Value, dtype: DType): Value => (x.dtype === dtype ? x : apply(castPrimitive.of({ dtype }), x))
