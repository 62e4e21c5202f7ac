import { expected } from '../mlp/oracle.js'
import { flopsOf, regression } from '../mlp/spec.js'
import type { Workload } from '../workload.js'
import { mlpSides } from './mlp.js'

export const w3: Workload = {
  name: 'W3',
  work: '2-16-16-1 tanh, mean squared error, SGD, batch 32: one step of a long run',
  measure: 'call',
  cases: [{ name: 'step', flops: flopsOf(regression) }],
  expected: () => expected(regression),
  // Forty steps of float32 beside float64.
  tolerance: 1e-5,
  sides: mlpSides(regression),
}
