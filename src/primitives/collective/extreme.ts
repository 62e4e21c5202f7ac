/**
 * `axis.max` and `axis.min`: of each entry, over the examples of a `vmap`; NaN if any example's is NaN. All examples have the same result.
 *
 * Gradient: the sum of all cotangents to the extreme entry, shared equally among equal ones; 0 to the others, NaN to all if any is NaN, as in
 * `family/extreme.ts`.
 */
import { fail, type Value } from '../../tensor/index.js'
import { apply, type Primitive } from '../../trace/index.js'
import { less } from '../compare.js'
import { extremeDerivatives, type Inside } from '../family/extreme.js'
import { distinct, whole } from '../family/sample.js'
import { maxAxes } from '../max.js'
import { minAxes } from '../min.js'
import { type CollectiveParams, collective, type Further } from './collective.js'
import { axisSum } from './total.js'

const extreme = (name: string, over: (x: Value, axes: readonly number[]) => Value, isInside: Inside): Primitive<CollectiveParams> => {
  const derivatives = (x: Value, y: Value, params: CollectiveParams, [index]: Further) =>
    // All examples have y, so it stands beside x as it is.
    extremeDerivatives(isInside, x, y, { spread: values => values, total: values => axisSum(values, index, params) })
  return collective<CollectiveParams>({
    name,
    samples: [
      { params: { axis: '3', size: 3 }, x: distinct([2]) },
      { params: { axis: '4', size: 4 }, x: whole([2], -9, 9) },
    ],
    shape: ({ sizes, dtype }) =>
      dtype === 'bool' ? fail({ _tag: 'DTypeError', detail: `${name}: needs numbers, not bool` }) : { sizes, dtype },
    over: x => ({ value: over(x, [0]), batched: false }),
    shared: x => ({ value: x, batched: false }),
    beside: (x, self) => self(x),
    vjp: (x, params, y, further) => ct => derivatives(x, y, params, further).pullback(axisSum(ct, further[0], params)),
    jvp: (tangent, x, params, y, further) => derivatives(x, y, params, further).push(tangent),
  })
}

export const axisMaxPrimitive = extreme('axis.max', maxAxes, less)
export const axisMinPrimitive = extreme('axis.min', minAxes, (x, y) => less(y, x))

/** The greatest x of the examples of which `index` is the number. */
export const axisMax = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisMaxPrimitive.of(params), x, index)

/** The least. */
export const axisMin = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisMinPrimitive.of(params), x, index)
