/**
 * `axis.permute`: example i is given the x of example `places[i]`. Behind x and the example's number stand the places, an int32 for each example, and
 * those of the inverse.
 *
 * Gradient: ct by the inverse.
 */
import type { Value } from '../../tensor/index.js'
import { apply, type Primitive, perExample } from '../../trace/index.js'
import { real, whole } from '../family/sample.js'
import { gather } from '../gather.js'
import { type CollectiveParams, collective, type Further } from './collective.js'

/** With the two permutations exchanged. */
const back = ([index, ...shared]: Further): Further => [index, ...shared.toReversed()]

export const axisPermutePrimitive: Primitive<CollectiveParams> = collective<CollectiveParams>({
  name: 'axis.permute',
  samples: [
    { params: { axis: '3', size: 3 }, x: real([2]), shared: [whole([3], 0, 2), whole([3], 0, 2)] },
    { params: { axis: '3', size: 3 }, x: whole([], 0, 1, 'bool'), shared: [whole([3], 0, 2), whole([3], 0, 2)] },
  ],
  shape: ({ sizes, dtype }) => ({ sizes, dtype }),
  over: (x, _, [index, places = index]) => perExample(gather(x, places, { axis: 0, batch: 0 })),
  shared: x => ({ value: x, batched: false }),
  beside: (x, self) => self(x),
  vjp: (_, params, __, further) => ct => axisPermute(ct, back(further), params),
  jvp: (tangent, _, params, __, further) => axisPermute(tangent, further, params),
})

export const axisPermute = (x: Value, further: Further, params: CollectiveParams): Value =>
  apply(axisPermutePrimitive.of(params), x, ...further)
