import { expected } from '../mlp/oracle.js'
import { classifier } from '../mlp/spec.js'
import type { Workload } from '../workload.js'
import { mlpSides } from './mlp.js'

export const w9: Workload = {
  name: 'W9',
  work: 'The first call of the step of W2 in a new process, library and data loaded: tracing and compiling',
  measure: 'first',
  cases: [{ name: 'first call' }],
  expected: () => expected(classifier),
  // Five steps of Adam, whose quotient m / √v magnifies the rounding of gradients near zero.
  tolerance: 2e-3,
  sides: mlpSides(classifier),
}
