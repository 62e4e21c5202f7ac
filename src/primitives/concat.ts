/**
 * `concat`: tensors one after another along an axis, all other sizes equal. Linear in all its inputs together.
 *
 * Gradient: for each input its stretch of ct.
 */

import { allocate, at, concrete, fail, rowMajor, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { real, whole } from './family/sample.js'
import { copyStrided } from './family/strided.js'
import { sliceAxis } from './slice.js'
import { lead } from './sum.js'

type ConcatParams = { readonly axis: number }

export const concatPrimitive: Primitive<ConcatParams> = primitive<readonly Value[], ConcatParams>({
  name: 'concat',
  arity: 'variadic',
  samples: [
    { params: { axis: 1 }, inputs: [real([2, 1]), real([2, 3])] },
    { params: { axis: 0 }, inputs: [real([2]), real([0]), real([1])] },
    { params: { axis: 0 }, inputs: [whole([2], 0, 9), whole([3], 0, 9)] },
  ],
  shape: (inputs, { axis }) => {
    const [first] = inputs
    const fits = inputs.every(
      x =>
        x.dtype === first?.dtype &&
        x.sizes.length === first.sizes.length &&
        x.sizes.every((size, i) => i === axis || size === first.sizes[i]),
    )
    if (first === undefined || !fits || !(axis >= 0 && axis < first.sizes.length))
      return fail({ _tag: 'ShapeError', detail: `concat: ${inputs.map(x => `'${x.sizes.join(' ')}'`).join(', ')} along axis ${axis}` })
    const total = inputs.reduce((sum, x) => sum + at(x.sizes, axis), 0)
    return { sizes: first.sizes.map((size, i) => (i === axis ? total : size)), dtype: first.dtype }
  },
  vjp: (inputs, { axis }) => {
    let end = 0
    return inputs.map(x => {
      const start = end
      end += at(x.sizes, axis)
      const stop = end
      return ct => sliceAxis(ct, axis, start, stop)
    })
  },
  jvp: (inputs, tangents, { axis }) => [
    concatAxis(
      inputs.map((x, i) => tangents[i] ?? concrete(x.sizes, x.dtype, 0)),
      axis,
    ),
  ],
  batch: (inputs, batched, { axis }, size) =>
    perExample(
      concatAxis(
        inputs.map((x, i) => lead(x, batched[i] === true, size)),
        axis + 1,
      ),
    ),
  evaluate: (inputs, { axis }, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    const steps = rowMajor(output.sizes)
    let start = 0
    for (const { sizes, data } of inputs) {
      copyStrided(sizes, { data, steps: rowMajor(sizes), start: 0 }, { data: result, steps, start: start * at(steps, axis) })
      start += at(sizes, axis)
    }
    return result
  },
  lower: (inputs, { axis }) => {
    let end = 0
    const parts = inputs.map(({ sizes }) => {
      const start = sizes.map((_, i) => (i === axis ? end : 0))
      end += at(sizes, axis)
      return { start, step: sizes.map(() => 1) }
    })
    return { kind: 'place', parts }
  },
  uniform: 'no',
})

export const concatAxis = (inputs: readonly Value[], axis: number): Value => apply(concatPrimitive.of({ axis }), ...inputs)
