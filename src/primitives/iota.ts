/**
 * `iota`: 0, 1, 2 … along one axis, repeated along the others. It has no inputs, so it is never traced: a trace captures its result.
 */

import { allocate, type DType, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { forEachOffset } from './family/strided.js'

type IotaParams = { readonly sizes: readonly number[]; readonly axis: number; readonly dtype: DType }

export const iotaPrimitive: Primitive<IotaParams> = primitive<readonly [], IotaParams>({
  name: 'iota',
  arity: 0,
  samples: [
    { params: { sizes: [4], axis: 0, dtype: 'int32' }, inputs: [] },
    { params: { sizes: [2, 3], axis: 1, dtype: 'float64' }, inputs: [] },
  ],
  shape: (_, { sizes, axis, dtype }) =>
    axis >= 0 && axis < sizes.length
      ? { sizes, dtype }
      : fail({ _tag: 'ShapeError', detail: `iota: axis ${axis} of a tensor with ${sizes.length} axes` }),
  vjp: () => [],
  jvp: () => [],
  batch: () => fail({ _tag: 'InternalError', detail: 'iota has no inputs to batch' }),
  evaluate: (_, { sizes, axis, dtype }) => {
    const result = allocate(dtype, sizeOf(sizes))
    let place = 0
    forEachOffset(
      sizes,
      sizes.map((_, i) => (i === axis ? 1 : 0)),
      0,
      index => {
        result[place] = index
        place += 1
      },
    )
    return result
  },
  lower: (_, { axis }) => ({ kind: 'iota', axis }),
  uniform: 'no',
})

/** 0 to `at(sizes, axis) - 1` along an axis. */
export const iota = (sizes: readonly number[], axis: number, dtype: DType): Value => {
  if (dtype === 'bool') return fail({ _tag: 'DTypeError', detail: 'iota: needs numbers, not bool' })
  return apply(iotaPrimitive.of({ sizes, axis, dtype }))
}
