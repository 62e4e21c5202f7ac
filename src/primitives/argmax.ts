/**
 * `argmax`: the position of the greatest entry along an axis, the first among equals; the first NaN if there is one. int32.
 *
 * Gradient: none, the answer is an integer.
 */

import { type Body, type Routine, routine as r } from '../kernel/index.js'
import { type Aval, allocate, at, fail, isFloat, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { rowsAlong } from './family/rows.js'
import { distinct, whole } from './family/sample.js'

type ArgmaxParams = { readonly axis: number }

/**
 * The routine has a round for each result. The first NaN becomes the greatest entry and stays so, because no comparison with it is true.
 */
const routineOf = (x: Aval, axis: number): Routine => {
  const body = (): Body => {
    const { dtype } = x
    const { outer, size, inner, first } = rowsAlong(x, axis)
    const [from, to] = [r.reads(0, dtype), r.writes(0, 'int32')]
    const [place, i, found] = [r.local(), r.local(), r.local()]
    const [best, value] = [r.local(dtype), r.local(dtype)]
    const greater = r.lessOf(dtype)(best, value)
    const isFirstNaN = r.and(r.notEqual(value, value), r.equal(best, best))
    const phase = r.phase(outer * inner, size, round => [
      r.set(place, first(round)),
      r.set(best, r.load(from, place)),
      r.set(found, 0),
      r.loop(i, 1, size, [
        r.set(place, r.add(place, inner)),
        r.set(value, r.load(from, place)),
        r.when(isFloat(dtype) ? r.or(greater, isFirstNaN) : greater, [r.set(best, value), r.set(found, i)]),
      ]),
      r.store(to, round, found),
    ])
    return { params: { outer, size, inner }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'argmax', body }
}

export const argmaxPrimitive: Primitive<ArgmaxParams> = primitive<readonly [Value], ArgmaxParams>({
  name: 'argmax',
  arity: 1,
  samples: [
    { params: { axis: 1 }, inputs: [distinct([3, 4])] },
    { params: { axis: 0 }, inputs: [whole([4, 2], 0, 3)] },
  ],
  shape: ([x], { axis }) => {
    if (!(at(x.sizes, axis) > 0))
      return fail({ _tag: 'ShapeError', detail: `argmax: '${x.sizes.join(' ')}' has no entries along axis ${axis}` })
    return { sizes: x.sizes.filter((_, i) => i !== axis), dtype: 'int32' }
  },
  vjp: () => ['zero'],
  jvp: () => [],
  batch: ([x], _, { axis }) => perExample(argmaxAxis(x, axis + 1)),
  evaluate: ([x], { axis }, output) => {
    const result = allocate('int32', sizeOf(output.sizes))
    const size = at(x.sizes, axis)
    const after = sizeOf(x.sizes.slice(axis + 1))
    for (let place = 0; place < result.length; place += 1) {
      const start = Math.floor(place / after) * size * after + (place % after)
      let best = at(x.data, start)
      for (let i = 1; i < size && !Number.isNaN(best); i += 1) {
        const value = at(x.data, start + i * after)
        if (value > best || Number.isNaN(value)) {
          best = value
          result[place] = i
        }
      }
    }
    return result
  },
  lower: ([x], { axis }) => routineOf(x, axis),
  uniform: 'no',
})

export const argmaxAxis = (x: Value, axis: number): Value => apply(argmaxPrimitive.of({ axis }), x)
