import { expected } from '../mlp/oracle.js'
import { regression } from '../mlp/spec.js'
import type { Workload } from '../workload.js'
import { mlpSides } from './mlp.js'

export const w7: Workload = {
  name: 'W7',
  work: 'From the start of the process to the end of its first step of W3',
  measure: 'start',
  cases: [{ name: 'first step' }],
  expected: () => expected(regression),
  // Forty steps of float32 beside float64.
  tolerance: 1e-5,
  sides: mlpSides(regression),
}
