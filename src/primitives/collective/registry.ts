/** The collectives, with the samples on which the laws try them: they are no primitives that engines compute, so they stand in a list of their own. */
import type { Case } from '../../trace/index.js'
import { axisMaxPrimitive, axisMinPrimitive } from './extreme.js'
import { axisGatherPrimitive, axisScatterPrimitive } from './gather.js'
import { axisPermutePrimitive } from './permute.js'
import { axisMeanPrimitive, axisSumPrimitive } from './total.js'

interface Collective {
  readonly name: string
  readonly cases: readonly Case[]
}

export const collectives: readonly Collective[] = [
  axisSumPrimitive,
  axisMeanPrimitive,
  axisMaxPrimitive,
  axisMinPrimitive,
  axisGatherPrimitive,
  axisScatterPrimitive,
  axisPermutePrimitive,
]
