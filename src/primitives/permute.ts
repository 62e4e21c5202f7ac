/**
 * `permute`: the axes in another order; axis i of the result is axis `axes[i]` of the input.
 *
 * Gradient: ct permuted by the inverse.
 */

import { at, fail, rowMajor, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { checkAxes, linear, shifted } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { readStrided } from './family/strided.js'

type PermuteParams = { readonly axes: readonly number[] }

export const inverse = (axes: readonly number[]): readonly number[] => {
  const places = new Map(axes.map((axis, place) => [axis, place] as const))
  return axes.map((_, axis) => places.get(axis) ?? -1)
}

export const permutePrimitive: Primitive<PermuteParams> = primitive(
  linear<PermuteParams>({
    name: 'permute',
    samples: [
      { params: { axes: [1, 0] }, inputs: [real([2, 3])] },
      { params: { axes: [2, 0, 1] }, inputs: [real([2, 3, 4])] },
      { params: { axes: [1, 0] }, inputs: [whole([0, 3], 0, 1)] },
    ],
    shape: (x, { axes }) => {
      checkAxes('permute', axes, x.sizes.length)
      if (axes.length !== x.sizes.length)
        return fail({ _tag: 'ShapeError', detail: `permute: axes ${axes.join(', ')} of a tensor with ${x.sizes.length} axes` })
      return { sizes: axes.map(axis => at(x.sizes, axis)), dtype: x.dtype }
    },
    transpose: (ct, _, { axes }) => permuteAxes(ct, inverse(axes)),
    self: params => permutePrimitive.of(params),
    lift: ({ axes }) => ({ axes: [0, ...shifted(axes)] }),
    evaluate: (x, { axes }, output) => {
      const steps = rowMajor(x.sizes)
      return readStrided(
        x.data,
        output,
        axes.map(axis => at(steps, axis)),
      )
    },
    lower: (x, { axes }) => ({ kind: 'view', axes: axes.map(axis => ({ axis, step: 1 })), start: x.sizes.map(() => 0) }),
    keepsUniform: true,
  }),
)

export const permuteAxes = (x: Value, axes: readonly number[]): Value =>
  axes.every((axis, i) => axis === i) ? x : apply(permutePrimitive.of({ axes }), x)

/** One axis moved to another place, the others in their order. */
export const moveAxis = (x: Value, from: number, to: number): Value => {
  const others = x.sizes.map((_, axis) => axis).filter(axis => axis !== from)
  return permuteAxes(x, [...others.slice(0, to), from, ...others.slice(to)])
}
