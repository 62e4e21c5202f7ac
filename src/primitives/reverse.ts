/**
 * `reverse`: the entries along some axes from last to first (numpy's flip).
 *
 * Gradient: ct reversed along the same axes.
 */

import { at, rowMajor, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { checkAxes, linear, shifted } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { readStrided } from './family/strided.js'

type ReverseParams = { readonly axes: readonly number[] }

export const reversePrimitive: Primitive<ReverseParams> = primitive(
  linear<ReverseParams>({
    name: 'reverse',
    samples: [
      { params: { axes: [0] }, inputs: [real([3, 2])] },
      { params: { axes: [0, 1] }, inputs: [real([2, 3])] },
      { params: { axes: [0] }, inputs: [whole([0], 0, 1)] },
    ],
    shape: ({ sizes, dtype }, { axes }) => {
      checkAxes('reverse', axes, sizes.length)
      return { sizes, dtype }
    },
    transpose: (ct, _, { axes }) => reverseAxes(ct, axes),
    self: params => reversePrimitive.of(params),
    lift: ({ axes }) => ({ axes: shifted(axes) }),
    evaluate: (x, { axes }, output) => {
      const steps = rowMajor(x.sizes)
      const last = axes.reduce((sum, axis) => sum + Math.max(0, at(x.sizes, axis) - 1) * at(steps, axis), 0)
      return readStrided(
        x.data,
        output,
        steps.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
        last,
      )
    },
    lower: (x, { axes }) => ({
      kind: 'view',
      axes: x.sizes.map((_, axis) => ({ axis, step: axes.includes(axis) ? -1 : 1 })),
      start: x.sizes.map((size, axis) => (axes.includes(axis) ? Math.max(0, size - 1) : 0)),
    }),
    keepsUniform: true,
  }),
)

export const reverseAxes = (x: Value, axes: readonly number[]): Value => (axes.length === 0 ? x : apply(reversePrimitive.of({ axes }), x))
