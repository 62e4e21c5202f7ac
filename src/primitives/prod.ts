/**
 * `prod`: the product along one axis; 1 over no entries. Integers wrap.
 *
 * Gradient: ct times the product of the other entries, found without division, so that zeros are no exception: the entries are multiplied
 * in pairs, the pairs in pairs and so on, and ct goes down that tree again.
 */

import { allocate, at, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { concatAxis } from './concat.js'
import { filled } from './family/filled.js'
import { real, whole } from './family/sample.js'
import { mul } from './mul.js'
import { reshapeTo } from './reshape.js'
import { sliceAxis } from './slice.js'
import { broadcastAxes } from './sum.js'

type ProdParams = { readonly axis: number }

/** Takes ct down the tree: through the levels above this one, then through this one, where each entry of a pair gets ct times the other. */
const down = (x: Value, axis: number): ((ct: Value) => Value) => {
  const size = at(x.sizes, axis)
  if (size === 0) return () => filled(x, 0)
  if (size === 1) return ct => ct
  const half = size >> 1
  const left = sliceAxis(x, axis, 0, half)
  const right = sliceAxis(x, axis, half, 2 * half)
  const odd = sliceAxis(x, axis, 2 * half, size)
  const pairs = mul(left, right)
  const above = down(size > 2 * half ? concatAxis([pairs, odd], axis) : pairs, axis)
  return ct => {
    const upper = above(ct)
    const ctPairs = sliceAxis(upper, axis, 0, half)
    const parts = [mul(ctPairs, right), mul(ctPairs, left)]
    return concatAxis(size > 2 * half ? [...parts, sliceAxis(upper, axis, half, half + 1)] : parts, axis)
  }
}

export const prodPrimitive: Primitive<ProdParams> = primitive<readonly [Value], ProdParams>({
  name: 'prod',
  arity: 1,
  samples: [
    { params: { axis: 1 }, inputs: [real([2, 5])] },
    { params: { axis: 0 }, inputs: [real([4, 2])] },
    { params: { axis: 0 }, inputs: [whole([4], -3, 3)] },
    { params: { axis: 0 }, inputs: [real([0, 2])] },
  ],
  shape: ([x], { axis }) => {
    if (!(axis >= 0 && axis < x.sizes.length)) return fail({ _tag: 'ShapeError', detail: `prod: axis ${axis} of '${x.sizes.join(' ')}'` })
    if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "prod: needs numbers, not bool: cast('int32') first" })
    return { sizes: x.sizes.filter((_, i) => i !== axis), dtype: x.dtype }
  },
  vjp: ([x], { axis }) => {
    const kept = x.sizes.map((size, i) => (i === axis ? Math.min(size, 1) : size))
    return [ct => down(x, axis)(reshapeTo(at(x.sizes, axis) === 0 ? broadcastAxes(ct, kept, [axis]) : ct, kept))]
  },
  jvp: 'transpose',
  batch: ([x], _, { axis }) => perExample(prodAxis(x, axis + 1)),
  evaluate: ([x], { axis }, output) => {
    const integer = output.dtype === 'int32' || output.dtype === 'uint32'
    const result = allocate(output.dtype, sizeOf(output.sizes))
    const size = at(x.sizes, axis)
    const after = sizeOf(x.sizes.slice(axis + 1))
    for (let place = 0; place < result.length; place += 1) {
      const start = Math.floor(place / after) * size * after + (place % after)
      let product = 1
      for (let i = 0; i < size; i += 1) {
        const value = at(x.data, start + i * after)
        product = integer ? Math.imul(product, value) : product * value
      }
      result[place] = product
    }
    return result
  },
  lower: (_, { axis }) => ({ kind: 'reduce', by: 'prod', axes: [axis] }),
  uniform: 'no',
})

export const prodAxis = (x: Value, axis: number): Value => apply(prodPrimitive.of({ axis }), x)
