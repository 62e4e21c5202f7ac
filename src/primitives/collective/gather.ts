/**
 * `axis.gather` gives every example the stack of all examples' x, along a new leading axis; all of them have the same. `axis.scatter` takes a stack
 * of each example, adds the stacks up, and gives an example the row of its number. Each is the other's transpose.
 *
 * Gradient: gather: the cotangents' own row of their sum. scatter: the stack of all cotangents.
 */
import { at, fail, type Value } from '../../tensor/index.js'
import { apply, type Primitive, perExample } from '../../trace/index.js'
import { filled } from '../family/filled.js'
import { real, whole } from '../family/sample.js'
import { mul } from '../mul.js'
import { moveAxis } from '../permute.js'
import { repeatLeading, sumAxes } from '../sum.js'
import { type CollectiveParams, collective } from './collective.js'

export const axisGatherPrimitive: Primitive<CollectiveParams> = collective<CollectiveParams>({
  name: 'axis.gather',
  samples: [
    { params: { axis: '3', size: 3 }, x: real([2]) },
    { params: { axis: '3', size: 3 }, x: whole([], 0, 1, 'bool') },
  ],
  shape: ({ sizes, dtype }, { size }) => ({ sizes: [size, ...sizes], dtype }),
  over: x => ({ value: x, batched: false }),
  shared: (x, { size }) => ({ value: repeatLeading(x, size), batched: false }),
  // The examples stand first in what is gathered, the other axis in what is mapped.
  beside: (x, self) => moveAxis(self(x), 1, 0),
  vjp:
    (_, params, __, [index]) =>
    ct =>
      axisScatter(ct, index, params),
  jvp: (tangent, _, params, __, [index]) => axisGather(tangent, index, params),
})

export const axisScatterPrimitive: Primitive<CollectiveParams> = collective<CollectiveParams>({
  name: 'axis.scatter',
  samples: [
    { params: { axis: '3', size: 3 }, x: real([3, 2]) },
    { params: { axis: '2', size: 2 }, x: whole([2], 0, 9) },
  ],
  shape: ({ sizes, dtype }, { axis, size }) =>
    dtype === 'bool' || sizes[0] !== size
      ? fail({ _tag: 'ShapeError', detail: `axis.scatter: ${dtype} '${sizes.join(' ')}' over the axis '${axis}' of ${size}` })
      : { sizes: sizes.slice(1), dtype },
  over: x => perExample(sumAxes(x, [0])),
  shared: x => perExample(mul(x, filled(x, at(x.sizes, 0)))),
  beside: (x, self) => self(moveAxis(x, 1, 0)),
  vjp:
    (_, params, __, [index]) =>
    ct =>
      axisGather(ct, index, params),
  jvp: (tangent, _, params, __, [index]) => axisScatter(tangent, index, params),
})

/** Every example's x, along a leading axis, by the examples of which `index` is the number. */
export const axisGather = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisGatherPrimitive.of(params), x, index)

const axisScatter = (x: Value, index: Value, params: CollectiveParams): Value => apply(axisScatterPrimitive.of(params), x, index)
