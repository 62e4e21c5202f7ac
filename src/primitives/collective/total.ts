/**
 * `axis.sum` and `axis.mean`: of each entry, over the examples of a `vmap`. All examples have the same result, so that what follows from it is
 * computed once.
 *
 * Gradient: the sum, or the mean, of all cotangents; each is its own transpose.
 * Numerics: those of `sum` along the axis; the mean is that sum over the number of examples, and x itself where all examples share it.
 */
import { fail, type Value } from '../../tensor/index.js'
import { apply, type Primitive } from '../../trace/index.js'
import { div } from '../div.js'
import { filled } from '../family/filled.js'
import { real, whole } from '../family/sample.js'
import { mul } from '../mul.js'
import { sumAxes } from '../sum.js'
import { type CollectiveParams, collective } from './collective.js'

const count = (x: Value, { size }: CollectiveParams): Value => filled(x, size)

export const axisSumPrimitive: Primitive<CollectiveParams> = collective<CollectiveParams>({
  name: 'axis.sum',
  samples: [
    { params: { axis: '3', size: 3 }, x: real([2]) },
    { params: { axis: '4', size: 4 }, x: whole([2], -9, 9) },
  ],
  shape: ({ sizes, dtype }) =>
    dtype === 'bool' ? fail({ _tag: 'DTypeError', detail: 'axis.sum: needs numbers, not bool' }) : { sizes, dtype },
  over: x => ({ value: sumAxes(x, [0]), batched: false }),
  shared: (x, params) => ({ value: mul(x, count(x, params)), batched: false }),
  beside: (x, self) => self(x),
  vjp:
    (_, params, __, [index]) =>
    ct =>
      axisSum(ct, index, params),
  jvp: (tangent, _, params, __, [index]) => axisSum(tangent, index, params),
})

export const axisMeanPrimitive: Primitive<CollectiveParams> = collective<CollectiveParams>({
  name: 'axis.mean',
  samples: [{ params: { axis: '3', size: 3 }, x: real([2]) }],
  shape: ({ sizes, dtype }) => ({ sizes, dtype }),
  over: (x, params) => {
    const total = sumAxes(x, [0])
    return { value: div(total, count(total, params)), batched: false }
  },
  shared: x => ({ value: x, batched: false }),
  beside: (x, self) => self(x),
  vjp:
    (_, params, __, [index]) =>
    ct =>
      axisMean(ct, index, params),
  jvp: (tangent, _, params, __, [index]) => axisMean(tangent, index, params),
})

/** The sum of x over the examples of which `index` is the number. */
export const axisSum = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisSumPrimitive.of(params), x, index)

/** Their mean; x is a float. */
export const axisMean = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisMeanPrimitive.of(params), x, index)
