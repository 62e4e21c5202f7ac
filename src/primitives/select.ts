/**
 * `select`: for each place, x where the condition holds and y where it does not.
 *
 * Gradient: ct where the condition holds to x, elsewhere to y; 0 to the other, also where ct is NaN.
 */

import { allocate, at, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { checkSameDType, checkSameSizes, type None, none } from './family/elementwise.js'
import { filled } from './family/filled.js'
import { real, truth, whole } from './family/sample.js'
import { lead } from './sum.js'

export const selectPrimitive: Primitive<None> = primitive<readonly [Value, Value, Value], None>({
  name: 'select',
  arity: 3,
  samples: [
    { params: none, inputs: [truth([2, 3]), real([2, 3]), real([2, 3])] },
    { params: none, inputs: [truth([3]), whole([3], 0, 9), whole([3], 0, 9)] },
  ],
  shape: ([condition, x, y]) => {
    if (condition.dtype !== 'bool')
      return fail({ _tag: 'DTypeError', detail: `select: the condition is ${condition.dtype}, not bool: compare it, as in greater(0)` })
    checkSameSizes('select', x, y, condition)
    checkSameDType('select', x, y)
    return { sizes: x.sizes, dtype: x.dtype }
  },
  vjp: ([condition]) => ['zero', ct => select(condition, ct, filled(ct, 0)), ct => select(condition, filled(ct, 0), ct)],
  jvp: ([condition], [, s, t]) => {
    const tangent = s ?? t
    return tangent === undefined ? [] : [select(condition, s ?? filled(tangent, 0), t ?? filled(tangent, 0))]
  },
  batch: ([condition, x, y], [conditionBatched, xBatched, yBatched], _, size) => {
    return perExample(select(lead(condition, conditionBatched, size), lead(x, xBatched, size), lead(y, yBatched, size)))
  },
  evaluate: ([condition, x, y], _, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    for (let i = 0; i < result.length; i += 1) result[i] = at(condition.data, i) === 0 ? at(y.data, i) : at(x.data, i)
    return result
  },
  lower: () => ({ kind: 'map', name: 'select' }),
  uniform: ([condition, x, y]) => (condition === 0 ? y : x),
})
const operation = selectPrimitive.of(none)

export const select = (condition: Value, x: Value, y: Value): Value => apply(operation, condition, x, y)
