/**
 * `reshape`: the same values, in the same order, along other axes.
 *
 * Gradient: ct reshaped back.
 */

import { fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { linear } from './family/linear.js'
import { real, whole } from './family/sample.js'

type ReshapeParams = { readonly sizes: readonly number[] }

export const reshapePrimitive: Primitive<ReshapeParams> = primitive(
  linear<ReshapeParams>({
    name: 'reshape',
    samples: [
      { params: { sizes: [3, 4] }, inputs: [real([2, 6])] },
      { params: { sizes: [] }, inputs: [real([1, 1])] },
      { params: { sizes: [0] }, inputs: [whole([2, 0], 0, 1)] },
    ],
    shape: (x, { sizes }) =>
      sizeOf(sizes) === sizeOf(x.sizes)
        ? { sizes, dtype: x.dtype }
        : fail({
            _tag: 'ShapeError',
            detail: `reshape: '${x.sizes.join(' ')}' has ${sizeOf(x.sizes)} values and '${sizes.join(' ')}' has ${sizeOf(sizes)}`,
          }),
    transpose: (ct, { sizes }) => reshapeTo(ct, sizes),
    self: params => reshapePrimitive.of(params),
    lift: ({ sizes }, size) => ({ sizes: [size, ...sizes] }),
    evaluate: x => x.data,
    lower: () => ({ kind: 'reshape' }),
    keepsUniform: true,
  }),
)

export const reshapeTo = (x: Value, sizes: readonly number[]): Value =>
  sizes.join() === x.sizes.join() ? x : apply(reshapePrimitive.of({ sizes }), x)
